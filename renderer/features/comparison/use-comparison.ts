/** A comparison from its start to what came of it; it ends with the page. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { ComparedSide, Comparison } from "../../../shared/model/comparison.ts";
import type { Fault } from "../../../shared/fault.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { storesList } from "../../stores/stores-list.ts";
import { runWork } from "../../stores/work.ts";
import type { Sided } from "../../text/comparison.ts";
import { useBoundResult, type Input } from "../../ui/bound-result.ts";

/** What is asked for. */
export interface AskedSides {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  /** What the sides are called, beside the result. */
  readonly names: Sided;
}

export interface Outcome {
  readonly asked: AskedSides;
  readonly comparison: Comparison;
}

export interface Comparing {
  readonly running: boolean;
  /** Of the sides as they are chosen now, and of the revision that is saved now. */
  readonly outcome: Outcome | null;
  /** Of the sides as they are chosen now. */
  readonly fault: Fault | null;
  /** What was begun before ends. */
  readonly compare: (asked: AskedSides) => Promise<void>;
}

/** The sides as values: with a file opened anew its side is another one. */
function inputOf({ left, right }: Pick<AskedSides, "left" | "right">): Input {
  return [JSON.stringify(left), JSON.stringify(right)];
}

/** `chosen`: the sides that stand there now; null for one that is not there. */
export function useComparison(storeId: string, chosen: Pick<AskedSides, "left" | "right"> | null): Comparing {
  const [running, setRunning] = useState(false);
  const revision = useStore(storesList, ({ entries }) => entries.get(storeId)?.revision ?? null);
  const input = chosen === null ? [] : inputOf(chosen);
  const outcome = useBoundResult<Outcome>([...input, revision]);
  const fault = useBoundResult<Fault>(input);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const compare = async (asked: AskedSides) => {
    const { left, right } = asked;
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setRunning(true);
    fault.clear();
    outcome.clear();
    const subject = storesList.getState().entries.get(storeId)?.name ?? "";
    const entry = listWork({ kind: "comparison", subject, route: { page: "store", id: storeId, section: "compare" } }, () => mine.abort());
    const answer = await runWork<Comparison>((signal) => client().comparison.compare({ storeId, left, right }, { signal }), entry.progress, mine.signal);
    entry.end(answer.ok ? null : answer.fault);
    if (current.current !== mine) return;
    setRunning(false);
    if (answer.ok) outcome.take({ asked, comparison: answer.value }, [...inputOf(asked), answer.value.revision]);
    else fault.take(answer.fault, inputOf(asked));
  };
  return { running, outcome: outcome.current, fault: fault.current, compare };
}

/** A comparison from its start to what came of it; it ends with the page. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { ComparedSide, Comparison } from "../../../shared/model/comparison.ts";
import type { ProbedStore } from "../../../shared/model/identity-store.ts";
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
  /** What the sides are called beside the result; `probed`: by whose word. */
  readonly namesBy: (probed: ProbedStore | null) => Sided;
}

export interface Outcome {
  readonly asked: AskedSides;
  readonly comparison: Comparison;
}

export interface Comparing {
  readonly running: boolean;
  /** Of the sides as they are chosen now, of the revision that is saved now, and of the probes that are here now. */
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

/** What the sides are made from: what is saved, and what probes said where one of them is that. */
function madeFrom(sides: Pick<AskedSides, "left" | "right"> | null, revision: number | null, probed: ProbedStore | null): Input {
  const isProbed = sides !== null && [sides.left, sides.right].some(({ kind }) => kind === "probe");
  return [revision, isProbed ? JSON.stringify(probed) : null];
}

/** `chosen`: the sides that stand there now; null for one that is not there. */
export function useComparison(storeId: string, chosen: Pick<AskedSides, "left" | "right"> | null): Comparing {
  const [running, setRunning] = useState(false);
  const revision = useStore(storesList, ({ entries }) => entries.get(storeId)?.revision ?? null);
  const input = chosen === null ? [] : inputOf(chosen);
  const probed = useStore(storesList, ({ entries }) => entries.get(storeId)?.probed ?? null);
  const outcome = useBoundResult<Outcome>([...input, ...madeFrom(chosen, revision, probed)]);
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
    if (answer.ok) outcome.take({ asked, comparison: answer.value }, [...inputOf(asked), ...madeFrom(asked, answer.value.revision, answer.value.probed)]);
    else fault.take(answer.fault, inputOf(asked));
  };
  return { running, outcome: outcome.current, fault: fault.current, compare };
}

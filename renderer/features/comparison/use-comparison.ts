/** A comparison from its start to what came of it; it ends with the page. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ComparedSide, Comparison } from "../../../shared/model/comparison.ts";
import type { Fault } from "../../../shared/fault.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { storesList } from "../../stores/stores-list.ts";
import { runWork } from "../../stores/work.ts";

export interface Outcome {
  readonly left: string;
  readonly right: string;
  readonly comparison: Comparison;
}

interface Sides {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
}

export interface Comparing {
  readonly running: boolean;
  readonly outcome: Outcome | null;
  readonly fault: Fault | null;
  /** `names`: what the sides are called, beside the result. What was begun before ends. */
  readonly compare: (sides: Sides, names: Pick<Outcome, "left" | "right">) => Promise<void>;
}

export function useComparison(storeId: string): Comparing {
  const [running, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const compare = useCallback(
    async (sides: Sides, names: Pick<Outcome, "left" | "right">) => {
      current.current?.abort();
      const mine = new AbortController();
      current.current = mine;
      setRunning(true);
      setFault(null);
      setOutcome(null);
      const subject = storesList.getState().entries.get(storeId)?.name ?? "";
      const entry = listWork({ kind: "comparison", subject, route: { page: "store", id: storeId, section: "compare" } }, () => mine.abort());
      const answer = await runWork<Comparison>((signal) => client().comparison.compare({ storeId, ...sides }, { signal }), entry.progress, mine.signal);
      entry.end(answer.ok ? null : answer.fault);
      if (current.current !== mine) return;
      setRunning(false);
      if (answer.ok) setOutcome({ ...names, comparison: answer.value });
      else setFault(answer.fault);
    },
    [storeId],
  );
  return { running, outcome, fault, compare };
}

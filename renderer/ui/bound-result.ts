/** Results that belong to an input: beside another one they are no longer true. */
import { useState } from "react";

/** What an action was given, value by value. */
export type Input = readonly (string | number | boolean | null)[];

export interface BoundResult<T> {
  /** The newest result where it is one of the input as it stands now; else null. */
  readonly current: T | null;
  /** Keeps a result with what it is of, which is what stood there when the action began. */
  readonly take: (result: T, of: Input) => void;
  readonly clear: () => void;
}

/** The result of an action on `input`, which may change while the action runs and afterwards. */
export function useBoundResult<T>(input: Input): BoundResult<T> {
  const [kept, setKept] = useState<{ readonly result: T; readonly of: Input } | null>(null);
  return {
    current: kept !== null && sameInput(kept.of, input) ? kept.result : null,
    take: (result, of) => setKept({ result, of }),
    clear: () => setKept(null),
  };
}

function sameInput(before: Input, now: Input): boolean {
  return before.length === now.length && before.every((value, index) => value === now[index]);
}

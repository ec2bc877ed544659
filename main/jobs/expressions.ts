/** Expressions over rows, in threads that are killed at a row that takes too long: the other rows are answered all the same. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { WorkerPool, workerUrl } from "../workers.ts";
import type { ExpressionAnswer } from "./expression-language.ts";

export type SourceRow = Readonly<Record<string, string>>;

/** One message to the worker. */
export interface ExpressionTask {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly rows: readonly SourceRow[];
  /** How many rows are done. */
  readonly done: SharedArrayBuffer;
}

/** Longest time for one row, in milliseconds. */
const ROW_LIMIT_MS = 250;
/** Rows of one question. */
const ROWS_AT_ONCE = 200;
/** After so many rows that were stopped the rest is not tried: each costs the limit and a new thread. */
const MOST_STOPPED = 20;
const STOPPED = { kind: "stopped" } as const;

export interface OpenedExpression {
  /** An answer for each row. Fails with `cancelled` alone. */
  answers(rows: readonly SourceRow[], signal: AbortSignal): Promise<Result<readonly ExpressionAnswer[]>>;
}

export interface Expressions {
  /** `now`, in epoch milliseconds, is what `$now` and `$millis` say at every row. How many rows were stopped is remembered by what was opened. */
  open(text: string, now: number): OpenedExpression;
  /** Ends the threads that nobody waits for; the next question starts them again. */
  rest(): Promise<void>;
}

/** Two threads, so that an expression that somebody tries out does not wait for the rows of a run. */
export function createExpressions(): Expressions {
  const pool = new WorkerPool<ExpressionTask, readonly ExpressionAnswer[]>(2, workerUrl("jobs", "expression"), { maxOldGenerationSizeMb: 64, stackSizeMb: 4 });

  function open(text: string, now: number): OpenedExpression {
    let stopped = 0;

    /** Answers of the first rows, at least one's: as far as the row at which the thread was killed. */
    async function firstAnswers(rows: readonly SourceRow[], signal: AbortSignal): Promise<Result<readonly ExpressionAnswer[]>> {
      if (rows.length === 0) return succeed([]);
      const done = new SharedArrayBuffer(4);
      const counted = new Int32Array(done);
      const stall = { progress: () => counted[0] ?? 0, forMs: ROW_LIMIT_MS };
      const outcome = await pool.ask({ text, now, rows, done }, { signal, timeoutMs: ROW_LIMIT_MS * (rows.length + 1), stall });
      if (outcome.kind === "answered") return succeed(outcome.answer);
      if (outcome.kind === "cancelled") return fail({ kind: "cancelled" });
      stopped += 1;
      const at = Math.min(counted[0] ?? 0, rows.length - 1);
      // Their answers went with the thread.
      const before = await firstAnswers(rows.slice(0, at), signal);
      return before.ok && before.value.length === at ? succeed([...before.value, STOPPED]) : before;
    }

    return {
      async answers(rows, signal) {
        const answers: ExpressionAnswer[] = [];
        while (answers.length < rows.length) {
          if (stopped >= MOST_STOPPED) return succeed([...answers, ...rows.slice(answers.length).map(() => STOPPED)]);
          const next = await firstAnswers(rows.slice(answers.length, answers.length + ROWS_AT_ONCE), signal);
          if (!next.ok) return next;
          answers.push(...next.value);
        }
        return succeed(answers);
      },
    };
  }

  return { open, rest: () => pool.rest() };
}

/** Runs long work of the contract: progress while it lasts, one result at the end, cancelled by its signal. */
import type { Progress, WorkEvent } from "../../shared/contract/progress.ts";
import { fail, type Result } from "../../shared/result.ts";
import { faultOfThrow } from "../host/ask.ts";

/** Never rejects: a broken connection and an abort are faults like any other. */
export async function runWork<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<T>> {
  try {
    for await (const event of await open(signal)) {
      if (event.type === "done") return event.result;
      if (!signal.aborted) onProgress(event);
    }
    return fail(signal.aborted ? { kind: "cancelled" } : { kind: "no-connection", outcome: "unknown" });
  } catch (error) {
    return fail(faultOfThrow(error, signal));
  }
}

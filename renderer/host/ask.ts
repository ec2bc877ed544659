/** Calls that answer a `Result`, with the failures of the wire itself turned into faults as well. */
import type { Fault } from "../../shared/fault.ts";
import { fail, type Result } from "../../shared/result.ts";
import { TOO_LATE } from "../../shared/rules/liveness.ts";
import { Unanswered } from "./unanswered.ts";

/** The code of an error that main answered with. */
function codeOf(error: Error): string | null {
  return "code" in error && typeof error.code === "string" ? error.code : null;
}

/** The fault of a call that threw: cancelled, without a connection, refused as too late, or an incident that main logged. */
export function faultOfThrow(error: unknown, signal?: AbortSignal): Fault {
  if (signal?.aborted === true || (error instanceof Error && error.name === "AbortError")) return { kind: "cancelled" };
  if (error instanceof Unanswered) return { kind: "no-connection", outcome: error.outcome };
  if (!(error instanceof Error)) return { kind: "internal", incident: typeof error };
  const code = codeOf(error);
  if (code === TOO_LATE) return { kind: "no-connection", outcome: "not-done" };
  // Main's message is the incident and nothing else; a message of the page's own may hold what was typed.
  return { kind: "internal", incident: code === "INTERNAL_SERVER_ERROR" ? error.message : error.name };
}

/** Awaits a call of the contract. Never rejects. */
export async function ask<T>(call: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
  try {
    return await call();
  } catch (error) {
    return fail(faultOfThrow(error, signal));
  }
}

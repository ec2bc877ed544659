/** Calls that answer a `Result`, with the failures of the wire itself turned into faults as well. */
import { fail, type Fault, type Result } from "../../shared/fault.ts";

/** Incident of a fault that means: the connection to the console's service broke during the call. */
export const CONNECTION_LOST = "connection-lost";

function incidentOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  const { data } = error;
  return typeof data === "object" && data !== null && "incident" in data && typeof data.incident === "string" ? data.incident : null;
}

/** The fault of a call that threw: cancelled, an incident that main logged, or a connection that broke. */
export function faultOfThrow(error: unknown, signal?: AbortSignal): Fault {
  if (signal?.aborted === true || (error instanceof Error && error.name === "AbortError")) return { kind: "cancelled" };
  return { kind: "internal", incident: incidentOf(error) ?? CONNECTION_LOST };
}

/** Awaits a call of the contract. Never rejects. */
export async function ask<T>(call: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
  try {
    return await call();
  } catch (error) {
    return fail(faultOfThrow(error, signal));
  }
}

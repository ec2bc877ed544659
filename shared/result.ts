/** What a function that can fail in expected ways answers. Apart from the schema of faults, so that who only answers one loads no schema. */
import type { Fault } from "./fault.ts";

/** What a function that can fail in expected ways returns. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** Wraps a value as a successful result. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a fault as a failed result. */
export function fail(fault: Fault): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault };
}

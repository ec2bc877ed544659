/** Waiting for what comes by itself, on a machine that may be busy: nothing that passes waits for the limits. */
import { vi } from "vitest";

const LIMIT_MS = 30_000;

/** Answers what `found` returns as soon as it does not throw. */
export function eventually<T>(found: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(found, { timeout: LIMIT_MS });
}

/** Faults of the store's own rules. */
import type { z } from "zod";
import { fail } from "../../shared/fault.ts";
import { issuesOf } from "../../shared/issues.ts";

/** For a document that could not be read back: it is refused rather than stored. */
export function refuseInvalid(error: z.ZodError) {
  return fail({ kind: "invalid", issues: issuesOf(error, "code") });
}

export function refuseTakenName() {
  return fail({ kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] });
}

export function refuseChangedDraft(at: number | null = null) {
  return fail({ kind: "draft-changed", how: "changed", by: null, at, revision: null });
}

/** There is no such run, or another process has taken it. */
export function refuseMissingRun() {
  return fail({ kind: "not-found", what: "run" });
}

/** As {@link refuseMissingRun}, of a job. */
export function refuseMissingJobRun() {
  return fail({ kind: "not-found", what: "job-run" });
}

export function refuseRunUnderWay() {
  return fail({ kind: "unsupported", why: "run-under-way" });
}

export function refuseMissingStore() {
  return fail({ kind: "not-found", what: "identity-store" });
}

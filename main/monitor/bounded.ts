/** What is kept of a check: its words come from the far side, and a thousand rows of them stay in memory and travel. */
import type { CheckResult, RungResult } from "../../shared/model/mail-server.ts";

/** More rungs than any ladder has. */
const MOST_RUNGS = 16;
/** Characters kept of one text: enough for a page's first words or a certificate's names. */
const LONGEST_TEXT = 1_000;
/** Entries kept of one list, such as the permissions that are missing. */
const LONGEST_LIST = 50;

function clip(value: unknown): unknown {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map(clip);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clip(entry)]));
}

/** The check with nothing in it that is longer than its bound. */
export function bounded(check: CheckResult): CheckResult {
  // Cutting texts and lists short leaves every shape as it is.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { ...check, rungs: clip(check.rungs.slice(0, MOST_RUNGS)) as RungResult[] };
}

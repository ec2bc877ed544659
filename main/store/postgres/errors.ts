/** PostgreSQL's errors as faults. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
import type { NotStoredReason } from "../../../shared/fault.ts";

/** Two transactions were in each other's way, and neither is at fault: serialization failure, deadlock, and a row that another one came first to write. */
const AGAIN = new Set(["40001", "40P01", "23505"]);

/** The server goes down, takes no connection, or the connection broke; beside them Node's own codes, which have a `syscall`. */
const AWAY = /^(?:08\w{3}|57P0[1-3]|53300)$/;
/** What `pg` says without a code. */
const AWAY_WORDS = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|connection timeout/i;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

export function isToBeRepeated(error: unknown): boolean {
  return AGAIN.has(codeOf(error));
}

/** Whether the server was not there to answer: nothing is known of what was asked. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && (AWAY.test(codeOf(error)) || "syscall" in error || AWAY_WORDS.test(error.message));
}

const BY_CODE: Readonly<Record<string, NotStoredReason>> = {
  "25006": "read-only",
  "42501": "no-rights",
  "53100": "disk-full",
  "55P03": "locked",
  "57014": "locked",
};

/** Why the database stored nothing; null for a bug. */
export function reasonOf(error: unknown): NotStoredReason | null {
  if (isAway(error)) return "unreachable";
  return isToBeRepeated(error) ? "locked" : (BY_CODE[codeOf(error)] ?? null);
}

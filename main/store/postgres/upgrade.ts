/** Bringing a team's database of an earlier version up to date. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { numberOf } from "../columns.ts";
import { all, get, run, type Steps } from "../steps.ts";
import { SCHEMA, SCHEMA_LOCK } from "./names.ts";
import { stepsFrom, TEAM_SCHEMA_VERSION } from "./schema.ts";

/** As it is told of a database that no account in hand can bring up to date. */
export const OLDER = { kind: "unsupported", why: "database-older" } as const;

/** Tables are made, and those that are there changed, by their owner alone: whoever set the team up. */
const OWNS = `SELECT pg_has_role(nspowner, 'USAGE')::int AS owns FROM pg_namespace WHERE nspname = '${SCHEMA}'`;

export function isOlder(fault: Fault): boolean {
  return fault.kind === "unsupported" && fault.why === OLDER.why;
}

/**
 * Adds what the database lacks, for one transaction in which other accounts wait. Of two consoles that do so at once the second finds it
 * done. Fails with `unsupported: database-older` for an account that does not own the tables.
 */
export function* upgradeSchema(): Steps<Result<null>> {
  yield* all(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK})::text`);
  const version = numberOf((yield* get(`SELECT number FROM ${SCHEMA}.schema_version`)) ?? {}, "number");
  if (version >= TEAM_SCHEMA_VERSION) return succeed(null);
  if (numberOf((yield* get(OWNS)) ?? {}, "owns") === 0) return fail(OLDER);
  yield* run(stepsFrom(version));
  return succeed(null);
}

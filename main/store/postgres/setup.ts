/** Making an empty database a team's. */
import { fail, type Result } from "../../../shared/fault.ts";
import { all, run, type Steps } from "../steps.ts";
import type { TeamSettings } from "../team/types.ts";
import { readContent } from "./content.ts";
import { openFault } from "./errors.ts";
import { SCHEMA_LOCK } from "./names.ts";
import { teamSchema } from "./schema.ts";
import { addressOf, Session } from "./session.ts";
import { readStanding } from "./standing.ts";

/** Takes steps in one transaction of a connection of its own. Fails as opening a team's database does. */
export async function inTeamDatabase<T>(settings: TeamSettings, steps: () => Steps<Result<T>>): Promise<Result<T>> {
  const address = addressOf(settings);
  let session: Session | null = null;
  try {
    session = new Session(address);
    return await session.transaction("BEGIN ISOLATION LEVEL READ COMMITTED", steps, ({ ok }) => ok);
  } catch (error) {
    return fail(openFault(error, address));
  } finally {
    await session?.close();
  }
}

/**
 * Makes tables and roles, and takes `found` in the same transaction: there is never a database with the tables of a team that
 * nobody founded. Whoever sets up is an administrator. Fails with `unsupported: database-not-empty`, with `not-stored: no-rights`
 * where the account may not make tables or roles, and as opening it does.
 */
export function setUpSchema<T>(settings: TeamSettings, found: () => Steps<Result<T>>): Promise<Result<T>> {
  return inTeamDatabase(settings, function* setUp(): Steps<Result<T>> {
    yield* all(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK})::text`);
    const { role } = yield* readStanding();
    if ((yield* readContent(role)) !== "empty") return fail({ kind: "unsupported", why: "database-not-empty" });
    yield* run(teamSchema(settings.place.database));
    return yield* found();
  });
}

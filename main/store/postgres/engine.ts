/** A team's database as the rooms of the store see it: what is read at once comes from the replica, everything else from the server. */
import { setTimeout as sleep } from "node:timers/promises";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { createTurns } from "../../../shared/turns.ts";
import { Connection } from "../connection.ts";
import { Guard } from "../../guard.ts";
import type { Clock, Logger } from "../../ports.ts";
import type { Engine } from "../engine.ts";
import { migrate } from "../migrate.ts";
import type { Steps } from "../steps.ts";
import { readContent, refusalOf } from "./content.ts";
import { isAway, isToBeRepeated, openFault, reasonOf } from "./errors.ts";
import type { Copy } from "../team/copy.ts";
import { listen } from "./listener.ts";
import type { Changed } from "./changed.ts";
import { Replica } from "./replica.ts";
import { readStanding, type Standing } from "./standing.ts";
import { Session, type TeamAddress } from "./session.ts";
import { isOlder, upgradeSchema } from "./upgrade.ts";

/** How often changes of others are looked for where nobody tells of them, in milliseconds. */
const POLL_MS = 10_000;
/** How often a transaction is made anew because another one was in its way. */
const TRIES = 8;

const READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/** What steps read must not change before they write: PostgreSQL says so when it did. */
const WRITE = "BEGIN ISOLATION LEVEL SERIALIZABLE";
const NOTE = "BEGIN ISOLATION LEVEL READ COMMITTED";
/** No store has this id: of what is held, none of the stores is looked at. */
const NO_STORE = "";

/** Since when the database cannot be worked on, in milliseconds since 1970, and why: it is not there, or lets this account in no more. */
export interface Away {
  readonly since: number;
  readonly fault: Fault;
}

export interface PostgresEngine extends Engine {
  /** As `note`, in tables of which nothing is held here: no change is looked for afterwards. */
  apart<T>(steps: () => Steps<Result<T>>): Promise<Result<T>>;
  /** Null while the database can be worked on. */
  away(): Away | null;
  /** When the database last answered, in milliseconds since 1970. */
  heardAt(): number;
  /** Who the database says this is, and what it lets that account do. */
  standing(): Standing;
  /** Another one after the roster was read anew, or is the database's own where it was a copy. */
  rosterEdition(): number;
  /** Whether what is held is what this computer kept: the database was not heard since the start. */
  isCopy(): boolean;
  /** All that is held, for the time that the database is not there. */
  copy(): Copy;
  /** Calls back when what is held has changed, or whether the database answers. */
  onChange(callback: () => void): void;
  close(): Promise<void>;
}

interface Options {
  readonly address: TeamAddress;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The newest revision of an identity store that was ever believed, 0 for none. */
  readonly known: (storeId: string) => number;
  /** What is shown while the database cannot be reached from the start; null for nothing. */
  readonly start: () => Promise<Copy | null>;
}

/**
 * Opens a team's database. Where it is not there, or does not let the account in, it opens with what `start` answers, and else fails with
 * `unreachable`, `sign-in` or `not-found: database`. Fails with `not-found: team`, `unreadable: database-newer`, and with `not-stored:
 * no-rights` for an account without a role in it. One of an earlier version is brought up to date by the account that set it up; for others it
 * fails with `unsupported: database-older`.
 */
export async function openPostgres({ address, clock, logger, known, start }: Options): Promise<Result<PostgresEngine>> {
  let session: Session;
  try {
    session = new Session(address);
  } catch (error) {
    return fail(openFault(error, address));
  }
  // On its way while everything here is made ready.
  session.prepare();
  const memory = new Connection(":memory:", { readOnly: false });
  migrate(memory, 0);
  const replica = new Replica(memory, known);
  const guard = new Guard("changes in the team's database", logger);
  const inTurn = createTurns();
  let away: Away | null = null;
  let standing: Standing = { login: address.user, role: "none" };
  let heardAt = clock.now();
  let isNew = true;
  let isCopy = false;
  let tell: () => void = () => undefined;

  const arrived = (error: unknown = null): void => {
    const fault = error !== null && isAway(error) ? openFault(error, address) : null;
    // What a server that goes down answers changes from try to try; another kind of reason is another thing to do.
    if (fault?.kind === away?.fault.kind) return;
    away = fault === null ? null : { since: away?.since ?? clock.now(), fault };
    tell();
  };

  /** `whole`: what nobody changes from one moment to the next as well. `one`: the store of that id alone, which this console has just written. */
  type Look = "whole" | "changes" | { readonly one: string };
  function* look(what: Look): Steps<Result<{ readonly seen: Standing; readonly changed: Changed }>> {
    const seen = what === "whole" ? yield* readStanding() : standing;
    // What is there now was not looked at when it was opened.
    const refusal = isNew || isCopy ? refusalOf(yield* readContent(seen.role), seen.role) : null;
    return refusal === null ? succeed({ seen, changed: yield* replica.changed(typeof what === "object" ? what.one : null) }) : fail(refusal);
  }
  /** Answers why there is nothing to work on; null where there is. */
  const refresh = (what: Look): Promise<Fault | null> =>
    inTurn(async () => {
      const lookOnce = () => session.read(READ, () => look(isCopy ? "whole" : what));
      let looked = await lookOnce();
      if (!looked.ok && isOlder(looked.fault)) {
        const upgraded = await session.transaction(NOTE, upgradeSchema, ({ ok }) => ok);
        looked = upgraded.ok ? await lookOnce() : upgraded;
      }
      if (!looked.ok) {
        arrived();
        return looked.fault;
      }
      const { seen, changed } = looked.value;
      replica.take(changed);
      const isNews = isCopy || changed.isNews || seen.role !== standing.role;
      standing = seen;
      [isNew, isCopy] = [false, false];
      heardAt = clock.now();
      arrived();
      if (isNews) tell();
      return null;
    });

  const refreshSoon = (what: Look) =>
    void refresh(what).then(
      (refusal) => {
        if (refusal !== null) guard.report(new Error(`the team's database is not one to work on: ${refusal.kind}`));
      },
      (error: unknown) => {
        arrived(error);
        if (reasonOf(error) === null) guard.report(error);
      },
    );

  const inTransaction = async <T>(begin: string, steps: () => Steps<Result<T>>): Promise<Result<T>> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await session.transaction<Result<T>>(begin, steps, ({ ok }) => ok);
      } catch (error) {
        if (isToBeRepeated(error) && tries < TRIES) {
          // Not by the clock, whose timers let a process end: somebody waits for what is under way.
          await sleep(clock.random() * 20 * tries);
          continue;
        }
        arrived(error);
        const why = reasonOf(error);
        if (why === null) throw error;
        return fail({ kind: "not-stored", why });
      }
    }
  };

  const givenUp = async (fault: Fault) => {
    await session.close();
    replica.close();
    return fail(fault);
  };

  const written = async <T>(begin: string, steps: () => Steps<Result<T>>, storeId?: string): Promise<Result<T>> => {
    const result = await inTransaction(begin, steps);
    // Refused for what others did: it is shown before it is tried again.
    const what = result.ok && storeId !== undefined ? { one: storeId } : "changes";
    if (result.ok || result.fault.kind !== "not-stored") await refresh(what).catch((error: unknown) => arrived(error));
    return result;
  };

  try {
    const refusal = await refresh("whole");
    if (refusal !== null) return await givenUp(refusal);
  } catch (error) {
    const [copy, fault] = [isAway(error) ? await start() : null, openFault(error, address)];
    if (copy === null) return givenUp(fault);
    replica.fill(copy.tables);
    [isCopy, heardAt, standing] = [true, copy.heardAt, { login: copy.login, role: copy.role }];
    away = { since: clock.now(), fault };
  }
  // What this console has just written it looks at without being told.
  const listener = listen(session.configuration, clock, (from) => {
    if (!session.isOwn(from)) refreshSoon("changes");
  });
  let cancel = clock.after(POLL_MS, function poll() {
    refreshSoon("whole");
    cancel = clock.after(POLL_MS, poll);
  });
  return succeed({
    get readOnly() {
      return standing.role === "reader";
    },
    words: { nextVersion: "SELECT nextval('draft_version') AS number", deletedStore: "SELECT 1 AS found FROM stored_identity_store WHERE id = ?", nowMs: "now_ms()" },
    now: (steps) => replica.now(steps),
    arrived: () => replica.arrived(),
    editing: (storeId) => replica.editing(storeId),
    editionOf: (what) => replica.editionOf(what),
    read: (steps) => session.read(READ, steps),
    write: (steps, storeId) => written(WRITE, steps, storeId),
    record: (steps) => written(NOTE, steps, NO_STORE),
    note: (steps) => written(NOTE, steps),
    apart: async (steps) => {
      const result = await inTransaction(NOTE, steps);
      // The database is back, and nothing else has noticed it yet.
      if (result.ok && away !== null) refreshSoon("whole");
      return result;
    },
    away: () => away,
    heardAt: () => heardAt,
    standing: () => standing,
    rosterEdition: () => replica.rosterEdition + (isCopy ? 0 : 1),
    isCopy: () => isCopy,
    copy: () => ({ heardAt, ...standing, tables: replica.tables() }),
    onChange: (callback) => {
      tell = callback;
    },
    close: async () => {
      cancel();
      listener.close();
      await inTurn(async () => replica.close());
      await session.close();
    },
  });
}

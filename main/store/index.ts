/** Opens everything that must not be lost: identity stores, revisions, drafts, secrets, activity. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Clock, KeyWrapping, Logger } from "../ports.ts";
import { createActivityLog } from "./activity-log.ts";
import { createChanges, createChangesOf, type Changes } from "./changes.ts";
import { openDatabase, type Restoration } from "./database.ts";
import { createDrafts } from "./drafts.ts";
import type { Engine } from "./engine.ts";
import { createHistories } from "./history.ts";
import { createIdentityStores } from "./identity-stores.ts";
import { openKeyRing } from "./key-ring.ts";
import type { TeamAddress } from "./postgres/session.ts";
import { sqliteEngine } from "./sqlite-engine.ts";
import { failStorage, readFault } from "./storage-faults.ts";
import type { Store } from "./types.ts";
import { createVault, sweepSecrets } from "./vault.ts";

export interface StoreOptions {
  /** Absolute path; created when missing. */
  readonly dataDirectory: string;
  /** Best first. */
  readonly keyWrapping: readonly KeyWrapping[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a store stands on: an engine, word of changes, and what is to be said of the opening. */
interface Ground {
  readonly engine: Engine;
  readonly changes: Changes;
  readonly notice: Store["notice"];
  readonly team: Store["team"];
  readonly checks: Store["checks"];
  readonly restoration: Restoration | null;
  faultOf(error: unknown): Fault | null;
  close(): Promise<void> | void;
}

async function assemble({ engine, changes, ...ground }: Ground, { keyWrapping, clock, logger }: Omit<StoreOptions, "dataDirectory">): Promise<Store> {
  const keys = await openKeyRing({ engine, keyWrapping, clock, logger, onChange: () => changes.announce() });
  await sweepSecrets(engine, { clock, logger });
  const identityStores = createIdentityStores(engine, changes, logger);
  const activity = createActivityLog({ engine, changes, clock, logger });
  if (ground.restoration !== null) {
    const { quarantined, backup } = ground.restoration;
    activity.append({ at: clock.now(), kind: "database-restored", storeId: null, storeName: null, subject: backup, detail: quarantined });
  }
  return {
    identityStores,
    drafts: createDrafts(engine, changes),
    vault: createVault({ engine, keys, clock }),
    histories: createHistories(engine, changes),
    activity,
    team: ground.team,
    checks: ground.checks,
    notice: ground.notice,
    faultOf: (error) => ground.faultOf(error),
    onChange: (callback) => changes.subscribe(callback),
    close: async () => {
      keys.close();
      await activity.close();
      changes.stop();
      await ground.close();
    },
  };
}

/**
 * Opens the store below `dataDirectory`. A damaged database is put aside and the newest good backup opened; a database of
 * a newer version opens read-only; `notice` says so. Fails with `not-stored` when the folder cannot be written, with
 * `unreadable: database-damaged` when a damaged database is in use by another process, and with
 * `unreadable: database-newer` when a newer version's data cannot be understood.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  const opened = openDatabase({ directory: options.dataDirectory, clock: options.clock, logger: options.logger });
  if (!opened.ok) return opened;
  const database = opened.value;
  try {
    const { connection, notice, restoration } = database;
    const ground: Ground = {
      engine: sqliteEngine(connection),
      changes: createChanges({ connection, clock: options.clock, logger: options.logger }),
      notice,
      team: null,
      checks: null,
      restoration,
      faultOf: (error) => readFault(error, options.dataDirectory),
      close: () => database.close(),
    };
    const store = await assemble(ground, options);
    // Reading everything once proves that this version understands what a newer one wrote.
    if (store.notice === "read-only-newer") for (const { id } of store.identityStores.list()) store.drafts.get(id);
    return succeed(store);
  } catch (error) {
    database.close();
    if (database.notice === "read-only-newer") return fail({ kind: "unreadable", what: "database-newer" });
    return failStorage(error, options.dataDirectory);
  }
}

/**
 * Opens a team's database. Fails with `unreachable`, `sign-in`, `not-found` (`database`, `team`), `unreadable: database-newer`, and
 * with `not-stored: no-rights` for an account without a role in it.
 */
export async function openTeamStore(address: TeamAddress, options: Omit<StoreOptions, "dataDirectory">): Promise<Result<Store>> {
  const [{ openPostgres }, { reasonOf }, { shareChecks }] = await Promise.all([import("./postgres/engine.ts"), import("./postgres/errors.ts"), import("./postgres/shared-checks.ts")]);
  const opened = await openPostgres({ address, clock: options.clock, logger: options.logger });
  if (!opened.ok) return opened;
  const engine = opened.value;
  const changes = createChangesOf(engine, options.logger);
  const faultOf = (error: unknown): Fault | null => {
    const why = reasonOf(error);
    return why === null ? null : { kind: "not-stored", why };
  };
  const checks = shareChecks({ engine, holder: randomUUID(), mayWrite: () => true, clock: options.clock, logger: options.logger });
  return succeed(await assemble({ engine, changes, notice: null, team: null, checks, restoration: null, faultOf, close: () => checks.close().then(() => engine.close()) }, options));
}

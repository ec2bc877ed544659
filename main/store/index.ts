/** Opens everything that must not be lost: identity stores, revisions, drafts, secrets, activity. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Clock, KeyWrapping, Logger } from "../ports.ts";
import { createActivityLog } from "./activity-log.ts";
import { createChanges, createChangesOf, type Changes } from "./changes.ts";
import { openDatabase, type Restoration } from "./database.ts";
import { createDrafts } from "./drafts.ts";
import type { Engine } from "./engine.ts";
import { createHistories } from "./history.ts";
import { createIdentityStores } from "./identity-stores.ts";
import { withJobProviders } from "./job-providers.ts";
import { trimJobRuns } from "./job-run-retention.ts";
import { createJobRuns } from "./job-runs.ts";
import { createJournal } from "./journal.ts";
import { trimJournal } from "./journal-retention.ts";
import { openKeyRing, type KeyRing } from "./key-ring.ts";
import { createPrepareOnly } from "./prepare-only.ts";
import { createSightings } from "./sightings.ts";
import { sqliteEngine } from "./sqlite-engine.ts";
import { createProbes } from "./probes.ts";
import { failStorage, readFault } from "./storage-faults.ts";
import type { PrepareOnly, Store } from "./types.ts";
import { createTeamHome, type FileHome } from "./team/home.ts";
import type { OpenTeam, TeamOptions } from "./team/open.ts";
import { createVault, SWEEP_AGE, sweepSecrets } from "./vault.ts";

export interface StoreOptions {
  /** Absolute path; created when missing. */
  readonly dataDirectory: string;
  /** Best first. */
  readonly keyWrapping: readonly KeyWrapping[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a store stands on: an engine, word of changes, keys, and what is to be said of the opening. */
interface Ground {
  readonly engine: Engine;
  readonly changes: Changes;
  readonly keys: KeyRing;
  readonly notice: Store["notice"];
  readonly checks: Store["checks"];
  readonly restoration: Restoration | null;
  /** Null where it is a file. */
  readonly team: OpenTeam | null;
  faultOf(error: unknown): Fault | null;
  close(): Promise<void> | void;
}

function assemble({ engine, changes, keys, team, ...ground }: Ground, { clock, logger }: Pick<StoreOptions, "clock" | "logger">): Store {
  const identityStores = withJobProviders(createIdentityStores({ engine, changes, logger, seals: team?.seals ?? null }));
  const activity = createActivityLog({ engine, changes, clock, logger });
  if (ground.restoration !== null) {
    const { quarantined, backup } = ground.restoration;
    activity.append({ at: clock.now(), kind: "database-restored", storeId: null, storeName: null, subject: backup, detail: quarantined });
  }
  const ownVault = createVault({ engine, keys, clock });
  const vault = team?.vault(ownVault, identityStores) ?? ownVault;
  const drafts = createDrafts({ engine, changes, seals: team?.draftSeals ?? null });
  const kept = team?.kept({ drafts, vault, stores: identityStores, activity }) ?? null;
  if (kept !== null) {
    changes.subscribe(kept.changed);
    kept.changed();
  }
  const close = async () => {
    await kept?.close();
    keys.close();
    await activity.close();
    changes.stop();
    await ground.close();
  };
  let closing: Promise<void> | null = null;
  return {
    identityStores,
    drafts: kept?.drafts ?? drafts,
    vault: kept?.vault ?? vault,
    histories: createHistories({ engine, changes, seals: team?.seals ?? null }),
    activity,
    sightings: createSightings({ engine, changes }),
    journal: createJournal({ engine, changes, logger }),
    jobRuns: createJobRuns({ engine, changes, logger }),
    probes: createProbes({ engine, changes }),
    team: team?.team(identityStores) ?? null,
    checks: ground.checks,
    notice: ground.notice,
    faultOf: (error) => ground.faultOf(error),
    onChange: (callback) => changes.subscribe(callback),
    close: () => (closing ??= close()),
  };
}

/** The file, and what it keeps of a team. */
export interface FileStore extends Store {
  readonly home: FileHome;
  readonly prepareOnly: PrepareOnly;
}

/**
 * Opens the store below `dataDirectory`. A damaged database is put aside and the newest good backup opened; a database of
 * a newer version opens read-only; `notice` says so. Fails with `not-stored` when the folder cannot be written, with
 * `unreadable: database-damaged` when a damaged database is in use by another process, and with
 * `unreadable: database-newer` when a newer version's data cannot be understood.
 */
export async function openStore(options: StoreOptions): Promise<Result<FileStore>> {
  const opened = openDatabase({ directory: options.dataDirectory, clock: options.clock, logger: options.logger });
  if (!opened.ok) return opened;
  const database = opened.value;
  try {
    const { connection, notice, restoration } = database;
    const { dataDirectory, keyWrapping, clock, logger } = options;
    const engine = sqliteEngine(connection);
    const changes = createChanges({ connection, clock, logger });
    const keys = await openKeyRing({ engine, keyWrapping, clock, logger, onChange: () => changes.announce() });
    await sweepSecrets(engine, SWEEP_AGE.file, { clock, logger });
    await trimJournal(engine, logger);
    await trimJobRuns(engine, logger);
    const faultOf = (error: unknown) => readFault(error, dataDirectory);
    const file = assemble({ engine, changes, keys, notice, restoration, team: null, checks: null, faultOf, close: () => database.close() }, options);
    const store: FileStore = { ...file, home: createTeamHome({ engine, keys, directory: dataDirectory }), prepareOnly: createPrepareOnly({ engine, changes }) };
    // Reading everything once proves that this version understands what a newer one wrote.
    if (store.notice === "read-only-newer") for (const { id } of store.identityStores.list()) store.drafts.get(id);
    return succeed(store);
  } catch (error) {
    database.close();
    if (database.notice === "read-only-newer") return fail({ kind: "unreadable", what: "database-newer" });
    return failStorage(error, options.dataDirectory);
  }
}

/** As the file's is swept at open; by an administrator's account, because no other may remove a secret, or a run. */
async function sweepTeam({ engine }: OpenTeam, { clock, logger }: Pick<StoreOptions, "clock" | "logger">): Promise<void> {
  if (engine.away() !== null || engine.standing().role !== "administrator") return;
  try {
    await sweepSecrets(engine, SWEEP_AGE.team, { clock, logger });
    await trimJournal(engine, logger);
    await trimJobRuns(engine, logger);
  } catch (error) {
    logger.warn("what nothing refers to, and what is too old, could not be looked for", { error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Opens the team's database that this console belongs to. Where the database cannot be reached, or does not let the account in, it shows
 * what was last known. Fails with `not-found: team`, `unreadable` and `not-stored: no-rights`.
 */
export async function openTeamStore(options: TeamOptions): Promise<Result<Store>> {
  const [{ openTeam }, { reasonOf }] = await Promise.all([import("./team/open.ts"), import("./postgres/errors.ts")]);
  const opened = await openTeam(options);
  if (!opened.ok) return opened;
  const team = opened.value;
  // Not before whoever opened it has shown what is there.
  const swept = new Promise(setImmediate).then(() => sweepTeam(team, options));
  const faultOf = (error: unknown): Fault | null => {
    const why = reasonOf(error);
    return why === null ? null : { kind: "not-stored", why };
  };
  const changes = createChangesOf(team, options.logger);
  return succeed(assemble({ engine: team.engine, changes, keys: team.keys, notice: null, restoration: null, team, checks: team.checks, faultOf, close: () => swept.then(() => team.close()) }, options));
}

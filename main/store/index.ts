/** Opens everything that must not be lost: identity stores, revisions, drafts, secrets, activity. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Clock, KeyWrapping, Logger } from "../ports.ts";
import { createActivityLog } from "./activity-log.ts";
import { createChanges } from "./changes.ts";
import { openDatabase, type OpenDatabase } from "./database.ts";
import { createDrafts } from "./drafts.ts";
import { createIdentityStores } from "./identity-stores.ts";
import { openKeyRing } from "./key-ring.ts";
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

async function assemble(database: OpenDatabase, options: StoreOptions): Promise<Store> {
  const { connection, notice, restoration } = database;
  const { keyWrapping, clock, logger } = options;
  const engine = sqliteEngine(connection);
  const changes = createChanges({ connection, clock, logger });
  const keys = await openKeyRing({ engine, keyWrapping, clock, logger, onChange: () => changes.announce() });
  await sweepSecrets(engine, { clock, logger });
  const identityStores = createIdentityStores(engine, changes, logger);
  const activity = createActivityLog({ engine, changes, clock, logger });
  if (restoration !== null) {
    const { quarantined, backup } = restoration;
    activity.append({ at: clock.now(), kind: "database-restored", storeId: null, storeName: null, subject: backup, detail: quarantined });
  }
  return {
    identityStores,
    drafts: createDrafts(engine, changes),
    vault: createVault({ engine, keys, clock }),
    activity,
    notice,
    faultOf: (error) => readFault(error, options.dataDirectory),
    onChange: (callback) => changes.subscribe(callback),
    close: async () => {
      keys.close();
      await activity.close();
      changes.stop();
      database.close();
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
    const store = await assemble(database, options);
    // Reading everything once proves that this version understands what a newer one wrote.
    if (store.notice === "read-only-newer") for (const { id } of store.identityStores.list()) store.drafts.get(id);
    return succeed(store);
  } catch (error) {
    database.close();
    if (database.notice === "read-only-newer") return fail({ kind: "unreadable", what: "database-newer" });
    return failStorage(error, options.dataDirectory);
  }
}

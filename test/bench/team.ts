/** A thousand identity stores listed by a console that was just started, and one saved, on PostgreSQL; beside psql that says the same. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Store, StoreDocument } from "../../main/store/types.ts";
import type { Result } from "../../shared/fault.ts";
import { findPostgres, startPostgres, type Account } from "../lab/postgres-server.ts";
import { labTeam } from "../lab/team-consoles.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";
import { psqlOn, recorded, typed, type Recording } from "./team-peer.ts";

const STORES = 1_000;
const LISTS = 11;
const SAVES = 101;
/** A database that psql does the saves in once more: it was made of the console's. */
const TWIN = "twin";

function documentNamed(name: string): StoreDocument {
  return { name, connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.lab" }, directoryPassword: null, messaging: null };
}

function take<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Goal: 1.5 for each. */
export async function run(): Promise<BenchResult> {
  const bin = findPostgres();
  if (bin === null) throw new Error("PostgreSQL is not on this machine.");
  const server = await startPostgres(bin);
  const folder = mkdtempSync(path.join(tmpdir(), "mc-team-"));
  try {
    const { database } = await server.create();
    const team = await labTeam((account: Account) => server.settings(database, account), "eva");
    const note = { who: "eva", at: Date.now(), action: "saved" as const, changes: [], tested: { state: "untested" as const } };
    const first = await team.open("eva");
    let id = "";
    for (let count = 1; count <= STORES; count += 1) ({ id } = take(await first.identityStores.create(documentNamed(`Store ${count}`), note)));
    // It remembers what it has seen, as every console does that was there before.
    first.identityStores.list();
    await team.close(first);
    await server.ask({ database: "postgres" }, `CREATE DATABASE ${TWIN} TEMPLATE "${database}"`);

    const listed = async (): Promise<Store> => {
      const store = await team.open("eva");
      if (store.identityStores.list().length !== STORES) throw new Error("not all stores were listed");
      return store;
    };
    const listing = await recorded(listed);
    await team.close(listing.value);
    const list = typed(listing.sent);
    const lists = await inTurn(
      LISTS,
      async () => {
        const start = performance.now();
        const store = await listed();
        const took = performance.now() - start;
        await team.close(store);
        return took;
      },
      () =>
        timed(async () => {
          const psql = psqlOn(bin, folder, server.settings(database, "eva"));
          await psql.ask(list);
          psql.close();
        }),
    );

    const store = await listed();
    let revision = 1;
    /** What psql has not said yet. */
    const ahead: Recording[] = [];
    const save = async (): Promise<number> => {
      const { value, sent } = await recorded(() =>
        timed(async () => {
          revision = take(await store.identityStores.save(id, documentNamed(`Store ${STORES}`), revision, note, "kept")).revision;
        }),
      );
      ahead.push(sent);
      // As the page does that shows what was saved: it is believed from then on.
      store.identityStores.list();
      return value;
    };
    const psql = psqlOn(bin, folder, server.settings(TWIN, "eva"));
    await save();
    const saves = await inTurn(SAVES, save, async () => {
      const said = typed(ahead.shift() ?? new Map());
      return timed(() => psql.ask(said));
    });
    psql.close();
    await team.remove();
    const rounded = (value: number) => Math.round(value * 100) / 100;
    const [listMs, listPeerMs] = [median(lists.ours), median(lists.peer)];
    const [saveMs, savePeerMs] = [median(saves.ours), median(saves.peer)];
    return {
      name: "team",
      ours_ms: rounded(listMs),
      peer: "psql, every statement that the console sent",
      peer_ms: rounded(listPeerMs),
      ratio: rounded(listMs / listPeerMs),
      more: { save_ours_ms: rounded(saveMs), save_peer_ms: rounded(savePeerMs), save_ratio: rounded(saveMs / savePeerMs) },
    };
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}

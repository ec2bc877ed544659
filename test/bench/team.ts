/** A thousand identity stores listed by a console that was just started, and one saved, on PostgreSQL; beside the same statements in psql. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { SCHEMA } from "../../main/store/postgres/names.ts";
import type { TeamSettings } from "../../main/store/team/types.ts";
import type { StoreDocument } from "../../main/store/types.ts";
import type { Result } from "../../shared/fault.ts";
import { findPostgres, startPostgres, type Account } from "../lab/postgres-server.ts";
import { labTeam } from "../lab/team-consoles.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";

const STORES = 1_000;
const LISTS = 11;
const SAVES = 101;

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


/** What a console asks to list everything. */
const LIST = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT id, revision FROM identity_store;
SELECT * FROM identity_store;
SELECT r.* FROM revision r JOIN identity_store s ON s.id = r.store_id AND (r.number = s.revision OR r.number = 1);
COMMIT;`;

/** A psql that is signed in and waits, as an open console does. */
function psqlOn(bin: string, folder: string, { place, signIn }: TeamSettings) {
  const authority = path.join(folder, "authority.pem");
  writeFileSync(authority, place.authority?.pem ?? "");
  const environment = { PGPASSWORD: signIn.by === "password" ? signIn.password : "", PGSSLMODE: "verify-full", PGSSLROOTCERT: authority, PGOPTIONS: `-c search_path=${SCHEMA}` };
  const program = spawn(path.join(bin, "psql"), ["-qAt", "-h", place.host, "-p", String(place.port), "-U", place.user, place.database], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const lines = createInterface({ input: program.stdout });
  return {
    async ask(sql: string): Promise<void> {
      const answered = new Promise<void>((resolve) => {
        lines.on("line", function look(line) {
          if (line !== "answered") return;
          lines.off("line", look);
          resolve();
        });
      });
      program.stdin.write(`${sql}\n\\echo answered\n`);
      await answered;
    },
    close: () => program.stdin.end(),
  };
}

/** Goal: 1.5 for each. */
export async function run(): Promise<BenchResult> {
  const bin = findPostgres();
  if (bin === null) throw new Error("PostgreSQL is not on this machine.");
  const server = await startPostgres(bin);
  const folder = mkdtempSync(path.join(tmpdir(), "mc-team-"));
  try {
    const { database } = await server.create();
    const settings = server.settings(database, "eva");
    const team = await labTeam((account: Account) => server.settings(database, account), "eva");
    const store = await team.open("eva");
    const note = { who: "eva", at: Date.now(), action: "saved" as const, changes: [], tested: { state: "untested" as const } };
    let id = "";
    for (let count = 1; count <= STORES; count += 1) ({ id } = take(await store.identityStores.create(documentNamed(`Store ${count}`), note)));

    const lists = await inTurn(
      LISTS,
      async () => {
        const begun = performance.now();
        const fresh = await team.open("eva");
        if (fresh.identityStores.list().length !== STORES) throw new Error("not all stores were listed");
        const listed = performance.now() - begun;
        await team.close(fresh);
        return listed;
      },
      () =>
        timed(async () => {
          const psql = psqlOn(bin, folder, settings);
          await psql.ask(LIST);
          psql.close();
        }),
    );

    const psql = psqlOn(bin, folder, settings);
    const other = documentNamed("Saved by psql");
    const { id: peerId } = take(await store.identityStores.create(other, note));
    let [revision, peerRevision] = [1, 1];
    const save = async () => {
      revision = take(await store.identityStores.save(id, documentNamed(`Store ${STORES}`), revision, note, "kept")).revision;
    };
    const json = JSON.stringify(other).replaceAll("'", "''");
    const peerSave = () => {
      peerRevision += 1;
      return psql.ask(`BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT revision FROM identity_store WHERE id = '${peerId}';
SELECT 1 FROM identity_store WHERE name_key = 'saved by psql' AND id <> '${peerId}';
UPDATE identity_store SET name_key = 'saved by psql', revision = ${peerRevision} WHERE id = '${peerId}';
INSERT INTO revision (store_id, number, at, who, action, changes, tested, checksum, document_checksum, document) VALUES ('${peerId}', ${peerRevision}, 1, 'eva', 'saved', '[]', '{}', 0, 0, '${json}');
COMMIT;`);
    };
    const saves = await inTurn(SAVES, () => timed(save), () => timed(peerSave));
    psql.close();
    await team.remove();
    const rounded = (value: number) => Math.round(value * 100) / 100;
    const [listMs, listPeerMs] = [median(lists.ours), median(lists.peer)];
    const [saveMs, savePeerMs] = [median(saves.ours), median(saves.peer)];
    return {
      name: "team",
      ours_ms: rounded(listMs),
      peer: "psql, the same statements",
      peer_ms: rounded(listPeerMs),
      ratio: rounded(listMs / listPeerMs),
      more: { save_ours_ms: rounded(saveMs), save_peer_ms: rounded(savePeerMs), save_ratio: rounded(saveMs / savePeerMs) },
    };
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}

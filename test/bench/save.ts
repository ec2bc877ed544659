/** Saving a revision of a store with 1,000 servers, against inserting the same bytes into a plain SQLite table. */
import { mkdtempSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../main/store/index.ts";
import type { StoreDocument } from "../../main/store/types.ts";
import { succeed, type Result } from "../../shared/fault.ts";
import { silentLogger } from "../lab/loggers.ts";
import type { BenchResult } from "./main.ts";
import { median } from "./paired-runs.ts";

const RUNS = 101;
const WARM_UP = 60;

function documentWith(servers: number): StoreDocument {
  return {
    name: "Contoso",
    connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.lab" },
    directoryPassword: null,
    messaging: {
      configuration: {
        provider: "exchange",
        variant: "2019",
        values: { domain: "contoso.lab", username: "CONTOSO\\svc-mail" },
        servers: Array.from({ length: servers }, (_, index) => ({
          name: `ex${String(index).padStart(4, "0")}.contoso.lab`,
          version: "2019",
          build: "15.2.1118.7",
          roles: ["mailbox"],
          site: "Default-First-Site-Name",
          ticked: true,
          priority: index + 1,
          vanished: false,
        })),
        syncedAt: 1_700_000_000_000,
        notShown: [], complete: true,
      },
      secrets: {},
      certificates: {},
    },
  };
}

function take<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs are interleaved, so that both meet the same moods of the disk. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "messaging-console-bench-"));
  const clock = { now: () => Date.now(), elapsed: () => performance.now(), after: () => () => {}, random: () => 0 };
  const key = randomBytes(32);
  const keyWrapping = [{ protection: "key-file" as const, wrap: () => Promise.resolve(succeed(key)), unwrap: () => Promise.resolve(succeed(key)) }];
  const store = take(await openStore({ dataDirectory: path.join(folder, "ours"), clock, logger: silentLogger, keyWrapping }));
  const plain = new DatabaseSync(path.join(folder, "plain.db"));
  plain.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; CREATE TABLE document (content TEXT NOT NULL) STRICT");
  const insert = plain.prepare("INSERT INTO document (content) VALUES (?)");

  const document = documentWith(1000);
  const bytes = JSON.stringify(document);
  const note = { who: "ada", at: clock.now(), action: "saved" as const, changes: [], tested: { state: "untested" as const } };
  const { id } = take(await store.identityStores.create(document, note));
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 1 - WARM_UP; round <= RUNS; round += 1) {
    const revision = round + WARM_UP;
    const saved = await timed(async () => take(await store.identityStores.save(id, document, revision, note, "dropped")));
    const inserted = await timed(() => insert.run(bytes));
    if (round < 1) continue;
    ours.push(saved);
    peer.push(inserted);
  }
  await store.close();
  plain.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const [oursMs, peerMs] = [median(ours), median(peer)];
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return { name: "save", ours_ms: rounded(oursMs), peer: "plain SQLite insert of the same bytes, same pragmas", peer_ms: rounded(peerMs), ratio: rounded(oursMs / peerMs) };
}

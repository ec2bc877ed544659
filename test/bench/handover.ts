/**
 * A bundle of a thousand identity stores sealed with a passphrase and opened again, beside the age tool with the same bytes. Ours also makes
 * the bundle's JSON with its digest, and reads and checks both; the thread that seals is the built one. Both derive their key by scrypt with the
 * work factor 2^18, which is nearly all of the time: ours with the platform's scrypt, the tool in Go.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readBundle, writeBundle } from "../../main/handover/bundle.ts";
import { createSealing } from "../../main/handover/sealing.ts";
import type { BundledStore } from "../../shared/model/bundle.ts";
import { missingForAge, runAge } from "../lab/age-tool.ts";
import { take } from "../unit/main/store/support.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";

const STORES = 1_000;
const SERVERS = 3;
const ROUNDS = 5;
const PASSPHRASE = "letter-advice-cage-absurd-amount-doctor-acoustic";

function storeNumbered(number: number): BundledStore {
  const servers = Array.from({ length: SERVERS }, (_none, index) => ({
    name: `ex${index}.branch${number}.contoso.lab`, version: "2016", build: "15.1.2507.6", roles: ["mailbox"], site: "Berlin", ticked: true, priority: index + 1, vanished: false,
  }));
  return {
    id: `7f3c2e10-52f1-4c1e-9d0a-${String(number).padStart(12, "0")}`,
    name: `Branch ${number}`,
    connection: { kind: "active-directory", domain: `branch${number}.contoso.lab`, domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } },
    messaging: { provider: "exchange", variant: "2016", values: { domain: `branch${number}.contoso.lab`, username: "CONTOSO\\svc-mail" }, syncedAt: 1_764_000_000_000, notShown: [], complete: true, servers },
    secrets: { "directory.password": `first ${number}`, "messaging.password": `second ${number}` },
    certificates: {},
  };
}

const content = { application: "0.1.0", createdAt: "2026-11-27T08:00:00.000Z", createdBy: "CONTOSO\\eva", stores: Array.from({ length: STORES }, (_none, index) => storeNumbered(index)) };

interface Taken {
  readonly seal: number;
  readonly open: number;
}

/** Milliseconds of each. */
async function timed(seal: () => Promise<void>, open: () => Promise<void>): Promise<Taken> {
  const start = performance.now();
  await seal();
  const between = performance.now();
  await open();
  return { seal: between - start, open: performance.now() - between };
}

/** Goal: 1.3 for both together. */
export async function run(): Promise<BenchResult> {
  if (missingForAge.length > 0) throw new Error(`Not on this machine: ${missingForAge.join(", ")}; \`npm test integration\` installs it.`);
  const folder = mkdtempSync(path.join(tmpdir(), "bench-handover-"));
  const sealing = createSealing(new URL("../../out/main/age.worker.js", import.meta.url));
  const { signal } = new AbortController();
  writeFileSync(path.join(folder, "plain"), writeBundle(content));
  const tool = async (args: string, typed: readonly string[]) => {
    const { code, shown } = await runAge(folder, args, typed);
    if (code !== 0) throw new Error(shown);
  };
  const ours = () => {
    let sealed: Uint8Array = new Uint8Array();
    const open = async () => {
      const { stores } = take(readBundle(take(await sealing.open(sealed, { passphrase: PASSPHRASE, identity: null }, signal)).bytes));
      if (stores.length !== STORES) throw new Error("not all came back");
    };
    return timed(async () => void (sealed = take(await sealing.seal(writeBundle(content), { passphrase: PASSPHRASE }, signal))), open);
  };
  const peer = () => timed(() => tool("-p -o sealed.age plain", [PASSPHRASE, PASSPHRASE]), () => tool("-d -o opened sealed.age", [PASSPHRASE]));
  try {
    const taken = await inTurn(ROUNDS, ours, peer);
    const of = (each: readonly Taken[], what: (one: Taken) => number) => Math.round(median(each.map(what)));
    const both = ({ seal, open }: Taken) => seal + open;
    const [our, theirs] = [of(taken.ours, both), of(taken.peer, both)];
    const more = { stores: STORES, seal_ms: of(taken.ours, ({ seal }) => seal), open_ms: of(taken.ours, ({ open }) => open), peer_seal_ms: of(taken.peer, ({ seal }) => seal), peer_open_ms: of(taken.peer, ({ open }) => open) };
    return { name: "handover", ours_ms: our, peer: "the age tool with the same JSON", peer_ms: theirs, ratio: Math.round((our / theirs) * 100) / 100, more };
  } finally {
    sealing.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

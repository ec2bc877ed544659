/** Inspecting the containers of the vectors as `certificate --batch` does, against an `openssl pkcs12` process a file. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { inOrder, readCertificate } from "../../main/certificates/index.ts";
import { pfxBytes, pfxRows, type PfxRow } from "../lab/vectors.ts";
import type { BenchResult } from "./main.ts";
import { median } from "./paired-runs.ts";

const ROUNDS = 7;

async function ours(rows: readonly PfxRow[]): Promise<number> {
  const started = performance.now();
  const read = async ({ file, password }: PfxRow) => readCertificate({ bytes: pfxBytes(file), password, now: Date.now(), withKey: false });
  for await (const { inspection } of inOrder(rows, read)) if (!inspection.opens) throw new Error("a file of the vectors does not open");
  return performance.now() - started;
}

function peers(rows: readonly PfxRow[]): number {
  const started = performance.now();
  for (const { file, password } of rows) {
    const input = path.join(import.meta.dirname, "../lab/vectors/pfx", file);
    // The vectors' passwords are no secrets.
    const { status } = spawnSync("openssl", ["pkcs12", "-legacy", "-info", "-nodes", "-in", input, "-passin", `pass:${password ?? ""}`], { stdio: "ignore" });
    if (status !== 0) throw new Error(`openssl does not open ${file}`);
  }
  return performance.now() - started;
}

export async function run(): Promise<BenchResult> {
  const rows = pfxRows().filter(({ opens }) => opens);
  await ours(rows);
  const our: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    our.push(await ours(rows));
    peer.push(peers(rows));
  }
  const ratio = median(our) / median(peer);
  return { name: "pfx", ours_ms: median(our), peer: `openssl pkcs12, a process for each of ${rows.length} files`, peer_ms: median(peer), ratio };
}

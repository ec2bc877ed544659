/** `npm run -s bench NAME`: one JSON line a benchmark, each measured against a named peer in the same run. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { isStale } from "../../build/fingerprint.mjs";

/** What a benchmark answers: medians in milliseconds, and ours divided by the peer's. */
export interface BenchResult {
  readonly name: string;
  readonly ours_ms: number;
  readonly peer: string;
  readonly peer_ms: number;
  readonly ratio: number;
  /** Further figures, by a name that says their unit. */
  readonly more?: Readonly<Record<string, number>>;
}

interface Bench {
  run(): Promise<BenchResult>;
}

function isBench(loaded: unknown): loaded is Bench {
  return typeof loaded === "object" && loaded !== null && "run" in loaded && typeof loaded.run === "function";
}

const known = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z]+\.ts$/.test(file) && file !== "main.ts")
  .map((file) => path.basename(file, ".ts"));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(", ")}. Benchmarks: ${known.join(", ")}\n`);
  process.exit(2);
}
// Some of them start what was built; a figure of an earlier build would pass for this one's.
const root = path.resolve(import.meta.dirname, "../..");
if (isStale(root)) {
  const built = spawnSync(process.execPath, [path.join(root, "build/build.ts")], { cwd: root, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) process.exit(1);
}
for (const name of names.length > 0 ? names : known) {
  const bench: unknown = await import(`./${name}.ts`);
  if (!isBench(bench)) throw new Error(`test/bench/${name}.ts exports no run()`);
  const { more, ...result } = await bench.run();
  process.stdout.write(`${JSON.stringify({ ...result, ...more })}\n`);
}
process.exit(0);

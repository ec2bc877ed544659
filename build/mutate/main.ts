/**
 * `npm run mutate -- ROOM [WORDS]`: puts each fault of a room's list into a copy of the product, one at a time, and asks the
 * tests that may notice. WORDS chooses the faults whose promise or file holds them. Without a ROOM all rooms are gone through.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { isStale } from "../fingerprint.mjs";
import { firstFailure } from "./ask-tests.ts";
import type { Edit, EditedRoom } from "./edit.ts";
import { rooms } from "./rooms.ts";
import { isEnough, scores, table, type Verdict } from "./score.ts";
import { createScratch, type Scratch } from "./scratch.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Lists of tests that pass without any fault. What fails on its own notices nothing. */
const sound = new Set<string>();

async function demandSound(scratch: Scratch, tests: readonly string[]): Promise<void> {
  const key = tests.join(" ");
  if (sound.has(key)) return;
  const failure = await firstFailure(scratch.folder, tests);
  if (failure !== null) throw new Error(`Without any fault this fails already: ${failure}`);
  sound.add(key);
}

async function tryEdit(scratch: Scratch, room: string, { tests: ofRoom }: EditedRoom, edit: Edit): Promise<Verdict> {
  const tests = edit.tests ?? ofRoom;
  await demandSound(scratch, tests);
  const started = Date.now();
  const asked = await scratch.with(edit, async () => ({ by: await firstFailure(scratch.folder, tests) }));
  const outcome = asked === null ? "stale" : asked.by === null ? "unnoticed" : "noticed";
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`${outcome} (${edit.kind}, ${seconds} s) ${edit.file}: ${edit.promise}${asked?.by == null ? "" : `\n    by ${asked.by}`}\n`);
  return { room, edit, outcome };
}

const [chosen, ...words] = process.argv.slice(2);
const names = chosen === undefined ? Object.keys(rooms) : [chosen];
const unknown = names.filter((name) => rooms[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`There is no room ${unknown.join(", ")}. Rooms: ${Object.keys(rooms).join(", ")}\n`);
  process.exit(2);
}

// Some tests drive what was built.
if (isStale(root)) spawnSync(process.execPath, [path.join(root, "build/build.ts")], { cwd: root, stdio: "inherit" });
const wanted = words.join(" ");
const scratch = createScratch(root);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.on("exit", () => scratch.remove());
const started = Date.now();
const verdicts: Verdict[] = [];
for (const name of names) {
  const room = rooms[name];
  for (const edit of room?.edits ?? []) {
    if (room !== undefined && `${edit.promise} ${edit.file}`.includes(wanted)) verdicts.push(await tryEdit(scratch, name, room, edit));
  }
}
const all = scores(verdicts);
process.stdout.write(`\n${table(all)}\n${verdicts.length} faults in ${Math.round((Date.now() - started) / 60_000)} minutes\n`);
process.exitCode = all.every(isEnough) && verdicts.every(({ outcome }) => outcome !== "stale") ? 0 : 1;

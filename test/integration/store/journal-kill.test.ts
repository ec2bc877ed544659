/** A process that is killed at any write of the journal, or of a run of a job, leaves what it acknowledged, and says of what it was at that nobody saw the end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { JobRuns, Journal } from "../../../main/store/types.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { writeJobRun } from "../../lab/job-runs.ts";
import { writeRun } from "../../lab/journal-runs.ts";
import { open, take, temporaryFolder } from "../../unit/main/store/support.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const underWay = fail({ kind: "unsupported", why: "run-under-way" });

/** Starts to write, and kills after so many writes, or a moment later: within the next one. Answers the run. */
async function killedAfter(what: "journal" | "job", writes: number, laterMs: number): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "journal-child.ts"), folder, what], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_COMPILE_CACHE: `${folder} compiled` } });
  const closed = once(child, "close");
  let count = 0;
  let run = "";
  for await (const line of createInterface({ input: child.stdout })) {
    run = line;
    count += 1;
    if (count < writes) continue;
    if (laterMs > 0) await sleep(laterMs);
    child.kill("SIGKILL");
    break;
  }
  await closed;
  return run;
}

/** As after half a minute without a word of the holder. */
function letLapse(run: string, table: "mail_run" | "job_run" = "mail_run"): void {
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"));
  database.prepare(`UPDATE ${table} SET held_until = 1 WHERE id = ?`).run(run);
  database.close();
}

/** What a run says of its objects, without the ids. */
async function toldOf(journal: Journal, run: string): Promise<string> {
  return JSON.stringify((await journal.run(run)).map(({ id: _id, run: _run, ...entry }) => entry));
}

test("killed at every write, a run has all that was acknowledged, in an order that it can have, and can be taken up", async () => {
  const store = await open({ folder });
  const { journal } = store;
  // What a whole run says after each of its writes, once nobody is at it.
  const told: string[] = [];
  for await (const run of writeRun(journal)) {
    letLapse(run);
    told.push(await toldOf(journal, run));
    take(await journal.hold(run).then((held) => (held.ok ? held : journal.take(run))));
  }
  expect(told).toHaveLength(11);
  let caught = 0;
  for (let writes = 1; writes <= told.length; writes += 1) {
    for (const laterMs of [0, Math.random() * 3]) {
      const run = await killedAfter("journal", writes, laterMs);
      const taken = await journal.take(run);
      expect([underWay, succeed(null)]).toContainEqual(taken);
      caught += taken.ok ? 0 : 1;
      letLapse(run);
      expect(told.slice(writes - 1)).toContain(await toldOf(journal, run));
      take(await journal.take(run));
      const [, second] = await journal.run(run);
      take(await journal.change(second?.id ?? "", { state: "cancelled" }));
    }
  }
  // Otherwise the kills came after the last write, and this would show nothing.
  expect(caught).toBeGreaterThan(told.length);
  await store.close();
  const again = await open({ folder });
  expect(again.notice).toBeNull();
  await again.close();
}, 180_000);

/** What a run of a job says of itself and its rows, without the ids. */
async function toldOfJob(runs: JobRuns, run: string): Promise<string> {
  return JSON.stringify([await runs.get(run), await runs.allRows(run)]).replaceAll(run, "RUN");
}

test("killed at every write, a run of a job has all that was acknowledged, and can be taken up", async () => {
  const store = await open({ folder });
  const { jobRuns } = store;
  const told: string[] = [];
  for await (const run of writeJobRun(jobRuns)) {
    letLapse(run, "job_run");
    told.push(await toldOfJob(jobRuns, run));
  }
  expect(told).toHaveLength(6);
  let caught = 0;
  for (let writes = 1; writes <= told.length; writes += 1) {
    for (const laterMs of [0, Math.random() * 3]) {
      const run = await killedAfter("job", writes, laterMs);
      letLapse(run, "job_run");
      expect(told.slice(writes - 1)).toContain(await toldOfJob(jobRuns, run));
      caught += (await jobRuns.get(run))?.state === "interrupted" ? 1 : 0;
      take(await jobRuns.take(run));
      take(await jobRuns.changeRow(run, 5, { state: "done" }));
      expect(await jobRuns.get(run)).toMatchObject({ state: "running" });
    }
  }
  // Otherwise the kills came after the last write, and this would show nothing.
  expect(caught).toBeGreaterThan(told.length);
  await store.close();
}, 180_000);

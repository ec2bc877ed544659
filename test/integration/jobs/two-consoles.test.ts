/** Two consoles follow one schedule, and are killed at random moments: each of a thousand due times is run once. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { randomFrom } from "../../lab/two-windows.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { JOB, MINUTE, START } from "./due-job.ts";

const place = temporaryFolder();
const { folder } = place;
const { ask, isTeam } = engineUnderTest();
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  place.remove();
});

const DUE_TIMES = 1_000;
const LAST = START + DUE_TIMES * MINUTE;
/** From when it watches on, in milliseconds: short, so that there are many. */
const LONGEST_LIFE_MS = 500;

interface Console {
  readonly child: ChildProcess;
  /** Once it watches. */
  readonly watching: Promise<unknown>;
}

function startConsole(): Console {
  const env = { ...process.env, NODE_COMPILE_CACHE: `${folder} compiled` };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "due-child.ts"), folder, String(LAST)], { stdio: ["ignore", "pipe", "inherit"], env });
  children.add(child);
  return { child, watching: Promise.race([once(child.stdout, "data"), once(child, "close")]) };
}

async function killConsole({ child }: Console): Promise<void> {
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
  children.delete(child);
}

/** A team's database lets nobody but its superuser write past the store. */
const change = (sql: string) => ask(folder, `${isTeam ? "SET session_replication_role = replica; " : ""}${sql}`);
const NOW = isTeam ? "now_ms()" : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
const numberIn = async (sql: string) => Number((await ask(folder, sql))[0]?.["number"]);
const begun = () => numberIn("SELECT count(*) AS number FROM job_run");

test("each of a thousand due times has one run, with kills between claim, run and end", async () => {
  const store = await open({ folder });
  take(await store.identityStores.create({ ...documentNamed("Contoso"), jobs: [JOB] }, noteBy(store.team?.state().login ?? "ada")));
  await store.close();
  const random = randomFrom(20261125);
  const consoles = [startConsole(), startConsole()];
  let left = 0;
  while ((await begun()) < DUE_TIMES) {
    const index = random() < 0.5 ? 0 : 1;
    const victim = consoles[index];
    if (victim === undefined) throw new Error("there are two");
    await victim.watching;
    await wait(random() * LONGEST_LIFE_MS);
    await killConsole(victim);
    left += await numberIn("SELECT count(*) AS number FROM job_due WHERE claimed_by IS NOT NULL");
    // As after two minutes, and half a minute, without a word. The other console's claim lapses with it, which makes nothing happen twice either.
    await change(`UPDATE job_due SET claimed_until = ${NOW} - 1000 WHERE claimed_by IS NOT NULL`);
    await change("UPDATE job_run SET held_until = 1 WHERE state = 'running'");
    consoles[index] = startConsole();
  }
  await Promise.all(consoles.map(killConsole));
  const runs = await ask(folder, "SELECT due, count(*) AS times FROM job_run GROUP BY due ORDER BY due");
  expect(runs.map(({ due, times }) => [Number(due), Number(times)])).toEqual(Array.from({ length: DUE_TIMES }, (_, index) => [START + (index + 1) * MINUTE, 1]));
  // Otherwise no kill came between a claim and its run, or within a run, and this would show little.
  expect(left).toBeGreaterThan(0);
  expect(await numberIn("SELECT count(*) AS number FROM job_run WHERE state = 'running'")).toBeGreaterThan(0);
}, 180_000);

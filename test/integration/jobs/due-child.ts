/**
 * A console of its own, in a process that is killed at any moment, which watches the schedules of the data folder in its first argument. Its runs
 * have no rows, and the next due time comes as soon as the one before is handled, up to the moment in its second argument.
 * Says when it has begun to watch.
 */
import { setTimeout as wait } from "node:timers/promises";
import { watchSchedules } from "../../../main/services/jobs/watch.ts";
import { openStore, openTeamStore } from "../../../main/store/index.ts";
import type { JobDue } from "../../../main/store/types.ts";
import { keyWrappingWith, platformKey } from "../../lab/key-wrapping.ts";
import { jobRunOf } from "../../lab/job-runs.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";
import { JOB, MINUTE, START } from "./due-job.ts";

/** What takes a minute takes this long here. */
const MINUTE_HERE = 4;
/** Room for a kill before a run is begun, and within it. */
const MOST_MS = 16;

const [, , dataDirectory = "", last = ""] = process.argv;
const file = take(await openStore({ dataDirectory, keyWrapping: keyWrappingWith(platformKey), clock: systemClock, logger: silentLogger }));
const isOfTeam = take(file.home.read())?.inUse === true;
const { identityStores, jobRuns, team, faultOf } = isOfTeam ? take(await openTeamStore({ home: file.home, clock: systemClock, logger: silentLogger })) : file;

let now = START;
const due: JobDue = {
  ...jobRuns.due,
  of: async () => {
    const known = await jobRuns.due.of();
    now = (known.get(JOB.id)?.since ?? START - MINUTE) + MINUTE;
    return known;
  },
};
const room = () => wait(Math.random() * MOST_MS);

watchSchedules({
  clock: { ...systemClock, now: () => now, after: (ms, callback) => systemClock.after((ms / MINUTE) * MINUTE_HERE, callback) },
  logger: silentLogger,
  due,
  isOfStorage: (error) => faultOf(error) !== null,
  jobs: () => (now > Number(last) ? [] : identityStores.list().flatMap((stored) => (stored.document.jobs ?? []).map((job) => ({ stored, job })))),
  mayRun: () => true,
  run: async ({ job }, moment) => {
    await room();
    const begun = await jobRuns.begin(jobRunOf({ job: job.id, begunBy: "schedule", due: moment, by: team?.state().login ?? "ada" }), []);
    if (!begun.ok) return false;
    await room();
    return (await jobRuns.end(begun.value.run, { state: "done", fault: null, endedAt: moment })).ok;
  },
});
process.stdout.write("watching\n");
// Timers of the product keep no process alive.
setInterval(() => undefined, MINUTE);

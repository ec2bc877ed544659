/** Due times of jobs as they are stored: each is handled once, by whichever console has claimed it, and taken over from one that died. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewJobRun, Store } from "../../../../main/store/types.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { engineUnderTest, whoSaves } from "../../../lab/engine-under-test.ts";
import { jobRunOf } from "../../../lab/job-runs.ts";
import { open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
const { ask, isTeam } = engineUnderTest();
const underWay = fail({ kind: "unsupported", why: "run-under-way" });
const [JOB, EVERY] = ["job-1", "* * * * * UTC"];
const NONE = { claimed: null };
let ada: Store;
let bob: Store;
beforeEach(async () => {
  [ada, bob] = [await open({ folder }), await open({ folder })];
  take(await ada.jobRuns.due.follow(JOB, { schedule: EVERY, revision: 1 }, 100));
});
afterEach(async () => {
  await ada.close();
  await bob.close();
  place.remove();
});

/** A team's database lets nobody but its superuser write past the store. */
const change = (sql: string) => ask(folder, `${isTeam ? "SET session_replication_role = replica; " : ""}${sql}`);
const NOW = isTeam ? "now_ms()" : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
const letClaimLapse = (agoMs: number) => change(`UPDATE job_due SET claimed_until = ${NOW} - ${agoMs}`);
const runFor = (due: number, more: Partial<NewJobRun> = {}) => jobRunOf({ job: JOB, begunBy: "schedule", due, by: whoSaves("ada"), ...more });
const stateOf = async (store: Store) => (await store.jobRuns.due.of()).get(JOB);
const finish = async (store: Store, run: string) => take(await store.jobRuns.end(run, { state: "done", fault: null, endedAt: 1 }));

test("a due time is claimed by one console, run by that alone, and then handled for all", async () => {
  expect(await ada.jobRuns.due.claim(JOB, 200, NONE)).toEqual(succeed(true));
  expect(await bob.jobRuns.due.claim(JOB, 200, NONE)).toEqual(succeed(false));
  expect(await bob.jobRuns.due.claim(JOB, 300, { claimed: 200 })).toEqual(succeed(false));
  expect(await stateOf(bob)).toEqual({ since: 100, schedule: EVERY, revision: 1, claim: "held", claimed: 200 });
  for (const keep of ["halted", "failed"] as const) expect(await bob.jobRuns[keep](runFor(200))).toEqual(underWay);
  expect(await bob.jobRuns.begin(runFor(200), [])).toEqual(underWay);
  expect(await ada.jobRuns.begin(runFor(300), [])).toEqual(underWay);
  const { run } = take(await ada.jobRuns.begin(runFor(200), []));
  expect(await bob.jobRuns.get(run)).toMatchObject({ due: 200, begunBy: "schedule" });
  expect(await stateOf(bob)).toMatchObject({ since: 200, claim: "none", claimed: null });
  await finish(ada, run);
  for (const due of [150, 200]) expect(await bob.jobRuns.due.claim(JOB, due, NONE)).toEqual(succeed(false));
  expect(await ada.jobRuns.begin(runFor(200), [])).toEqual(underWay);
});

test("of several that claim at once one has it", async () => {
  const claims = await Promise.all([ada, bob, ada, bob].map((store, index) => store.jobRuns.due.claim(`job-${index % 2}`, 200, NONE)));
  // The other job is not followed.
  expect(claims.filter((claim) => take(claim))).toHaveLength(1);
});

test("what a console had claimed that died is run by another one, a slow one keeps what it renews, and what is long past is missed", async () => {
  take(await ada.jobRuns.due.claim(JOB, 200, NONE));
  await letClaimLapse(1);
  expect(await stateOf(bob)).toMatchObject({ claim: "left", claimed: 200 });
  // Whoever read before it was claimed would leave it out.
  expect(await bob.jobRuns.due.claim(JOB, 300, NONE)).toEqual(succeed(false));
  expect(await bob.jobRuns.due.claim(JOB, 200, { claimed: 200 })).toEqual(succeed(true));
  expect(await ada.jobRuns.begin(runFor(200), [])).toEqual(underWay);
  await finish(bob, take(await bob.jobRuns.begin(runFor(200), [])).run);
  take(await ada.jobRuns.due.claim(JOB, 300, NONE));
  await letClaimLapse(1);
  take(await ada.jobRuns.due.renew());
  expect(await stateOf(bob)).toMatchObject({ claim: "held" });
  await letClaimLapse(11 * 60_000);
  expect(await stateOf(bob)).toMatchObject({ since: 200, claim: "none", claimed: 300 });
});

test("while somebody is at a run of the job none is begun by its schedule", async () => {
  take(await bob.jobRuns.due.claim(JOB, 200, NONE));
  const { run } = take(await ada.jobRuns.begin(jobRunOf({ job: JOB, by: whoSaves("ada") }), []));
  expect(await bob.jobRuns.begin(runFor(200), [])).toEqual(underWay);
  take(await bob.jobRuns.due.release(JOB));
  expect(await bob.jobRuns.due.claim(JOB, 200, NONE)).toEqual(succeed(false));
  expect(await stateOf(ada)).toMatchObject({ since: 100, claim: "none", claimed: null });
  await finish(ada, run);
  expect(await bob.jobRuns.due.claim(JOB, 200, NONE)).toEqual(succeed(true));
});

test("another schedule begins when it is saved, and an older revision changes nothing", async () => {
  take(await ada.jobRuns.due.claim(JOB, 200, NONE));
  take(await bob.jobRuns.due.follow(JOB, { schedule: EVERY, revision: 5 }, 900));
  expect(await stateOf(ada)).toMatchObject({ since: 100, revision: 1, claim: "held" });
  take(await bob.jobRuns.due.follow(JOB, { schedule: "", revision: 6 }, 1_000));
  expect(await stateOf(ada)).toEqual({ since: 1_000, schedule: "", revision: 6, claim: "none", claimed: null });
  expect(await ada.jobRuns.begin(runFor(200), [])).toEqual(underWay);
  take(await ada.jobRuns.due.follow(JOB, { schedule: EVERY, revision: 6 }, 2_000));
  expect(await stateOf(ada)).toMatchObject({ since: 1_000, schedule: "" });
});

test("what somebody decided about is handled, but for what a console is about to begin", async () => {
  take(await bob.jobRuns.due.settle(JOB, 500));
  expect(await stateOf(ada)).toMatchObject({ since: 500 });
  take(await bob.jobRuns.due.settle(JOB, 400));
  take(await ada.jobRuns.due.claim(JOB, 600, NONE));
  take(await bob.jobRuns.due.settle(JOB, 700));
  expect(await stateOf(ada)).toMatchObject({ since: 500, claim: "held", claimed: 600 });
});

test("a run that came to no plan is kept with its fault, and there is nothing to go on with", async () => {
  take(await ada.jobRuns.due.claim(JOB, 200, NONE));
  const { run } = take(await ada.jobRuns.failed(runFor(200, { rows: 0, fault: { kind: "unreachable", rung: "tcp", reason: "refused" } })));
  expect(await bob.jobRuns.get(run)).toMatchObject({ state: "failed", due: 200, fault: { kind: "unreachable" }, outcomes: {} });
  expect(await bob.jobRuns.take(run)).toEqual(fail({ kind: "not-found", what: "job-run" }));
  expect(await stateOf(bob)).toMatchObject({ since: 200 });
});

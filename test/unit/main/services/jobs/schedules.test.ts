/** A console runs jobs by their schedules from when it attends: what cannot be planned is told, and what was missed is asked about. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JobSettings } from "../../../../../shared/model/job.ts";
import { blankJob } from "../../../../../shared/rules/job.ts";
import { connection, layBed, quietly, type Bed } from "../support.ts";
import { fakeClock, type FakeClock } from "../../monitor/support.ts";
import { take } from "../../store/support.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-11-25T03:00:00Z");
let bed: Bed;
let clock: FakeClock;
let storeId: string;
beforeEach(async () => {
  clock = fakeClock();
  clock.jump(START);
  bed = await layBed({ clock });
  storeId = take(await bed.services.stores.create("Contoso HQ", connection, "Pa55word!")).id;
});
afterEach(() => bed.dispose());

const settings = (more: Partial<JobSettings> = {}): JobSettings => ({ ...blankJob("mailbox"), name: "Starters", schedule: { pattern: "*/10 * * * *", timeZone: "UTC", missed: "ask" }, ...more });
const summary = async () => take(await bed.services.jobs.list())[0];
const runs = async () => take(await bed.services.jobRuns.page({ job: null, before: null, most: 10 })).runs;
const kinds = async () => (await bed.store.activity.page({ before: null, most: 20, store: null, words: [] })).events.map(({ kind, subject }) => [kind, subject]);

it("a run that cannot be planned is in the history with its fault, in the activity, and is not gone on with", async () => {
  take(await bed.services.jobs.create(storeId, settings()));
  bed.services.attend();
  await clock.advance(10 * MINUTE);
  const [run, ...others] = await runs();
  expect(others).toEqual([]);
  expect(run).toMatchObject({ state: "failed", begunBy: "schedule", due: START + 10 * MINUTE, jobName: "Starters", rows: 0, fault: { kind: "invalid" } });
  expect(await kinds()).toContainEqual(["job-failed", "Starters"]);
  expect(await bed.services.jobRuns.resume(run?.id ?? "", null, quietly())).toEqual({ ok: false, fault: { kind: "not-found", what: "job-run" } });
  await clock.advance(10 * MINUTE);
  expect((await runs()).map(({ due }) => due)).toEqual([START + 20 * MINUTE, START + 10 * MINUTE]);
});

it("a missed run is asked about until somebody has decided, and none is begun by that", async () => {
  const { job } = take(await bed.services.jobs.create(storeId, settings()));
  clock.jump(25 * MINUTE);
  bed.services.attend();
  await clock.advance(0);
  expect(await summary()).toMatchObject({ missed: START + 20 * MINUTE, nextRun: START + 30 * MINUTE });
  take(await bed.services.jobs.settle(storeId, job.id, false));
  expect(await summary()).toMatchObject({ missed: null });
  expect([await runs(), (await kinds())[0]]).toEqual([[], ["job-left-out", "Starters"]]);
  expect(await bed.services.jobs.settle(storeId, "another", true)).toEqual({ ok: false, fault: { kind: "not-found", what: "job" } });
});

it("nothing is made up for of when a job was disabled, was not there, or had another schedule", async () => {
  const once = { pattern: "*/10 * * * *", timeZone: "UTC", missed: "once" } as const;
  const { job } = take(await bed.services.jobs.create(storeId, settings({ schedule: once })));
  const { id, ...enabled } = job;
  const disabled = { ...enabled, enabled: false };
  take(await bed.services.jobs.save(storeId, id, disabled, enabled));
  clock.jump(25 * MINUTE);
  take(await bed.services.jobs.save(storeId, id, enabled, disabled));
  bed.services.attend();
  await clock.advance(MINUTE);
  expect(await runs()).toEqual([]);
  await clock.advance(5 * MINUTE);
  expect((await runs()).map(({ due }) => due)).toEqual([START + 30 * MINUTE]);
  take(await bed.services.jobs.remove(storeId, id));
  expect((await bed.store.jobRuns.due.of()).get(id)).toMatchObject({ schedule: "", claim: "none" });
});

it("a schedule needs generated passwords where users are made, for nobody is there to type one", async () => {
  const codes = async (more: Partial<JobSettings>) => take(await bed.services.jobs.check(storeId, null, settings({ missing: "create", ...more }))).map(({ code }) => code);
  expect(await codes({})).toContain("schedule-needs-generated");
  for (const more of [{ missing: "skip" }, { schedule: null }, { type: "mail-contact" }] as const) expect(await codes(more)).not.toContain("schedule-needs-generated");
});

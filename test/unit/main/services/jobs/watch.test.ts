/** Schedules by a clock that is wound by hand, over a real file: what comes due, what was missed, and what goes on for too long. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { missedRun } from "../../../../../main/services/jobs/due-times.ts";
import { watchSchedules } from "../../../../../main/services/jobs/watch.ts";
import type { FileStore } from "../../../../../main/store/index.ts";
import { engineUnderTest } from "../../../../lab/engine-under-test.ts";
import { jobRunOf } from "../../../../lab/job-runs.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import type { Job } from "../../../../../shared/model/job.ts";
import type { Schedule } from "../../../../../shared/model/schedule.ts";
import { blankJob } from "../../../../../shared/rules/job.ts";
import { fakeClock, type FakeClock } from "../../monitor/support.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "../../store/support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const place = temporaryFolder();
const { folder } = place;
const { ask } = engineUnderTest();
const moment = (text: string) => Date.parse(text);
const told = (due: number) => new Date(due).toISOString().slice(0, 16);
let store: FileStore;
let clock: FakeClock;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  store = await open({ folder });
  clock = fakeClock();
});
afterEach(async () => {
  await stopAll();
  await store.close();
  place.remove();
});

const stopAll = async () => {
  for (const stop of stops.splice(0)) await stop();
};

const jobOf = (schedule: Partial<Schedule>, more: Partial<Job> = {}): Job => ({ ...blankJob("mailbox"), id: "job-1", name: "Starters", schedule: { pattern: "*/10 * * * *", timeZone: "Europe/Zurich", missed: "skip", ...schedule }, ...more });

async function saveJobs(from: string, ...jobs: readonly Job[]): Promise<void> {
  clock.jump(moment(from) - clock.now());
  take(await store.identityStores.create({ ...documentNamed("Contoso"), jobs }, noteBy("ada")));
}

interface Console {
  readonly begun: { readonly job: string; readonly due: number; readonly at: number }[];
  /** Runs end once it is called; without `isLong` they end by themselves. */
  readonly end: () => void;
  stop(): Promise<void>;
}

/** Begins to watch as a console does. `mayKeep`: whether a run can be kept. */
function watch({ over = store, isLong = false, mayRun = true, keeps = () => true }: { over?: FileStore; isLong?: boolean; mayRun?: boolean; keeps?: () => boolean } = {}): Console {
  const begun: Console["begun"] = [];
  const waiting = new Set<() => void>();
  const stop = watchSchedules({
    clock,
    logger: silentLogger,
    due: over.jobRuns.due,
    isOfStorage: () => false,
    jobs: () => over.identityStores.list().flatMap((stored) => (stored.document.jobs ?? []).map((job) => ({ stored, job }))),
    mayRun: () => mayRun,
    run: async ({ job }, due, signal) => {
      begun.push({ job: job.id, due, at: clock.now() });
      if (!keeps()) return false;
      const kept = await over.jobRuns.begin(jobRunOf({ job: job.id, begunBy: "schedule", due }), []);
      if (!kept.ok) return false;
      if (isLong) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          signal.addEventListener("abort", () => resolve());
        });
      }
      return (await over.jobRuns.end(kept.value.run, { state: "done", fault: null, endedAt: clock.now() })).ok;
    },
  });
  stops.push(stop);
  return { begun, stop, end: () => waiting.forEach((resolve) => resolve()) };
}

const dueOf = ({ begun }: Console) => begun.map(({ due }) => told(due));
const stateOf = async () => (await store.jobRuns.due.of()).get("job-1") ?? null;

describe("what comes due", () => {
  it("is begun at its moment, once", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}));
    const console = watch();
    await clock.advance(31 * MINUTE);
    expect(console.begun.map(({ due, at }) => [told(due), at - due])).toEqual([["2026-11-25T03:10", 0], ["2026-11-25T03:20", 0], ["2026-11-25T03:30", 0]]);
  });

  it("goes by the clocks of its zone over their changes", async () => {
    await saveJobs("2026-03-28T20:00:00Z", jobOf({ pattern: "30 2 * * *" }));
    const spring = watch();
    await clock.advance(12 * HOUR);
    expect(dueOf(spring)).toEqual(["2026-03-29T01:00"]);
    await stopAll();
    clock.jump(moment("2026-10-24T22:00:00Z") - clock.now());
    const autumn = watch();
    await clock.advance(6 * HOUR);
    expect(dueOf(autumn)).toEqual(["2026-10-25T00:30"]);
  }, 120_000);

  it("of several jobs is run one after the other, and is not missed meanwhile", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}), jobOf({ pattern: "12 * * * *" }, { id: "job-2", name: "Licences" }));
    const console = watch({ isLong: true });
    await clock.advance(29 * MINUTE);
    expect(console.begun.map(({ job }) => job)).toEqual(["job-1"]);
    console.end();
    await clock.advance(MINUTE / 2);
    expect(console.begun.map(({ job, due }) => [job, told(due)])).toEqual([["job-1", "2026-11-25T03:10"], ["job-2", "2026-11-25T03:12"]]);
  });

  it("is left where the job is disabled, has no schedule, or nothing is asked for from this computer", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}, { enabled: false }), { ...jobOf({}), id: "job-2", name: "By hand", schedule: null });
    const console = watch();
    await clock.advance(30 * MINUTE);
    expect([console.begun, await stateOf()]).toEqual([[], null]);
    await stopAll();
    const [stored] = store.identityStores.list();
    take(await store.identityStores.save(stored?.id ?? "", { ...documentNamed("Contoso"), jobs: [jobOf({})] }, 1, noteBy("ada"), "kept"));
    const offline = watch({ mayRun: false });
    await clock.advance(30 * MINUTE);
    expect(offline.begun).toEqual([]);
  });
});

describe("what was missed", () => {
  it.each([["skip", [], "2026-11-25T05:17"], ["once", ["2026-11-25T05:00"], "2026-11-25T05:00"], ["ask", [], "2026-11-25T03:00"]] as const)("while no console was there, or the computer slept: %s", async (missed, made, handled) => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({ pattern: "0,30 * * * *", missed }));
    const first = watch();
    await clock.advance(MINUTE);
    await stopAll();
    clock.jump(moment("2026-11-25T05:17:00Z") - clock.now());
    const second = watch();
    await clock.advance(0);
    expect([dueOf(first), dueOf(second)]).toEqual([[], made]);
    expect(told((await stateOf())?.since ?? 0)).toBe(handled);
    const asked = missedRun(jobOf({ pattern: "0,30 * * * *", missed }), await stateOf(), clock.now());
    expect(asked === null ? null : told(asked)).toBe(missed === "ask" ? "2026-11-25T05:00" : null);
    // Sleep: the next look comes late.
    clock.jump(HOUR);
    await clock.advance(MINUTE);
    expect(dueOf(second)).toEqual(missed === "once" ? ["2026-11-25T05:00", "2026-11-25T06:00"] : []);
    take(await store.jobRuns.due.settle("job-1", clock.now()));
    expect(missedRun(jobOf({ pattern: "0,30 * * * *", missed }), await stateOf(), clock.now())).toBeNull();
    await clock.advance(15 * MINUTE);
    expect(dueOf(second).at(-1)).toBe("2026-11-25T06:30");
  });

  it("is not made up for where the schedule was another one then", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({ pattern: "0 4 * * *", missed: "once" }));
    watch();
    await clock.advance(MINUTE);
    await stopAll();
    clock.jump(30 * HOUR);
    const [stored] = store.identityStores.list();
    take(await store.identityStores.save(stored?.id ?? "", { ...documentNamed("Contoso"), jobs: [jobOf({ pattern: "0 5 * * *", missed: "once" })] }, 1, noteBy("ada"), "kept"));
    const console = watch();
    await clock.advance(MINUTE);
    expect(console.begun).toEqual([]);
  });

  it("by a console that died before it began is run by another one, before what came since", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}));
    watch();
    await clock.advance(MINUTE);
    await stopAll();
    const other = await open({ folder });
    take(await other.jobRuns.due.claim("job-1", moment("2026-11-25T03:10Z"), { claimed: null }));
    clock.jump(moment("2026-11-25T03:21:00Z") - clock.now());
    const console = watch();
    await clock.advance(0);
    expect(console.begun).toEqual([]);
    await ask(folder, "UPDATE job_due SET claimed_until = CAST(unixepoch('subsec') * 1000 AS INTEGER) - 1000");
    await clock.advance(MINUTE);
    expect(dueOf(console)).toEqual(["2026-11-25T03:10", "2026-11-25T03:20"]);
    await other.close();
  });
});

describe("a run", () => {
  it("that goes on for longer has no other one of its job beside it, from another console either", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({ pattern: "* * * * *" }));
    const first = watch({ isLong: true });
    await clock.advance(MINUTE);
    const other = await open({ folder });
    const second = watch({ over: other });
    await clock.advance(5 * MINUTE);
    expect([dueOf(first), dueOf(second)]).toEqual([["2026-11-25T03:01"], []]);
    first.end();
    await clock.advance(0);
    // One for what came due meanwhile.
    expect([...dueOf(first), ...dueOf(second)]).toEqual(["2026-11-25T03:01", "2026-11-25T03:06"]);
    await stopAll();
    await other.close();
  });

  it("that could not be kept is tried again at the next look, and not without a pause", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}));
    let mayKeep = false;
    const console = watch({ keeps: () => mayKeep });
    await clock.advance(10 * MINUTE);
    expect(dueOf(console)).toEqual(["2026-11-25T03:10"]);
    mayKeep = true;
    await clock.advance(MINUTE);
    expect(dueOf(console)).toEqual(["2026-11-25T03:10", "2026-11-25T03:10"]);
    await clock.advance(5 * MINUTE);
    expect(console.begun).toHaveLength(2);
  });

  it("ends with the console, which leaves what it has not begun to others, and sets no timer any more", async () => {
    await saveJobs("2026-11-25T03:00:00Z", jobOf({}), jobOf({}, { id: "job-2", name: "Licences" }));
    const console = watch({ isLong: true });
    await clock.advance(10 * MINUTE);
    expect(console.begun).toHaveLength(1);
    await stopAll();
    expect(clock.waiting()).toBe(0);
    const states = [...(await store.jobRuns.due.of()).values()];
    expect(states.map(({ since, claim }) => [told(since), claim])).toEqual([["2026-11-25T03:10", "none"], ["2026-11-25T03:00", "none"]]);
    const next = watch();
    await clock.advance(MINUTE);
    expect(next.begun.map(({ job, due }) => [job, told(due)])).toEqual([["job-2", "2026-11-25T03:10"]]);
  });
});

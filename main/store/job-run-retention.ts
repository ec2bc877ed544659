/** Which runs of jobs go, and when: finished ones alone, the oldest first, and only where there are more than anybody looks through. */
import { succeed } from "../../shared/fault.ts";
import type { JobRunState } from "../../shared/model/job-run.ts";
import type { Logger } from "../ports.ts";
import { numberOf, textOf, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { trimLeavers } from "./leavers.ts";
import { all, run, type Steps } from "./steps.ts";

/** Finished runs beyond these go. */
const RUNS_AT_MOST = 1_000;
/** Rows beyond these go, whole runs at a time. */
const ROWS_AT_MOST = 100_000;
const FINISHED: ReadonlySet<string> = new Set<JobRunState>(["halted", "done", "with-failures", "failed", "cancelled"]);
/** What the next source of a job is compared with. */
export const APPLIED: readonly JobRunState[] = ["done", "with-failures"];
const IS_APPLIED: ReadonlySet<string> = new Set(APPLIED);

/** The runs that go, of all in their order. */
function outdated(runs: readonly Row[]): readonly string[] {
  const lastApplied = new Map(runs.filter((row) => IS_APPLIED.has(textOf(row, "state"))).map((row) => [textOf(row, "job"), textOf(row, "id")]));
  const finished = runs.filter((row) => FINISHED.has(textOf(row, "state")));
  let count = finished.length;
  let rows = runs.reduce((sum, row) => sum + numberOf(row, "row_count"), 0);
  const gone: string[] = [];
  for (const row of finished) {
    if (count <= RUNS_AT_MOST && rows <= ROWS_AT_MOST) break;
    const id = textOf(row, "id");
    if (lastApplied.get(textOf(row, "job")) === id) continue;
    gone.push(id);
    count -= 1;
    rows -= numberOf(row, "row_count");
  }
  return gone;
}

function* trim(nowMs: string): Steps<number> {
  const gone = outdated(yield* all("SELECT id, job, state, row_count FROM job_run ORDER BY seq"));
  for (const id of gone) yield* run(`DELETE FROM job_run WHERE id = ? AND (holder IS NULL OR held_until < ${nowMs})`, id);
  yield* trimLeavers(nowMs);
  return gone.length;
}

/** For the opening of a store. What cannot be trimmed now is trimmed at another one. */
export async function trimJobRuns(engine: Engine, logger: Logger): Promise<void> {
  if (engine.readOnly) return;
  const trimmed = await engine.note<number>(function* trimAll() {
    return succeed(yield* trim(engine.words.nowMs));
  }, { wait: false });
  if (!trimmed.ok) logger.warn("runs of jobs could not be looked through for what is too old", { fault: trimmed.fault });
  else if (trimmed.value > 0) logger.info("the oldest finished runs of jobs were removed", { runs: trimmed.value });
}

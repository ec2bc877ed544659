/** How far jobs have come with users who left: one row a job and user, written together with the row of the run that did it. */
import { leaverSchema, type Leaver } from "../../shared/model/leaver.ts";
import { numberOf, numberOrNull, textOf, type Row } from "./columns.ts";
import { all, run as change, type Steps } from "./steps.ts";

/** Those that are over go after a year, counted in milliseconds. */
const KEPT_MS = 365 * 86_400_000;

/** Within the steps that hold the run. */
export function* putLeaver(run: string, { job, user, key, name, stage, state, since, at, cancelledAt }: Leaver): Steps<void> {
  const moment = (value: number | null) => (value === null ? null : Math.round(value));
  yield* change(
    `INSERT INTO leaver (job, user_id, source_key, name, stage, state, since, at, cancelled_at, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (job, user_id) DO UPDATE SET source_key = excluded.source_key, name = excluded.name, stage = excluded.stage, state = excluded.state,
       since = excluded.since, at = excluded.at, cancelled_at = excluded.cancelled_at, run = excluded.run`,
    job, user, key, name, stage, state, moment(since), Math.round(at), moment(cancelledAt), run,
  );
}

export function* leaversOf(job: string): Steps<readonly Row[]> {
  return yield* all("SELECT * FROM leaver WHERE job = ? ORDER BY user_id", job);
}

/** Fails where this version has no words for one: taken for somebody new, it would go through every stage again. */
export function leaverOf(row: Row): Leaver {
  return leaverSchema.parse({
    job: textOf(row, "job"),
    user: textOf(row, "user_id"),
    key: textOf(row, "source_key"),
    name: textOf(row, "name"),
    stage: textOf(row, "stage"),
    state: textOf(row, "state"),
    since: numberOrNull(row, "since"),
    at: numberOf(row, "at"),
    cancelledAt: numberOrNull(row, "cancelled_at"),
  });
}

/** Of those that came back or were deleted. */
export function* trimLeavers(nowMs: string): Steps<number> {
  return yield* change(`DELETE FROM leaver WHERE (cancelled_at IS NOT NULL OR (stage = 'delete' AND state = 'done')) AND at < ${nowMs} - ${KEPT_MS}`);
}

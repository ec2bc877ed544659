/**
 * Up to when the due times of each job are handled, and who is about to begin a run for one, over every engine. A claim is one statement, by the
 * database's clock, and lapses where its console says nothing for two minutes; a run is begun in the transaction that handles its due time, and
 * only by whoever has the claim then. So a due time has one run at most, however many consoles look at it, and one where a console dies at it.
 */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import { numberOf, numberOrNull, textOf, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import type { JobDue, JobDueState } from "./job-history.ts";
import { refuseRunUnderWay } from "./refusals.ts";
import { all, get, run as change, type Steps } from "./steps.ts";

/** Milliseconds that a due time is claimed without a word of its console, by the database's clock. */
const CLAIM_MS = 2 * 60_000;
/** One whose console died is run by another one for so long; after that it is a missed one as any, in milliseconds. */
const TAKEN_OVER_MS = 10 * 60_000;

const FREE = "claimed = NULL, claimed_by = NULL, claimed_until = 0";

function stateOf(row: Row): JobDueState {
  const since = numberOf(row, "due");
  const claimed = numberOrNull(row, "claimed");
  const left = numberOf(row, "until") - numberOf(row, "now");
  const claim = claimed === null ? "none" : left >= 0 ? "held" : left >= -TAKEN_OVER_MS ? "left" : "none";
  return { since, schedule: textOf(row, "schedule"), revision: numberOf(row, "revision"), claim, claimed };
}

/** Whether somebody is at a run of the job. */
function* isUnderWay(job: string, nowMs: string): Steps<boolean> {
  return (yield* get(`SELECT 1 AS found FROM job_run WHERE job = ? AND holder IS NOT NULL AND held_until >= ${nowMs}`, job)) !== null;
}

/**
 * For the transaction that keeps a run: handles its due time. Fails with `unsupported: run-under-way` where another console has the claim, the
 * due time is handled, or somebody is at a run of the job.
 */
export function* handleDue(engine: Engine, holder: string, job: string, due: number): Steps<Result<null>> {
  const handled = yield* change(`UPDATE job_due SET due = claimed, ${FREE} WHERE job = ? AND claimed_by = ? AND claimed = ? AND due < claimed`, job, holder, due);
  // Asked for behind the row that two consoles would change: whatever the other began is seen.
  return handled === 0 || (yield* isUnderWay(job, engine.words.nowMs)) ? refuseRunUnderWay() : succeed(null);
}

export function createJobDue({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }, holder: string): JobDue {
  const { nowMs } = engine.words;
  const FROM_NOW = `${nowMs} + ${CLAIM_MS}`;
  /** Claims are no saves: a copy of before one is no older. */
  const noted = <T>(steps: () => Steps<Result<T>>) => engine.note(steps, { wait: true });

  return {
    of: async () => {
      const rows = await engine.read(() => all(`SELECT job, schedule, revision, due, claimed, claimed_until AS until, ${nowMs} AS now FROM job_due`));
      return new Map(rows.map((row) => [textOf(row, "job"), stateOf(row)]));
    },
    follow: (job, { schedule, revision }, since) =>
      noted<null>(function* followJob() {
        const at = Math.round(since);
        yield* change("INSERT INTO job_due (job, schedule, revision, due, claimed_until) VALUES (?, ?, ?, ?, 0) ON CONFLICT (job) DO NOTHING", job, schedule, revision, at);
        yield* change(`UPDATE job_due SET schedule = ?, revision = ?, due = ?, ${FREE} WHERE job = ? AND revision < ? AND schedule <> ?`, schedule, revision, at, job, revision, schedule);
        return succeed(null);
      }),
    claim: async (job, due, { claimed }) => {
      const answer = await noted<null>(function* claimDue() {
        const count = yield* change(
          `UPDATE job_due SET claimed = ?, claimed_by = ?, claimed_until = ${FROM_NOW}
           WHERE job = ? AND due < ? AND coalesce(claimed, 0) = ? AND (claimed_by IS NULL OR claimed_by = ? OR claimed_until < ${nowMs})`,
          due, holder, job, due, claimed ?? 0, holder,
        );
        return count === 0 || (yield* isUnderWay(job, nowMs)) ? refuseRunUnderWay() : succeed(null);
      });
      if (answer.ok) return succeed(true);
      return answer.fault.kind === "unsupported" ? succeed(false) : fail(answer.fault);
    },
    renew: () =>
      noted<null>(function* renewClaims() {
        yield* change(`UPDATE job_due SET claimed_until = ${FROM_NOW} WHERE claimed_by = ?`, holder);
        return succeed(null);
      }),
    release: (job) =>
      noted<null>(function* releaseClaim() {
        yield* change(`UPDATE job_due SET ${FREE} WHERE job = ? AND claimed_by = ?`, job, holder);
        return succeed(null);
      }),
    settle: async (job, until) => {
      const at = Math.round(until);
      const settled = await noted<null>(function* settleDue() {
        yield* change(`UPDATE job_due SET due = ?, ${FREE} WHERE job = ? AND due < ? AND (claimed_by IS NULL OR claimed_until < ${nowMs})`, at, job, at);
        return succeed(null);
      });
      if (settled.ok) changes.announce();
      return settled;
    },
  };
}

/** Which stages of leaving are due. */
import { leavingStages, type Deprovision, type Leaver, type LeavingStage } from "../model/leaver.ts";

const DAY_MS = 86_400_000;

type Progress = Pick<Leaver, "stage" | "state" | "since" | "cancelledAt">;

function isDone({ stage, state }: Progress, asked: LeavingStage): boolean {
  const [reached, wanted] = [leavingStages.indexOf(stage), leavingStages.indexOf(asked)];
  return wanted < reached || (wanted === reached && state === "done");
}

/** Whether stages go on for the user: one who came back, or was restored after the last of them, begins anew where a source names it again. */
function goesOn(leaver: Progress | null): leaver is Progress {
  return leaver !== null && leaver.cancelledAt === null && !isDone(leaver, "delete");
}

/**
 * What a run does now with a user whom its source names, in this order; nothing where nothing is due. A stage that was begun and not seen
 * to its end is due again. A day is 24 hours, so that no stage comes before its day: a run by night does it in the first night after.
 * Deleting stands alone, so that it is seen by itself before it is done. Moments are epoch milliseconds.
 */
export function dueStages({ blockSignIn, unlicenseAfterDays, deleteAfterDays }: Omit<Deprovision, "products">, leaver: Progress | null, now: number): LeavingStage[] {
  const first = blockSignIn ? "block" : "notice";
  const unlicensing: LeavingStage[] = unlicenseAfterDays === 0 ? ["unlicense"] : [];
  if (!goesOn(leaver) || leaver.since === null || !isDone(leaver, first)) return [first, ...unlicensing];
  const isDue = (days: number) => now >= (leaver.since ?? Infinity) + days * DAY_MS;
  if (!isDone(leaver, "unlicense")) return isDue(unlicenseAfterDays) ? ["unlicense"] : [];
  return deleteAfterDays !== null && isDue(deleteAfterDays) ? ["delete"] : [];
}

/** Whether a user whom no row names any more is one who came back. Who was deleted is not. */
export function isReturning(leaver: Progress): boolean {
  return goesOn(leaver);
}

/**
 * Whether a stage that was planned is still to be done: `done` where it is over, `closed` where the user came back since the run began, or
 * other runs left nothing that it follows. Moments are epoch milliseconds.
 */
export function standingOf(leaver: Progress | null, stage: LeavingStage, runBegan: number): "open" | "done" | "closed" {
  const isFirst = stage === "notice" || stage === "block";
  if (leaver === null) return isFirst ? "open" : "closed";
  if (leaver.cancelledAt !== null) return isFirst && leaver.cancelledAt < runBegan ? "open" : "closed";
  if (!goesOn(leaver)) return isFirst ? "open" : "done";
  if (isDone(leaver, stage)) return "done";
  return isFirst || leaver.since !== null ? "open" : "closed";
}

/** The leaver with a stage begun: another round of them where the last one is over. */
export function begun(leaver: Leaver, stage: LeavingStage, at: number): Leaver {
  return { ...leaver, stage, state: "begun", at, since: goesOn(leaver) ? leaver.since : null, cancelledAt: null };
}

/** With its stage done. Days are counted from the first one, anew where sign-in is blocked after a notice. */
export function done(leaver: Leaver, at: number): Leaver {
  const isFirst = leaver.stage === "notice" || leaver.stage === "block";
  return { ...leaver, state: "done", at, since: isFirst ? at : leaver.since };
}

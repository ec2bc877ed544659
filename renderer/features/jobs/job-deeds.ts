/** What is done with a job from the list: each begins with what is saved now. */
import type { JobDetail, JobSummary } from "../../../shared/contract/jobs.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { forgetDraft, keyOf, settingsOf } from "./drafts.ts";

/** A copy of a copy of a copy is enough. */
const MOST_COPIES = 20;
const NAME_LENGTH = 64;

function isNameTaken(fault: Fault): boolean {
  return fault.kind === "invalid" && fault.issues.some(({ code, path }) => code === "name-taken" && path[0] === "name");
}

function copyName(name: string, number: number): string {
  const end = say(number === 1 ? "jobs.duplicate-name" : "jobs.duplicate-name-next", { name: "", number });
  return `${name.slice(0, NAME_LENGTH - end.length)}${end}`;
}

/** The copy is disabled: two jobs with one schedule would do everything twice. */
async function duplicate({ storeId, id }: JobSummary): Promise<Result<JobDetail>> {
  const read = await ask(() => client().jobs.get({ storeId, job: id }));
  if (!read.ok) return read;
  const settings = { ...settingsOf(read.value.job), enabled: false };
  for (let number = 1; ; number += 1) {
    const name = copyName(settings.name, number);
    // Each name is tried once the one before it is known to be taken.
    // oxlint-disable-next-line no-await-in-loop
    const made = await ask(() => client().jobs.create({ storeId, settings: { ...settings, name }, like: id }));
    if (made.ok || !isNameTaken(made.fault) || number === MOST_COPIES) return made;
  }
}

async function setEnabled({ storeId, id, enabled }: JobSummary): Promise<Result<JobDetail>> {
  const read = await ask(() => client().jobs.get({ storeId, job: id }));
  if (!read.ok) return read;
  const seen = settingsOf(read.value.job);
  return ask(() => client().jobs.save({ storeId, job: id, seen, settings: { ...seen, enabled: !enabled } }));
}

/** Answers why it was not deleted, or null. */
export async function removeJob({ storeId, id }: JobSummary): Promise<Fault | null> {
  const removed = await ask(() => client().jobs.remove({ storeId, job: id }));
  if (!removed.ok) return removed.fault;
  forgetDraft(keyOf(storeId, id));
  return null;
}

function leaveOut({ storeId, id }: JobSummary): Promise<Result<null>> {
  return ask(() => client().jobs.settle({ storeId, job: id, run: false }));
}

export interface JobDeeds {
  readonly duplicate: (job: JobSummary) => Promise<void>;
  /** Enables a disabled one, and disables an enabled one. */
  readonly toggle: (job: JobSummary) => Promise<void>;
  /** Leaves a run out that was missed. */
  readonly leaveOut: (job: JobSummary) => Promise<void>;
}

/** `onDone` is called once something was changed, or may have been. */
export function useJobDeeds(onDone: () => void): JobDeeds {
  const notify = useNotify();
  const tell = <T>(job: JobSummary, answer: Result<T>, done: (value: T) => string) => {
    if (answer.ok) notify({ text: done(answer.value), intent: "success" });
    else notify({ text: say("jobs.not-done", { name: job.name, reason: explain(answer.fault).sentence }), intent: "error" });
    onDone();
  };
  return {
    duplicate: useDeed(async (job: JobSummary) => tell(job, await duplicate(job), (made) => say("jobs.duplicated", { name: made.job.name }))),
    toggle: useDeed(async (job: JobSummary) => tell(job, await setEnabled(job), (saved) => say(job.enabled ? "jobs.now-disabled" : "jobs.now-enabled", { name: saved.job.name }))),
    leaveOut: useDeed(async (job: JobSummary) => tell(job, await leaveOut(job), () => say("jobs.left-out", { name: job.name }))),
  };
}

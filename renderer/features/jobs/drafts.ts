/**
 * Jobs as they are typed. They belong to the window: who leaves the page finds them again, and what main refuses takes nothing away.
 * A job that is not saved yet has the key `new`, so that there is one at a time.
 */
import { createStore } from "zustand/vanilla";
import type { JobDetail, SourceSample } from "../../../shared/contract/jobs.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { Job, JobSettings, JobSource } from "../../../shared/model/job.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdWindow } from "../../stores/navigation.ts";
import { unsendable } from "./draft-issues.ts";

export const NEW = "new";
export const keyOf = (storeId: string, job: string): string => `${storeId}/${job}`;

/** What a source was found to hold, with the source that was asked. */
export interface TakenSample {
  readonly of: JobSource;
  readonly sample: SourceSample;
}

export interface JobDraft {
  readonly storeId: string;
  /** Null until it is saved for the first time. */
  readonly job: string | null;
  /** As it was read, or began. */
  readonly seen: JobSettings;
  readonly settings: JobSettings;
  readonly taken: TakenSample | null;
  /** Why the last save was refused; null once it is saved. */
  readonly refusal: Fault | null;
}

export const jobDrafts = createStore<{ readonly drafts: ReadonlyMap<string, JobDraft> }>(() => ({ drafts: new Map() }));

export const draftOf = (key: string): JobDraft | null => jobDrafts.getState().drafts.get(key) ?? null;

function put(key: string, draft: JobDraft | null): void {
  jobDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    if (draft === null) next.delete(key);
    else next.set(key, draft);
    return { drafts: next };
  });
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export const isDirty = ({ seen, settings }: JobDraft): boolean => !same(seen, settings);
/** Whether what a source was found to hold, or why it could not be read, is of the source as it stands. */
export const isOfSource = (told: Pick<TakenSample, "of">, source: JobSource): boolean => same(told.of, source);

holdWindow(() => [...jobDrafts.getState().drafts.values()].some(isDirty));

export function settingsOf({ id: _id, ...settings }: Job): JobSettings {
  return settings;
}

export function beginDraft(storeId: string, settings: JobSettings): void {
  put(NEW, { storeId, job: null, seen: settings, settings, taken: null, refusal: null });
}

/** Takes what was read. What was typed over an earlier state stays, and is compared with it when it is saved. */
export function takeDetail(detail: JobDetail): void {
  const key = keyOf(detail.storeId, detail.job.id);
  const before = draftOf(key);
  if (before !== null && isDirty(before)) return;
  showDetail(detail);
}

/** Shows what is saved, whatever was typed. */
export function showDetail({ storeId, job }: JobDetail): void {
  const key = keyOf(storeId, job.id);
  const settings = settingsOf(job);
  put(key, { storeId, job: job.id, seen: settings, settings, taken: draftOf(key)?.taken ?? null, refusal: null });
}

export function changeDraft(key: string, change: Partial<JobSettings>): void {
  const draft = draftOf(key);
  if (draft === null) return;
  const { refusal } = draft;
  // What was refused of a field is no longer so once it is another one.
  const mended = refusal?.kind === "invalid" && refusal.issues.some(({ path }) => Object.hasOwn(change, String(path[0])));
  put(key, { ...draft, settings: { ...draft.settings, ...change }, refusal: mended ? null : refusal });
}

export function takeSample(key: string, taken: TakenSample): void {
  const draft = draftOf(key);
  if (draft !== null) put(key, { ...draft, taken });
}

export function forgetDraft(key: string): void {
  put(key, null);
}

/** Goes back to what is saved. */
export function undoDraft(key: string): void {
  const draft = draftOf(key);
  if (draft !== null) put(key, { ...draft, settings: draft.seen, refusal: null });
}

/** Saves what is typed. What was typed while it was saved stays typed. Fails with `invalid` where it cannot be sent at all. */
export async function saveDraft(key: string): Promise<Result<JobDetail>> {
  const draft = draftOf(key);
  if (draft === null) return fail({ kind: "not-found", what: "job" });
  const { storeId, job, seen, settings } = draft;
  const issues = unsendable(settings);
  const answer =
    issues.length > 0
      ? fail({ kind: "invalid", issues: [...issues] })
      : await ask(() => (job === null ? client().jobs.create({ storeId, settings }) : client().jobs.save({ storeId, job, settings, seen })));
  const now = draftOf(key) ?? draft;
  if (!answer.ok) {
    put(key, { ...now, refusal: answer.fault });
    return answer;
  }
  const saved = settingsOf(answer.value.job);
  if (job === null) put(NEW, null);
  put(keyOf(storeId, answer.value.job.id), {
    ...now,
    job: answer.value.job.id,
    seen: saved,
    settings: same(now.settings, settings) ? saved : now.settings,
    refusal: null,
  });
  return answer;
}

/**
 * Takes over what somebody else saved meanwhile: field by field, what was changed here stands, and everything else is theirs. Nothing
 * is saved by it.
 */
export async function meetSaved(key: string): Promise<Result<JobDetail>> {
  const draft = draftOf(key);
  if (draft === null || draft.job === null) return fail({ kind: "not-found", what: "job" });
  const { storeId, job } = draft;
  const answer = await ask(() => client().jobs.get({ storeId, job }));
  const now = draftOf(key);
  if (now === null) return answer;
  if (!answer.ok) {
    put(key, { ...now, refusal: answer.fault });
    return answer;
  }
  const theirs = settingsOf(answer.value.job);
  put(key, { ...now, seen: theirs, settings: merged(now, theirs), refusal: null });
  return answer;
}

function merged({ seen, settings }: JobDraft, theirs: JobSettings): JobSettings {
  const before = new Map<string, unknown>(Object.entries(seen));
  const mine = Object.fromEntries(Object.entries(settings).filter(([name, value]) => !same(value, before.get(name))));
  return { ...theirs, ...mine };
}

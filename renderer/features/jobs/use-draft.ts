/** A job as it is typed, with what keeps it from being run. */
import { useStore } from "zustand";
import type { Issue } from "../../../shared/fault.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { client } from "../../host/client.ts";
import { unsendable } from "./draft-issues.ts";
import { changeDraft, jobDrafts, type JobDraft } from "./drafts.ts";
import { useRested } from "./use-rested.ts";

export interface PartProps {
  readonly draftKey: string;
  readonly draft: JobDraft;
  readonly settings: JobSettings;
  readonly issues: readonly Issue[];
  readonly change: (change: Partial<JobSettings>) => void;
}

export function useDraft(key: string): JobDraft | null {
  return useStore(jobDrafts, ({ drafts }) => drafts.get(key) ?? null);
}

export interface Checked {
  /** Every issue that is known: of what cannot be sent, of main's check, and of the last save. */
  readonly issues: readonly Issue[];
  readonly checking: boolean;
  /** Whether main has said that nothing keeps the job from being run. */
  readonly isReady: boolean;
}

/** Asks what keeps the settings from being run, whenever the typing rests. */
export function useCheckedDraft({ storeId, job, settings, refusal }: JobDraft): Checked {
  const own = unsendable(settings);
  const checked = useRested<Issue[]>(own.length > 0 ? null : JSON.stringify([storeId, job, settings]), (signal) => client().jobs.check({ storeId, job, settings }, { signal }));
  const refused = refusal?.kind === "invalid" ? refusal.issues.filter(({ code }) => code === "name-taken") : [];
  const found = own.length > 0 ? own : (checked.value ?? []);
  const known = new Set(found.map(({ path, code }) => JSON.stringify([path, code])));
  return {
    issues: [...found, ...refused.filter(({ path, code }) => !known.has(JSON.stringify([path, code])))],
    checking: checked.asking,
    isReady: own.length === 0 && checked.value?.length === 0,
  };
}

export const changerOf = (key: string) => (change: Partial<JobSettings>) => changeDraft(key, change);

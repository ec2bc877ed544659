/** Differences between the jobs of two states of an identity store, as keys and values. */
import type { Change } from "../model/draft.ts";
import type { Job } from "../model/job.ts";
import { change } from "./change.ts";

/** Longer values are cut: they are shown on a line. */
const MOST = 200;

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** What changes, each setting on its own; every value begins with the name of its job. A new or a deleted job is one change. */
export function jobChanges(before: readonly Job[], after: readonly Job[]): Change[] {
  const old = new Map(before.map((job) => [job.id, job]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((job) => {
      const was = old.get(job.id);
      return was === undefined ? change("jobs.job", null, job.name) : settingChanges(was, job);
    }),
    ...before.filter(({ id }) => !kept.has(id)).flatMap(({ name }) => change("jobs.job", name, null)),
  ];
}

function settingChanges(was: Job, job: Job): Change[] {
  const { id: _wasId, ...before } = was;
  const { id: _id, ...after } = job;
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([setting, value]) => {
    const [one, other] = [JSON.stringify(old.get(setting)), JSON.stringify(value)];
    return one === other ? [] : [{ key: `jobs.${setting}`, provider: null, before: `${was.name}: ${textOf(old.get(setting))}`, after: `${job.name}: ${textOf(value)}`, secret: false }];
  });
}

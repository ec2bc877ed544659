/** Long work that goes on whatever page is open: what runs, how far it is, and how it ended. */
import { createStore } from "zustand/vanilla";
import type { Progress } from "../../shared/contract/progress.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Route } from "./routes.ts";

/** Picks the sentence. */
export type WorkKind =
  | "messaging-test"
  | "sync"
  | "directory-test"
  | "upload"
  | "alias-list"
  | "alias-result"
  | "team-test"
  | "team-set-up"
  | "team-join"
  | "move"
  | "mail-find"
  | "mail-object"
  | "mail-undo"
  | "mail-read"
  | "mail-file"
  | "handover-export"
  | "handover-open"
  | "handover-import"
  | "comparison"
  | "subscriptions"
  | "licences-read"
  | "licences-change"
  | "job-source"
  | "job-plan"
  | "job-run"
  | "diagnostics";

export interface WorkSubject {
  readonly kind: WorkKind;
  /** Whose work it is, such as an identity store's name. */
  readonly subject: string;
  /** The page that shows it. */
  readonly route: Route;
}

export interface WorkEntry extends WorkSubject {
  readonly id: number;
  /** The newest; null before the first. */
  readonly progress: Progress | null;
  /** When the step of `progress` began, and when `progress` was heard: for the time that is left. */
  readonly stepAt: number;
  readonly heardAt: number;
  /** Null while it runs. `fault` null: it succeeded. */
  readonly ended: { readonly at: number; readonly fault: Fault | null } | null;
  /** Does nothing once it has ended: the list keeps nothing alive of work that is over. */
  readonly cancel: () => void;
}

/** So many that have ended stay in the list. */
const ENDED_KEPT = 5;

interface RunningWork {
  /** Newest first. */
  readonly entries: readonly WorkEntry[];
  /** Whether anything was ever listed: from then on the list has its place on the screen. */
  readonly used: boolean;
}

export const runningWork = createStore<RunningWork>(() => ({ entries: [], used: false }));

let lastId = 0;

const nothing = () => {};

export function isRunning(entry: WorkEntry): boolean {
  return entry.ended === null;
}

/** Whether closing the window would end anything. */
export function isAnythingRunning(): boolean {
  return runningWork.getState().entries.some(isRunning);
}

function put(entries: readonly WorkEntry[]): void {
  let ended = 0;
  const kept = entries.filter((entry) => {
    if (!isRunning(entry)) ended += 1;
    return isRunning(entry) || ended <= ENDED_KEPT;
  });
  runningWork.setState({ entries: kept, used: true });
}

function change(id: number, step: (entry: WorkEntry) => WorkEntry): void {
  put(runningWork.getState().entries.map((entry) => (entry.id === id ? step(entry) : entry)));
}

/** How listed work tells the list of itself. */
export interface ListedWork {
  progress(progress: Progress): void;
  /** Null: it succeeded. */
  end(fault: Fault | null): void;
}

/** Lists work that has begun. `cancel` is called when the person cancels it from the list; `end` must follow. */
export function listWork(subject: WorkSubject, cancel: () => void, now: () => number = Date.now): ListedWork {
  const id = (lastId += 1);
  put([{ ...subject, id, progress: null, stepAt: now(), heardAt: now(), ended: null, cancel }, ...runningWork.getState().entries]);
  return {
    progress: (progress) =>
      change(id, (entry) => ({ ...entry, progress, stepAt: entry.progress?.step === progress.step ? entry.stepAt : now(), heardAt: now() })),
    end: (fault) => change(id, (entry) => ({ ...entry, ended: { at: now(), fault }, cancel: nothing })),
  };
}

/** Takes work that has ended off the list. */
export function forgetWork(id: number): void {
  put(runningWork.getState().entries.filter((entry) => entry.id !== id || isRunning(entry)));
}

/** Shorter than this, in milliseconds, a step says nothing about how long it will take. */
const TELLING_MS = 1_000;

/** Milliseconds until the step ends at the pace so far; null while that cannot be told. */
export function timeLeft({ progress, stepAt, heardAt, ended }: WorkEntry): number | null {
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 0;
  const elapsed = heardAt - stepAt;
  if (ended !== null || done <= 0 || total <= 0 || elapsed < TELLING_MS) return null;
  return (elapsed / done) * Math.max(0, total - done);
}

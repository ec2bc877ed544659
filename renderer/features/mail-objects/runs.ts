/** What is done with one mail object: it belongs to the window, and who comes back to its page finds what came of it. */
import { createStore } from "zustand/vanilla";
import type { WorkEvent } from "../../../shared/contract/progress.ts";
import type { JournalEntry, MadeStep, MailRequest, MailStep } from "../../../shared/model/mail-object.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork, type WorkKind } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { requestName } from "../../text/mail-objects.ts";
import { forgottenEntry } from "./after-cancel.ts";

export interface ObjectRun {
  readonly request: MailRequest;
  readonly steps: readonly MailStep[];
  /** What is known so far, with everything that was tried; null until main answered once. */
  readonly entry: JournalEntry | null;
  /** Null while it runs. */
  readonly result: Result<JournalEntry> | null;
  readonly cancel: () => void;
}

export const objectRuns = createStore<{ readonly runs: ReadonlyMap<string, ObjectRun> }>(() => ({ runs: new Map() }));

function put(key: string, run: ObjectRun | null): void {
  objectRuns.setState(({ runs }) => {
    const next = new Map(runs);
    if (run === null) next.delete(key);
    else next.set(key, run);
    return { runs: next };
  });
}

export function forgetRun(key: string): void {
  if (objectRuns.getState().runs.get(key)?.result !== null) put(key, null);
}

/** A step in the place of itself as it had begun, else as the newest. */
export function withStep(steps: readonly MailStep[], step: MailStep): readonly MailStep[] {
  return steps.some(({ number }) => number === step.number) ? steps.map((one) => (one.number === step.number ? step : one)) : [...steps, step];
}

interface Work<T> {
  readonly key: string;
  readonly kind: Extract<WorkKind, "mail-object" | "mail-undo">;
  readonly route: Route;
  readonly request: MailRequest;
  readonly entry: JournalEntry | null;
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>;
  readonly entryOf: (answer: T) => JournalEntry | null;
}

async function run<T>({ key, kind, route, request, entry, open, entryOf }: Work<T>): Promise<Result<JournalEntry>> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  const listed = listWork({ kind, subject: requestName(request), route }, cancel);
  put(key, { request, steps: entry?.steps ?? [], entry, result: null, cancel });
  let heardOf: string | null = entry?.id ?? null;
  let runId: string | null = entry?.run ?? null;
  const heard = (made: MadeStep) => {
    heardOf = made.entry;
    const now = objectRuns.getState().runs.get(key);
    if (now !== undefined) put(key, { ...now, steps: withStep(now.steps, made.step) });
  };
  const answer = await runWork(
    open,
    (progress) => {
      listed.progress(progress);
      if (progress.step === "run-begun") runId = progress.detail;
      if (progress.made !== undefined) heard(progress.made);
    },
    controller.signal,
  );
  // Whoever ends a call hears no more of it: the journal knows how far it came.
  const known = answer.ok ? entryOf(answer.value) : heardOf === null || runId === null ? null : await forgottenEntry(runId, heardOf);
  const result: Result<JournalEntry> = !answer.ok && (known === null || answer.fault.kind !== "cancelled") ? answer : known === null ? fail({ kind: "not-found", what: "run" }) : succeed(known);
  const steps = known?.steps ?? objectRuns.getState().runs.get(key)?.steps ?? [];
  put(key, { request, steps, entry: known ?? entry, result, cancel: () => {} });
  listed.end(result.ok ? result.value.fault : result.fault);
  return result;
}

/** Does what a plan says. */
export function applyObject(key: string, route: Route, storeId: string, request: MailRequest, password: string | null): Promise<Result<JournalEntry>> {
  const open = (signal: AbortSignal) => client().mailObjects.apply({ storeId, request, password }, { signal });
  return run({ key, kind: "mail-object", route, request, entry: null, open, entryOf: (entry) => entry });
}

/** Finishes what is half done, or begins what was not begun. */
export function finishObject(key: string, route: Route, entry: JournalEntry, password: string | null): Promise<Result<JournalEntry>> {
  const open = (signal: AbortSignal) => client().mailObjects.resume({ run: entry.run, entry: entry.id, password }, { signal });
  const { request } = entry;
  return run({ key, kind: "mail-object", route, request, entry, open, entryOf: ({ entries }) => entries.find(({ id }) => id === entry.id) ?? null });
}

/** Takes what is half done out of the directory. */
export function undoObject(key: string, route: Route, entry: JournalEntry): Promise<Result<JournalEntry>> {
  const open = (signal: AbortSignal) => client().mailObjects.undo({ entry: entry.id }, { signal });
  return run({ key, kind: "mail-undo", route, request: entry.request, entry, open, entryOf: (undone) => undone });
}

/** Follows work with mail objects on the terminal, to its end or until it is called off. */
import { setTimeout as pause } from "node:timers/promises";
import { formatDuration } from "../../../../renderer/text/format.ts";
import { stepText } from "../../../../renderer/text/mail-objects.ts";
import { workProgress } from "../../../../renderer/text/progress.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { RunSummary } from "../../../../shared/contract/mail-objects.ts";
import type { Progress, WorkEvent } from "../../../../shared/contract/progress.ts";
import type { Fault } from "../../../../shared/fault.ts";
import type { JournalEntry } from "../../../../shared/model/mail-object.ts";
import { printable } from "../output.ts";
import { finish } from "../take.ts";
import { VerbFailure, type ConsoleClient, type VerbContext } from "../verb.ts";
import { entriesOfRun, everyEntry, newestEntries } from "./entries.ts";

/** How often it is looked whether what was called off has ended, in milliseconds. */
export const POLL_MS = 200;

/**
 * How long work that was called off may take to end, in milliseconds: the object that is under way is finished or looked up, and a
 * server that does not answer is waited for.
 */
export const ENDS_WITHIN_MS = 90_000;

/** Shows what work is at; from when it is called off, that it ends. */
export function showWork({ progress, signal }: VerbContext): (event: Progress) => void {
  let counted: Progress | null = null;
  const began = performance.now();
  const ending = () => progress(say("command-line.ending"));
  signal.addEventListener("abort", ending, { once: true });
  return (event) => {
    if (signal.aborted) return;
    if (event.done !== null) counted = event;
    const { made } = event;
    const parts = [
      ...(counted === null && made !== undefined ? [] : [workProgress(counted ?? event), ...timeLeft(counted, performance.now() - began)]),
      ...(made === undefined ? [] : [say("command-line.object-step", { name: made.name, step: stepText(made.step, true) })]),
    ];
    progress(printable(parts.join(", ")));
  };
}

/** By the pace so far. */
function timeLeft(counted: Progress | null, passedMs: number): readonly string[] {
  const { done = null, total = null } = counted ?? {};
  if (done === null || total === null || done === 0 || done === total) return [];
  return [say("running-work.time-left", { duration: formatDuration(Math.max(1_000, (passedMs / done) * (total - done))) })];
}

/** How work that is kept as a run ended for the verb that was at it. */
export interface Ended {
  readonly run: string;
  /** What broke it off before its end; null where nothing did, and where it was called off. */
  readonly fault: Fault | null;
}

/** A call that keeps a run. */
export interface RunCall<T> {
  /** The step that tells the run's id as its detail, as soon as there is one. */
  readonly begins: string;
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>;
  readonly idOf: (value: T) => string;
}

/** Follows a run to its end, or until it is called off. Fails as the call does where nothing was begun. */
export async function followCall<T>(context: VerbContext, { begins, open, idOf }: RunCall<T>): Promise<Ended> {
  const show = showWork(context);
  let begun: string | null = null;
  let fault: Fault | null = null;
  try {
    const events = await open(context.signal);
    const value = await finish(events, (event) => {
      if (event.step === begins) begun = event.detail;
      show(event);
    });
    begun = idOf(value);
  } catch (error) {
    if (begun === null) throw error;
    if (error instanceof VerbFailure) ({ fault } = error);
    else if (!context.signal.aborted) throw error;
  }
  return { run: begun, fault: context.signal.aborted ? null : fault };
}

/** How a run stands after the verb was at it. */
export interface Followed extends Ended {
  /** In their order in the run. */
  readonly entries: readonly JournalEntry[];
}

/**
 * Follows a run to its end and reads from the journal what became of its objects: a call that was ended says nothing more. Fails as the
 * call does where nothing was begun.
 */
export async function followRun(context: VerbContext, client: ConsoleClient, open: RunCall<RunSummary>["open"]): Promise<Followed> {
  const ended = await followCall(context, { begins: "run-begun", open, idOf: ({ run }) => run });
  if (context.signal.aborted) await untilNobodyIsAt(client, ended.run);
  return { ...ended, entries: await entriesOfRun(client, ended.run) };
}

/** A console that runs by itself ends the object that is under way after its caller has gone. */
async function untilNobodyIsAt(client: ConsoleClient, run: string): Promise<void> {
  while ((await newestEntries(client, { ...everyEntry, run, states: ["running"] }, 1)).length > 0) await pause(POLL_MS);
}

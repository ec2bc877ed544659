/** A run: the objects of it one after the other, held against other processes while it goes on. */
import { succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { JournalEntry } from "../../shared/model/mail-object.ts";
import { keepHolding } from "../holding.ts";
import { ObjectWork, type WorkParts } from "./object-work.ts";

export interface RunOptions {
  /** The first password of each user that is made, by the entry's id; null where none was given. */
  readonly passwordOf: (entry: JournalEntry) => string | null;
  /** Hears each object as it is finished, and how many have been; it is waited for. */
  readonly onObject: (entry: JournalEntry, done: number) => Promise<void>;
}

/**
 * Works on entries in their order until all are done or the signal aborts, which is looked at between two objects. What is refused to
 * the account ends the run: the next object would be left half done by the same refusal, or try the same password again. So does an
 * object that nobody could look at any more: the directory is gone, and the others are better left as planned. Answers the entries as
 * they stand. Fails where the journal cannot be written.
 *
 * Once a server has done one object, the next one is made in the directory while the servers are at the one before it: neither waits for
 * the other. What is made so is worked on to its end, whatever becomes of the one before it; a run that is cancelled leaves it half done.
 */
export async function workRun(run: string, entries: readonly JournalEntry[], parts: WorkParts, options: RunOptions): Promise<Result<readonly JournalEntry[]>> {
  const stop = keepHolding(() => parts.journal.hold(run), parts.clock);
  try {
    return await workAll(entries, parts, options);
  } finally {
    stop();
  }
}

/** An object whose directory part is under way or done. */
interface Begun {
  readonly work: ObjectWork;
  readonly prepared: Promise<Result<JournalEntry>>;
}

async function workAll(entries: readonly JournalEntry[], parts: WorkParts, { passwordOf, onObject }: RunOptions): Promise<Result<readonly JournalEntry[]>> {
  const { signal, provisioning } = parts;
  const worked: JournalEntry[] = [];
  let isEnding = false;
  let ahead: Begun | null = null;
  const begin = (entry: JournalEntry): Begun => {
    const work = new ObjectWork(entry, parts);
    return { work, prepared: work.prepare(passwordOf(entry)) };
  };
  for (const [index, entry] of entries.entries()) {
    if (ahead === null && (isEnding || signal.aborted)) break;
    const { work, prepared }: Begun = ahead ?? begin(entry);
    const ready = await prepared;
    if (!ready.ok) return ready;
    const finishing = work.finish();
    const next = entries[index + 1];
    const mayBegin = provisioning.via === "servers" && worked.at(-1)?.state === "done" && !isEnding && !signal.aborted;
    ahead = mayBegin && next !== undefined ? begin(next) : null;
    const [done] = await Promise.all([finishing, ahead?.prepared]);
    if (!done.ok) return done;
    worked.push(done.value);
    isEnding ||= endsRun(done.value);
    await onObject(done.value, worked.length);
  }
  return succeed([...worked, ...entries.slice(worked.length)]);
}

/** The fault that a cut-short run ends with; null where all of it was tried. */
export function runFault(signal: AbortSignal, entries: readonly JournalEntry[]): Fault | null {
  if (entries.every(({ state }) => state !== "planned")) return null;
  return signal.aborted ? { kind: "cancelled" } : (entries.find(endsRun)?.fault ?? null);
}

/** What is wrong with an object itself is `object-refused`: these are about the account, its secrets or this machine, or ask for patience. */
const OF_CONFIGURATION: readonly Fault["kind"][] = ["sign-in", "forbidden", "unsupported", "unreadable", "invalid", "throttled"];

/** What no other object of the run would be spared. */
function endsRun({ state, fault }: JournalEntry): boolean {
  if (state === "interrupted") return true;
  if (fault?.kind === "object-refused") return fault.why === "command-missing" || fault.why === "module-missing";
  return fault !== null && OF_CONFIGURATION.includes(fault.kind);
}

/** Takes back what a half-done object left in the directory. */
export async function undoOne(entry: JournalEntry, parts: WorkParts): Promise<Result<JournalEntry>> {
  const stop = keepHolding(() => parts.journal.hold(entry.run), parts.clock);
  try {
    return await new ObjectWork(entry, parts).undo();
  } finally {
    stop();
  }
}

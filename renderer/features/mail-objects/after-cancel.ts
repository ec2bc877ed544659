/** What the journal knows of work whose call ended before it answered: it was cancelled, or the connection broke. */
import type { JournalPage, JournalQuestion, RunSummary } from "../../../shared/contract/mail-objects.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";

/** The most entries of one question, by the contract. */
const PAGE = 200;
/** Main finishes the step it is at before a run ends: so often, and so many milliseconds apart, it is looked whether it has. */
const LOOKS = 20;
const APART_MS = 500;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All entries of a run, in their order. */
export async function entriesOfRun(run: string): Promise<Result<readonly JournalEntry[]>> {
  const entries: JournalEntry[] = [];
  let before: string | null = null;
  do {
    const question: JournalQuestion = { storeId: null, run, states: [], search: "", before, most: PAGE };
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const answer: Result<JournalPage> = await ask(() => client().mailObjects.journal(question));
    if (!answer.ok) return answer;
    entries.push(...answer.value.entries);
    before = answer.value.next;
  } while (before !== null);
  return succeed(entries.toSorted((a, b) => a.place - b.place));
}

/** Waits until nobody is at a run any more, for a while at most. */
async function untilNobodyIsAt(run: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const going = await ask(() => client().mailObjects.journal({ storeId: null, run, states: ["running"], search: "", before: null, most: 1 }));
    if (!going.ok || going.value.entries.length === 0) return;
    // oxlint-disable-next-line no-await-in-loop
    await pause(APART_MS);
  }
}

/** A run whose end nobody heard, however many objects it has; null where the journal cannot be asked. */
export async function forgottenRun(run: string): Promise<RunSummary | null> {
  await untilNobodyIsAt(run);
  return wholeRun(run);
}

/** All of a run, of which a part was gone on with; null where the journal cannot be asked. */
export async function wholeRun(run: string): Promise<RunSummary | null> {
  const entries = await entriesOfRun(run);
  return entries.ok ? summaryOf(entries.value) : null;
}

function summaryOf(entries: readonly JournalEntry[]): RunSummary | null {
  const [first] = entries;
  if (first === undefined) return null;
  const counts: Record<string, number> = {};
  for (const { state } of entries) counts[state] = (counts[state] ?? 0) + 1;
  return { run: first.run, total: entries.length, counts, entries: [...entries] };
}

/** One entry of a run whose end nobody heard; null where somebody is still at it. */
export async function forgottenEntry(run: string, id: string): Promise<JournalEntry | null> {
  await untilNobodyIsAt(run);
  const entries = await entriesOfRun(run);
  const entry = entries.ok ? entries.value.find((one) => one.id === id) : undefined;
  return entry === undefined || entry.state === "running" ? null : entry;
}

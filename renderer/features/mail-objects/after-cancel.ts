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

/** The run that entries belong to, once nobody is at it any more; null where the journal cannot be asked, or nothing was begun. */
async function settledRun(storeId: string, known: (entry: JournalEntry) => boolean): Promise<readonly JournalEntry[] | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const newest = await ask(() => client().mailObjects.journal({ storeId, run: null, states: [], search: "", before: null, most: PAGE }));
    const mine = newest.ok ? newest.value.entries.find(known) : undefined;
    if (mine === undefined) return null;
    // oxlint-disable-next-line no-await-in-loop
    const entries = await entriesOfRun(mine.run);
    if (!entries.ok) return null;
    if (entries.value.every(({ state }) => state !== "running")) return entries.value;
    // oxlint-disable-next-line no-await-in-loop
    await pause(APART_MS);
  }
  return null;
}

/** A run by entries that were heard of. */
export async function forgetfulRun(storeId: string, heard: ReadonlySet<string>): Promise<RunSummary | null> {
  const entries = heard.size === 0 ? null : await settledRun(storeId, ({ id }) => heard.has(id));
  return entries === null ? null : summaryOf(entries);
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

/** One entry that was heard of, once nobody is at it any more. */
export async function forgottenEntry(storeId: string, id: string): Promise<JournalEntry | null> {
  return (await settledRun(storeId, (entry) => entry.id === id))?.find((entry) => entry.id === id) ?? null;
}

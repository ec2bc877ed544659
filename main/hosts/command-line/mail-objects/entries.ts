/** Entries of the journal, as verbs ask for them and print them. */
import { entryLines } from "../../../../renderer/text/mail-objects.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { JournalPage, JournalQuestion } from "../../../../shared/contract/mail-objects.ts";
import type { JournalEntry, JournalState } from "../../../../shared/model/mail-object.ts";
import { isoTime, printable } from "../output.ts";
import { take } from "../take.ts";
import type { ConsoleClient } from "../verb.ts";

/** The most that one page of the journal holds. */
const PAGE = 200;

export interface EntryFilter extends Pick<JournalQuestion, "storeId" | "run" | "search"> {
  readonly states: readonly JournalState[];
}

export const everyEntry: EntryFilter = { storeId: null, run: null, states: [], search: "" };

/** The newest entries that pass, newest first, page after page until there are enough. */
export async function newestEntries(client: ConsoleClient, filter: EntryFilter, most: number): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let before: string | null = null;
  do {
    const page: JournalPage = take(await client.mailObjects.journal({ ...filter, states: [...filter.states], before, most: Math.min(PAGE, most - entries.length) }));
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null && entries.length < most);
  return entries;
}

/** All entries of a run, in their order in it. */
export async function entriesOfRun(client: ConsoleClient, run: string): Promise<readonly JournalEntry[]> {
  const entries = await newestEntries(client, { ...everyEntry, run }, Infinity);
  return entries.toSorted((one, other) => one.place - other.place);
}

/** An entry with everything that was tried, and what it is called in other verbs. */
export function entryText(entry: JournalEntry): string {
  const [head = "", ...lines] = entryLines(entry);
  const ids = say("command-line.entry-ids", { entry: entry.id, run: entry.run, store: entry.storeName, who: entry.by });
  return [`${isoTime(entry.at) ?? ""}  ${head}`, ...lines.map((line) => `  ${line}`), `  ${ids}`].map(printable).join("\n");
}

/** Entries of the journal as a file: CSV for a spreadsheet, JSON for programs. */
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { doneBy, journalStateText, mailTypeText, requestName, stepText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { download } from "../../ui/download.ts";
import { MOST, questionOf, type JournalFilter } from "./use-journal.ts";

/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";

const header = () => [
  say("mail-journal.csv-when"),
  say("mail-journal.csv-run"),
  say("mail-journal.csv-place"),
  say("mail-journal.csv-store"),
  say("mail-journal.csv-by"),
  say("mail-journal.csv-action"),
  say("mail-journal.csv-type"),
  say("mail-journal.csv-name"),
  say("mail-journal.csv-alias"),
  say("mail-journal.csv-address"),
  say("mail-journal.csv-identity"),
  say("mail-journal.csv-state"),
  say("mail-journal.csv-why"),
  say("mail-journal.csv-server"),
  say("mail-journal.csv-steps"),
];

function cellsOf(entry: JournalEntry): readonly string[] {
  const { request, object, fault, steps, state } = entry;
  return [
    new Date(entry.at).toISOString(),
    entry.run,
    String(entry.place),
    entry.storeName,
    entry.by,
    request.action,
    mailTypeText(request.type),
    requestName(request),
    request.alias,
    entry.address ?? "",
    object?.identity ?? "",
    journalStateText(state),
    fault === null ? "" : explain(fault).sentence,
    doneBy(entry) ?? "",
    steps.map((step) => stepText(step, state === "running")).join("; "),
  ];
}

/** One line an entry, after a line of titles. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export async function journalCsv(entries: readonly JournalEntry[]): Promise<string> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  return BYTE_ORDER_MARK + stringify([header(), ...entries.map((entry) => [...cellsOf(entry)])], { escape_formulas: true, record_delimiter: "windows" });
}

/** Everything that passes a filter, oldest pages last. */
async function allEntries(filter: JournalFilter): Promise<Result<readonly JournalEntry[]>> {
  const entries: JournalEntry[] = [];
  let before: string | null = null;
  do {
    const question = questionOf(filter, before, MOST);
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await ask(() => client().mailObjects.journal(question));
    if (!answer.ok) return answer;
    entries.push(...answer.value.entries);
    before = answer.value.next;
  } while (before !== null);
  return succeed(entries);
}

/** Saves what passes a filter. Fails as the journal's pages do. */
export async function exportJournal(filter: JournalFilter, format: "csv" | "json"): Promise<Result<null>> {
  const found = await allEntries(filter);
  if (!found.ok) return found;
  const name = `${say("mail-journal.export-name")}.${format}`;
  if (format === "json") download(name, `${JSON.stringify(found.value, null, 2)}\n`, "application/json");
  else download(name, await journalCsv(found.value), "text/csv;charset=utf-8");
  return succeed(null);
}

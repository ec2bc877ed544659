/** The result of a run as a CSV file, one line an object. */
import { stringify } from "csv-stringify/sync";
import { explain } from "../../../../renderer/text/fault.ts";
import { doneBy, requestName } from "../../../../renderer/text/mail-objects.ts";
import type { JournalEntry } from "../../../../shared/model/mail-object.ts";
import { prepareFile } from "../prepared-file.ts";

/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";
/** Fixed words, as scripts read them: `state` is one of the journal's. */
const COLUMNS = ["name", "type", "state", "address", "server", "why"];

/** Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function resultCsv(entries: readonly JournalEntry[]): string {
  const rows = entries.map((entry) => [requestName(entry.request), entry.request.type, entry.state, entry.address ?? "", doneBy(entry) ?? "", entry.fault === null ? "" : why(entry.fault)]);
  return BYTE_ORDER_MARK + stringify([COLUMNS, ...rows], { escape_formulas: true, record_delimiter: "windows" });
}

function why(fault: NonNullable<JournalEntry["fault"]>): string {
  const { sentence, nextStep } = explain(fault);
  return `${sentence} ${nextStep}`;
}

export interface ResultFile {
  /** Puts the result in the place of what is there. */
  write(entries: readonly JournalEntry[]): Promise<void>;
  /** Leaves nothing behind of a file that was not written. */
  discard(): Promise<void>;
}

/** Makes sure that a result can be written before anything else is done, as {@link prepareFile} does. */
export async function prepareResult(file: string): Promise<ResultFile> {
  const prepared = await prepareFile(file);
  return { write: (entries) => prepared.write(resultCsv(entries)), discard: () => prepared.discard() };
}

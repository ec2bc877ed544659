/** The result of a run as a CSV file, one line an object. */
import { explain } from "../../../../renderer/text/fault.ts";
import { doneBy, requestName } from "../../../../renderer/text/mail-objects.ts";
import type { JournalEntry } from "../../../../shared/model/mail-object.ts";
import { csvText } from "../csv-text.ts";
import { prepareFile } from "../prepared-file.ts";

/** Fixed words, as scripts read them: `state` is one of the journal's. */
const COLUMNS = ["name", "type", "state", "address", "server", "why"];

export function resultCsv(entries: readonly JournalEntry[]): string {
  const rows = entries.map((entry) => [requestName(entry.request), entry.request.type, entry.state, entry.address ?? "", doneBy(entry) ?? "", entry.fault === null ? "" : why(entry.fault)]);
  return csvText([COLUMNS, ...rows]);
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

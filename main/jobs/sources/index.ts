/** The rows that a synchronize job is made of, from a file of this computer or a share. */
import path from "node:path";
import { progress, type Progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { JobSource } from "../../../shared/model/job.ts";
import type { SourceFacts } from "../../../shared/model/job-plan.ts";
import { readCsv } from "./csv.ts";
import { readSourceFile } from "./source-file.ts";
import type { SourceRow, Table } from "./table.ts";
import { readWorkbook } from "./workbook.ts";

const ENDINGS: Readonly<Record<JobSource["kind"], readonly string[]>> = { csv: [".csv", ".txt", ".tsv"], excel: [".xlsx"] };

export interface SourceRows {
  readonly facts: SourceFacts;
  /** By the names of columns, every column in each row; rows without anything in them are left out. */
  readonly rows: readonly SourceRow[];
}

export interface SourceReading {
  readonly signal: AbortSignal;
  /** Hears `reading-source` and `reading-rows` with bytes, `reading-workbook` without. */
  readonly progress: (event: Progress) => void;
  /** The console's own data folder, of which nothing is read. */
  readonly forbidden: string;
}

/**
 * All rows of a source: what cannot be read whole is a fault, and never fewer rows. A source without rows is read like any other. Values stand as
 * they are in the file, with their blanks. Fails with `cancelled`, with `invalid` (path `source.path`: `source-path-relative`, `source-path-ending`,
 * `source-path-own-data`), `not-found` (`path`, `sheet`), and `unreadable` with why, and with the line or the cell where one is at fault.
 */
export async function readSource(source: JobSource, options: SourceReading): Promise<Result<SourceRows>> {
  const { signal, forbidden } = options;
  const hear = (step: string) => (done: number, total: number) => options.progress(progress(step, { done, total }));
  if (source.kind === "excel" && path.extname(source.path).toLowerCase() === ".xls") return fail({ kind: "unreadable", what: "old-workbook" });
  const file = await readSourceFile(source.path, { extensions: ENDINGS[source.kind], forbidden, signal, onRead: hear("reading-source") });
  if (!file.ok) return file;
  const { bytes, changedAt } = file.value;
  if (source.kind === "csv") {
    const read = await readCsv(bytes, source, { signal, onRead: hear("reading-rows") });
    if (!read.ok) return read;
    const { table, delimiter, encoding } = read.value;
    return succeed(rowsOf(table, { delimiter, encoding, sheet: null, sheets: [], changedAt }));
  }
  options.progress(progress("reading-workbook"));
  const read = await readWorkbook(bytes, source, signal);
  if (!read.ok) return read;
  const { table, sheet, sheets } = read.value;
  return succeed(rowsOf(table, { delimiter: null, encoding: null, sheet, sheets: [...sheets], changedAt }));
}

function rowsOf({ columns, rows }: Table, found: Omit<SourceFacts, "columns" | "rows">): SourceRows {
  return { facts: { ...found, columns: [...columns], rows: rows.length }, rows };
}

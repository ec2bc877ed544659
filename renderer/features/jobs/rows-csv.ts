/** Rows of a run as a file for a spreadsheet. */
import type { JobRow } from "../../../shared/model/job-run.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { actionText, reasonsOfRow, rowStateText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { download } from "../../ui/download.ts";
import { rowsUpTo } from "./row-pages.ts";

/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";

const header = () => [
  say("job-run.csv-row"),
  say("job-run.csv-key"),
  say("job-run.csv-name"),
  say("job-run.csv-action"),
  say("job-run.csv-state"),
  say("job-run.csv-address"),
  say("job-run.csv-given"),
  say("job-run.csv-taken"),
  say("job-run.csv-why"),
];

function cellsOf(row: JobRow): readonly string[] {
  const why = [...reasonsOfRow(row), ...(row.fault === null ? [] : [explain(row.fault).sentence])];
  return [String(row.row), row.key, row.name, actionText(row.action), rowStateText(row.state), row.address ?? "", row.given.join("; "), row.taken.join("; "), why.join(" ")];
}

/** One line a row, after a line of titles. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export async function rowsCsv(rows: readonly JobRow[]): Promise<string> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  return BYTE_ORDER_MARK + stringify([header(), ...rows.map((row) => [...cellsOf(row)])], { escape_formulas: true, record_delimiter: "windows" });
}

/** Saves every row of a run. Fails as the history does. */
export async function saveRows(run: string): Promise<Result<null>> {
  const read = await ask(() => rowsUpTo((place) => client().jobs.rows({ run, states: [], search: "", ...place })));
  if (!read.ok) return read;
  download(`${say("job-run.export-name")}.csv`, await rowsCsv(read.value.rows), "text/csv;charset=utf-8");
  return succeed(null);
}

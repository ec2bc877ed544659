/** CSV files as spreadsheets open them. */
import { stringify } from "csv-stringify/sync";

/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Lines of cells, the names of the columns first. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + stringify([...lines], { escape_formulas: true, record_delimiter: "windows" });
}

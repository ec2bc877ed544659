/** A look through a sheet before it is read: cells without a value of their own, and how far it goes. */
import type { Fault } from "../../../shared/fault.ts";
import { JOB_SOURCE_CELLS, JOB_SOURCE_COLUMNS } from "../../../shared/rules/file-limits.ts";

/** Rows that a sheet can have (Excel's specifications and limits). */
const MOST_ROWS = 1_048_576;

const ROW = /<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d+)["']/g;
const CELL = /<((?:\w+:)?)c(?:\s([^>]*?))?(?:\/>|>([\s\S]*?)<\/\1c>)/g;

/**
 * Why a sheet is not read, or null. `unreadable`: `cell-error`, and `cell-uncomputed` for a formula that no program has computed, as those leave it
 * that write workbooks without Excel, with the cell as detail; `too-many-columns`, `too-many-cells`, which one stray cell far out would make in
 * memory; `damaged` for rows that no sheet has.
 */
export function sheetFault(name: string, sheet: string): Fault | null {
  let [rows, columns] = [0, 0];
  for (const [, number] of sheet.matchAll(ROW)) rows = Math.max(rows, Number(number));
  if (rows > MOST_ROWS) return { kind: "unreadable", what: "damaged" };
  for (const [, , attributes = "", inner = ""] of sheet.matchAll(CELL)) {
    const cell = attribute(attributes, "r") ?? "";
    const fault = cellFault(attribute(attributes, "t") ?? "n", inner, `${name}!${cell}`);
    if (fault !== null) return fault;
    // One that is only coloured makes no column.
    if (inner !== "") columns = Math.max(columns, columnOf(cell));
  }
  if (columns > JOB_SOURCE_COLUMNS) return { kind: "unreadable", what: "too-many-columns", most: JOB_SOURCE_COLUMNS };
  return rows * columns > JOB_SOURCE_CELLS ? { kind: "unreadable", what: "too-many-cells", most: JOB_SOURCE_CELLS } : null;
}

function cellFault(type: string, inner: string, cell: string): Fault | null {
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</.exec(inner)?.[1];
  if (type === "e") return { kind: "unreadable", what: "cell-error", detail: value === undefined ? cell : `${cell}: ${value}` };
  if (!/<(?:\w+:)?f[\s/>]/.test(inner)) return null;
  // An empty text is a value of a formula whose type is text.
  const isComputed = value !== undefined && (value.trim() !== "" || type === "str");
  return isComputed ? null : { kind: "unreadable", what: "cell-uncomputed", detail: cell };
}

const ATTRIBUTES = { r: /(?:^|\s)r\s*=\s*["']([^"']*)["']/, t: /(?:^|\s)t\s*=\s*["']([^"']*)["']/ } as const;

function attribute(attributes: string, name: keyof typeof ATTRIBUTES): string | undefined {
  return ATTRIBUTES[name].exec(attributes)?.[1];
}

/** 1 for `A1`. */
function columnOf(cell: string): number {
  return Array.from(/^[A-Z]*/.exec(cell)?.[0] ?? "").reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Rows of a source as they are gathered: columns by name, and nothing of a row lost. */
import type { Fault } from "../../../shared/fault.ts";
import { JOB_SOURCE_CELLS, JOB_SOURCE_COLUMNS, JOB_SOURCE_ROWS } from "../../../shared/rules/file-limits.ts";

export type SourceRow = Readonly<Record<string, string>>;

/** Takes the records of a file in their order; the first refusal is the answer. */
export class Table {
  readonly rows: SourceRow[] = [];
  #columns: readonly string[] | null = null;
  #refusal: Fault | null = null;
  readonly #hasHeader: boolean;

  constructor(hasHeader: boolean) {
    this.#hasHeader = hasHeader;
  }

  /** Empty where the file holds nothing. */
  get columns(): readonly string[] {
    return this.#columns ?? [];
  }

  /**
   * What is wrong with what was taken, or null. `unreadable`: `uneven-row` with its line, and the number of columns there are as `most`;
   * `duplicate-column` with the names; `too-many-rows`, `too-many-columns`, `too-many-cells`.
   */
  get refusal(): Fault | null {
    return this.#refusal;
  }

  /** Takes a record that ends in a line, from 1. One without anything in it is none. */
  take(cells: readonly string[], line: number): void {
    if (this.#refusal !== null || cells.every((cell) => cell.trim() === "")) return;
    if (this.#columns !== null) this.#add(this.#columns, cells, line);
    else if (this.#name(cells) && !this.#hasHeader) this.#add(this.columns, cells, line);
  }

  #name(cells: readonly string[]): boolean {
    const named = cells.map((cell, index) => (this.#hasHeader && cell.trim() !== "" ? cell.trim() : `Column ${index + 1}`));
    const twice = new Set(named.filter((name, index) => named.indexOf(name) < index));
    if (cells.length > JOB_SOURCE_COLUMNS) this.#refusal = { kind: "unreadable", what: "too-many-columns", most: JOB_SOURCE_COLUMNS };
    else if (twice.size > 0) this.#refusal = { kind: "unreadable", what: "duplicate-column", detail: [...twice].join(", ") };
    else this.#columns = named;
    return this.#refusal === null;
  }

  #add(columns: readonly string[], cells: readonly string[], line: number): void {
    if (cells.length !== columns.length) this.#refusal = { kind: "unreadable", what: "uneven-row", at: { line, column: 1 }, most: columns.length };
    else if (this.rows.length >= JOB_SOURCE_ROWS) this.#refusal = { kind: "unreadable", what: "too-many-rows", most: JOB_SOURCE_ROWS };
    else if ((this.rows.length + 1) * columns.length > JOB_SOURCE_CELLS) this.#refusal = { kind: "unreadable", what: "too-many-cells", most: JOB_SOURCE_CELLS };
    // Not by assignment: a column may be called `__proto__`.
    else this.rows.push(Object.fromEntries(columns.map((column, index) => [column, (cells[index] ?? "").replace(/\r$/, "")])));
  }
}

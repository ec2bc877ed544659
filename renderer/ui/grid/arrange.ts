/** Which rows are shown, and in which order. */
import type { Chosen, GridColumn, GridFilter, GridRow, Query, Sort } from "./types.ts";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export const EVERYTHING: Query = { search: "", chosen: {} };

export function isEverything({ search, chosen }: Query): boolean {
  return search.trim() === "" && Object.values(chosen).every((values) => values.length === 0);
}

/** As people count: Branch 2 before Branch 10. */
export function compareText(one: string, other: string): number {
  return collator.compare(one, other);
}

/** What has no rank comes last both ways round. */
function compareRanks(one: number | null, other: number | null, sign: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return sign * (one - other);
}

/** Rows by a column; those that are equal there by their id. */
export function sorted<Row extends GridRow>(rows: readonly Row[], columns: readonly GridColumn<Row>[], sort: Sort): readonly Row[] {
  const column = columns.find(({ id }) => id === sort.column);
  if (column === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, rank: column.rank?.(row) ?? null, text: column.text?.(row) ?? "" }));
  const compare = (one: (typeof keyed)[number], other: (typeof keyed)[number]) =>
    (column.rank === undefined ? sign * compareText(one.text, other.text) : compareRanks(one.rank, other.rank, sign)) ||
    compareText(one.row.id, other.row.id);
  return keyed.toSorted(compare).map(({ row }) => row);
}

function passes<Row extends GridRow>(row: Row, filters: readonly GridFilter<Row>[], chosen: Chosen): boolean {
  return filters.every((filter) => {
    const values = chosen[filter.id] ?? [];
    return values.length === 0 || values.includes(filter.valueOf(row));
  });
}

/** Rows whose text holds every word of the search and which every filter lets through; `kept` is shown whatever it holds. */
export function matching<Row extends GridRow>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  filters: readonly GridFilter<Row>[],
  query: Query,
  kept: string | null,
): readonly Row[] {
  if (isEverything(query)) return rows;
  const words = query.search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const holds = (row: Row) => {
    if (words.length === 0) return true;
    const text = columns.map((column) => column.text?.(row) ?? "").join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return rows.filter((row) => row.id === kept || (passes(row, filters, query.chosen) && holds(row)));
}

export interface FilterValue {
  readonly value: string;
  readonly words: string;
  readonly count: number;
}

/** The values a filter may be set to: those the rows have, and those it is set to. */
export function valuesOf<Row extends GridRow>(rows: readonly Row[], filter: GridFilter<Row>, chosen: Chosen): readonly FilterValue[] {
  const counts = new Map<string, number>((chosen[filter.id] ?? []).map((value) => [value, 0]));
  for (const row of rows) counts.set(filter.valueOf(row), (counts.get(filter.valueOf(row)) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, words: filter.words(value), count }))
    .toSorted((one, other) => compareText(one.words, other.words));
}

/** Widths of columns. The columns shown share the grid's width: what one gains its neighbour gives. */
import type { ColumnWidths, GridColumn, GridRow } from "./types.ts";

/** No column is made narrower than this, in pixels. */
const LEAST = 40;
/** What a key press adds or takes, in pixels. */
export const WIDTH_STEP = 16;
/** Between two columns, and at both edges of a row. */
export const GAP = 8;

type Column = Pick<GridColumn<GridRow>, "id" | "width" | "grows" | "unseen">;

/** The least that a column has while it has the width it came with. */
function leastOf({ width, grows }: Pick<Column, "width" | "grows">): number {
  return grows ? width : Math.min(LEAST, width);
}

/** What a row of these columns needs, in pixels: with less its last cells are cut. */
export function leastRow(columns: readonly Pick<Column, "width" | "grows">[]): number {
  return columns.reduce((sum, column) => sum + leastOf(column) + GAP, GAP);
}

function widthOf({ id, width }: Column, widths: ColumnWidths): number {
  return widths[id] ?? width;
}

/** The columns as CSS has them. Where there is too little room columns that do not grow give way, down to the least. */
export function templateOf(columns: readonly Column[], widths: ColumnWidths): string {
  return columns
    .map((column) => {
      const width = widthOf(column, widths);
      return `minmax(${Math.min(leastOf(column), width)}px, ${width}${column.grows ? "fr" : "px"})`;
    })
    .join(" ");
}

/** The column to the right that gives or takes; null where there is none, and this one's width cannot be set. */
export function neighbourOf<Of extends Column>(columns: readonly Of[], id: string): Of | null {
  const place = columns.findIndex((column) => column.id === id);
  if (place < 0 || columns[place]?.unseen) return null;
  return columns.slice(place + 1).find((column) => !column.unseen) ?? null;
}

/** The widths after a column grew by so many pixels, or shrank, at its neighbour's expense; `now` is what all have at the moment. */
export function traded(columns: readonly Column[], now: ColumnWidths, id: string, by: number): ColumnWidths {
  const column = columns.find((candidate) => candidate.id === id);
  const neighbour = neighbourOf(columns, id);
  if (column === undefined || neighbour === null) return now;
  const spare = (of: Column) => Math.max(0, widthOf(of, now) - Math.min(LEAST, of.width));
  const amount = Math.round(Math.min(Math.max(by, -spare(column)), spare(neighbour)));
  return { ...now, [id]: widthOf(column, now) + amount, [neighbour.id]: widthOf(neighbour, now) - amount };
}

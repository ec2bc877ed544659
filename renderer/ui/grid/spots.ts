/** Where a key leads in a grid, by the grid pattern of the ARIA Authoring Practices. */

/** Counted from 0; row -1 is the header. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

export const HEADER = -1;

/** Null for a key that leads nowhere; the same spot at the grid's edge. */
export function spotAfter(key: string, control: boolean, { row, column }: Spot, { rows, columns, page }: Extent): Spot | null {
  const at = (toRow: number, toColumn: number): Spot => ({
    row: Math.min(Math.max(toRow, HEADER), rows - 1),
    column: Math.min(Math.max(toColumn, 0), columns - 1),
  });
  // The header is one step above the first row, and no page or whole list away.
  const first = Math.min(0, rows - 1);
  switch (key) {
    case "Home":
      return at(control ? first : row, 0);
    case "End":
      return at(control ? rows - 1 : row, columns - 1);
    case "ArrowUp":
      return control ? null : at(row - 1, column);
    case "ArrowDown":
      return control ? null : at(row + 1, column);
    case "ArrowLeft":
      return control ? null : at(row, column - 1);
    case "ArrowRight":
      return control ? null : at(row, column + 1);
    case "PageUp":
      return control ? null : at(row === HEADER ? HEADER : Math.max(row - page, first), column);
    case "PageDown":
      return control ? null : at(row + page, column);
    default:
      return null;
  }
}

/** What a grid is told: columns, filters and actions as data. Rows are the list's own objects. */
import type { ReactElement, ReactNode } from "react";

/** A row is drawn again when one of its fields changed, and is known by its id wherever it stands. */
export interface GridRow {
  /** Never empty. */
  readonly id: string;
}

/** Functions of a row are methods here, so that parts of the grid that look at no row's content need not name its type. */
export interface GridColumn<Row extends GridRow> {
  readonly id: string;
  readonly title: string;
  /** The title is heard and not seen: the cells explain themselves. */
  readonly unseen?: true;
  /** Pixels; of a column that grows, the least it has and its share of the room that is left. */
  readonly width: number;
  readonly grows?: true;
  /** Width of the grid, in pixels, from which there is room for the column. */
  readonly from?: number;
  /**
   * `control`: the one control of each cell takes the focus in the cell's place; it must always be able to.
   * `controls`: Enter and F2 lead into the cell. Absent: there is nothing to enter.
   */
  readonly holds?: "control" | "controls";
  readonly sortable?: true;
  /** What the search looks through, and what the column is sorted by. */
  text?(row: Row): string;
  /** Sorted by this instead; null comes last both ways round. */
  rank?(row: Row): number | null;
  /** `tabIndex` belongs to every control in the cell. */
  cell(row: Row, tabIndex: 0 | -1): ReactNode;
}

export interface GridFilter<Row extends GridRow> {
  readonly id: string;
  readonly title: string;
  valueOf(row: Row): string;
  /** A value as people read it. */
  words(value: string): string;
  /** For values that change while the rows stay as they are: calls `changed` whenever one may have. Answers how to stop. */
  watch?(changed: () => void): () => void;
}

/** Chosen values by filter; a filter without any lets everything through. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

export interface Query {
  readonly search: string;
  readonly chosen: Chosen;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** An entry of a row's menu. */
export interface RowAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactElement;
  /** Stands below a line. */
  readonly apart?: true;
  readonly onChoose: () => void;
}

/** Widths that a person gave columns, in pixels, by column. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** A row and its cells. Each is drawn again when something about it changed, and not when its neighbour did. */
import { mergeClasses } from "@fluentui/react-components";
import { memo, type CSSProperties, type ReactNode, type Ref } from "react";
import { useGridStyles } from "./grid-styles.ts";
import { CELL, ROW } from "./roles.ts";
import type { GridColumn, GridRow } from "./types.ts";

interface CellProps {
  readonly row: GridRow;
  readonly column: GridColumn<GridRow>;
  /** From 1. */
  readonly index: number;
  /** Tab leads here. */
  readonly stop: boolean;
  readonly entered: boolean;
  readonly arrival: boolean;
  readonly stacked: boolean;
  /** Pixels from the right edge of a stacked row for what stands in its corner; null for what stands in line. */
  readonly corner: number | null;
}

/** Width of what stands in the corner of a stacked row, in pixels. */
const CORNER = 32;
const EDGE = 8;

function inLine({ grows, width }: GridColumn<GridRow>): CSSProperties {
  return { flex: grows ? `1 1 ${width}px` : `0 1 ${width}px` };
}

const Cell = memo(function Cell({ row, column, index, stop, entered, arrival, stacked, corner }: CellProps) {
  const styles = useGridStyles();
  const own = stop && !entered ? 0 : -1;
  const inner = column.holds === "control" ? own : entered ? 0 : -1;
  return (
    <div
      {...CELL}
      aria-colindex={index}
      data-grid-column={column.id}
      data-title={column.title}
      data-arrival={arrival ? "" : undefined}
      tabIndex={column.holds === "control" ? undefined : own}
      className={mergeClasses(styles.cell, stacked && styles.stackedCell, stacked && column.holds === undefined && styles.titled, corner !== null && styles.corner)}
      style={corner === null ? (stacked ? inLine(column) : undefined) : { right: corner }}
    >
      {column.cell(row, inner)}
    </div>
  );
});

export interface RowProps {
  readonly row: GridRow;
  readonly columns: readonly GridColumn<GridRow>[];
  /** Place among the rows shown, from 0. */
  readonly index: number;
  /** Pixels from the top where rows are virtual; null where they follow each other. */
  readonly start: number | null;
  readonly measure: Ref<HTMLDivElement> | null;
  /** The column that Tab leads to; null in every row but one. */
  readonly stop: string | null;
  readonly entered: boolean;
  readonly arrival: boolean;
  readonly stacked: boolean;
  details(row: GridRow): ReactNode;
}

function hasSameFields(one: object, other: object): boolean {
  const before = new Map<string, unknown>(Object.entries(one));
  const after = Object.entries(other);
  return before.size === after.length && after.every(([name, value]) => Object.is(before.get(name), value));
}

function isSame({ row, ...before }: RowProps, { row: next, ...after }: RowProps): boolean {
  return (row === next || hasSameFields(row, next)) && hasSameFields(before, after);
}

export const Row = memo(function Row({ row, columns, index, start, measure, stop, entered, arrival, stacked, details }: RowProps) {
  const styles = useGridStyles();
  const below = details(row);
  const corners = stacked ? columns.filter(({ unseen }) => unseen) : [];
  const place = start === null ? {} : { transform: `translateY(${start}px)` };
  return (
    <div
      {...ROW}
      aria-rowindex={index + 2}
      data-grid-row={row.id}
      data-index={index}
      ref={measure}
      className={mergeClasses(styles.row, styles.bodyRow, stacked && styles.stackedRow, start !== null && styles.virtual)}
      style={stacked ? { ...place, paddingRight: EDGE + CORNER * corners.length } : place}
    >
      {columns.map((column, index) => (
        <Cell
          key={column.id}
          row={row}
          column={column}
          index={index + 1}
          stop={stop === column.id}
          entered={stop === column.id && entered}
          arrival={stop === column.id && arrival}
          stacked={stacked}
          corner={corners.includes(column) ? EDGE + CORNER * (corners.length - 1 - corners.indexOf(column)) : null}
        />
      ))}
      {below !== null && (
        <div {...CELL} aria-colindex={1} aria-colspan={columns.length} className={styles.details}>
          {below}
        </div>
      )}
    </div>
  );
}, isSame);

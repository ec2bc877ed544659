/** Widths of columns while one is dragged, and what comes of them. */
import { useRef, useState, type CSSProperties, type RefObject } from "react";
import type { ColumnWidths, GridColumn, GridRow } from "./types.ts";
import { templateOf, traded, WIDTH_STEP } from "./widths.ts";

interface Options {
  readonly columns: readonly GridColumn<GridRow>[];
  readonly widths: ColumnWidths;
  readonly grid: RefObject<HTMLElement | null>;
  readonly onWidths: (widths: ColumnWidths) => void;
}

/** What every column has at the moment, in pixels. */
function measured(grid: HTMLElement | null, columns: readonly GridColumn<GridRow>[]): ColumnWidths {
  const titles = [...(grid?.querySelectorAll("[role=columnheader]") ?? [])];
  return Object.fromEntries(columns.map(({ id }, index) => [id, Math.round(titles[index]?.getBoundingClientRect().width ?? 0)]));
}

export function useColumnWidths({ columns, widths, grid, onWidths }: Options) {
  const [dragged, setDragged] = useState<ColumnWidths | null>(null);
  const taken = useRef<ColumnWidths | null>(null);
  // What holds the column when it is let go of saw no later state than when it took hold.
  const latest = useRef<ColumnWidths | null>(null);
  const style: CSSProperties & Record<"--grid-columns", string> = { "--grid-columns": templateOf(columns, dragged ?? widths) };
  return {
    style,
    /** By how many pixels a column is wider than when it was taken hold of. */
    drag: (column: string, by: number) => {
      taken.current ??= measured(grid.current, columns);
      latest.current = traded(columns, taken.current, column, by);
      setDragged(latest.current);
    },
    drop: () => {
      if (latest.current !== null) onWidths({ ...widths, ...latest.current });
      taken.current = null;
      latest.current = null;
      setDragged(null);
    },
    step: (column: string, steps: 1 | -1) => onWidths({ ...widths, ...traded(columns, measured(grid.current, columns), column, steps * WIDTH_STEP) }),
  };
}

/** How much room the grid has, as far as its columns care. */
import { useLayoutEffect, useState, type RefObject } from "react";
import type { GridColumn, GridRow } from "./types.ts";
import { leastRow } from "./widths.ts";

/** Columns beside each other are hard to read below this width, in pixels. */
const STACKED_BELOW = 560;

/** Width, in pixels, below which a row's cells stand in several lines: the columns that are always there would be cut. */
export function stackedBelow(columns: readonly GridColumn<GridRow>[]): number {
  return Math.max(STACKED_BELOW, leastRow(columns.filter(({ from }) => from === undefined)));
}

/**
 * The largest width that a column asks for and the grid has, so that the answer changes only when a column comes or goes.
 * Null before the first look. Where nothing has a layout everything has room.
 */
export function useRoom(element: RefObject<HTMLElement | null>, columns: readonly GridColumn<GridRow>[]): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const frame = element.current;
    if (frame === null) return undefined;
    const steps = [0, stackedBelow(columns), ...columns.map(({ from = 0 }) => from)];
    const look = () => {
      const width = frame.clientWidth || Infinity;
      setRoom(Math.max(...steps.filter((step) => step <= width)));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [element, columns]);
  return room;
}

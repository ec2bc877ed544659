/** The rows. Of a long list only those near the screen exist, and the one that Tab leads to. */
import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useLayoutEffect, type ReactNode, type RefObject } from "react";
import { useGridStyles } from "./grid-styles.ts";
import { Row } from "./grid-row.tsx";
import { ROW_GROUP } from "./roles.ts";
import type { Place } from "./list-memory.ts";
import type { GridColumn, GridRow } from "./types.ts";

/** From this many rows on, only those near the screen exist. */
const VIRTUAL_FROM = 40;
/** Rows beyond each edge of the screen that exist all the same. */
const OVERSCAN = 6;

/** Whether only a part of the rows exists. */
export function isLong(rows: readonly GridRow[]): boolean {
  return rows.length > VIRTUAL_FROM;
}

interface GridBodyProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn<GridRow>[];
  /** What a row is taken for, in pixels, before it was measured. */
  readonly rowHeight: number;
  readonly stop: Place;
  /** The row that the person comes back from. */
  readonly arrival: string | null;
  readonly stacked: boolean;
  details(row: GridRow): ReactNode;
  /** Where and with which heights the list was left. */
  readonly scrolledBy: number;
  readonly measuredBefore: readonly VirtualItem[];
  /** Told what was measured when the list is left. Must keep its identity. */
  readonly onLeave: (measured: readonly VirtualItem[]) => void;
}

export function GridBody({ scroller, rows, columns, rowHeight, stop, arrival, stacked, details, scrolledBy, measuredBefore, onLeave }: GridBodyProps) {
  const styles = useGridStyles();
  const virtual = isLong(rows);
  // The library's answer changes without React knowing; nothing memoised is made from it.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    initialOffset: scrolledBy,
    initialMeasurementsCache: [...measuredBefore],
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return stop.index < 0 || near.includes(stop.index) ? near : [...near, stop.index].toSorted((one, other) => one - other);
    },
  });
  // Once: from then on the person scrolls.
  useLayoutEffect(() => {
    scroller.current?.scrollTo(0, scrolledBy);
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  useLayoutEffect(() => () => onLeave(virtualizer.takeSnapshot()), [virtualizer, onLeave]);

  const draw = (row: GridRow, index: number, start: number | null) => (
    <Row
      key={row.id}
      row={row}
      columns={columns}
      index={index}
      start={start}
      measure={start === null ? null : virtualizer.measureElement}
      stop={stop.index === index ? stop.column : null}
      entered={stop.index === index && stop.entered}
      arrival={row.id === arrival}
      stacked={stacked}
      details={details}
    />
  );
  return (
    <div {...ROW_GROUP} className={styles.body} style={virtual ? { height: virtualizer.getTotalSize() } : undefined}>
      {virtual
        ? virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : draw(row, index, start);
          })
        : rows.map((row, index) => draw(row, index, null))}
    </div>
  );
}

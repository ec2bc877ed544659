/** The header: titles, the order, and the widths of columns. */
import { mergeClasses } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular } from "@fluentui/react-icons";
import type { PointerEvent } from "react";
import { useGridStyles } from "./grid-styles.ts";
import { COLUMN_HEADER, ROW, ROW_GROUP } from "./roles.ts";
import type { GridColumn, GridRow, Sort } from "./types.ts";
import { HEADER_ROW } from "./use-places.ts";
import { neighbourOf } from "./widths.ts";

interface GridHeaderProps {
  readonly columns: readonly GridColumn<GridRow>[];
  readonly sort: Sort;
  /** The column that Tab leads to; null while it leads to a row. */
  readonly stop: string | null;
  readonly stacked: boolean;
  readonly onSort: (column: string) => void;
  /** By how many pixels a column is being made wider since it was taken hold of. */
  readonly onDrag: (column: string, by: number) => void;
  readonly onDrop: () => void;
}

export function GridHeader({ columns, sort, stop, stacked, onSort, onDrag, onDrop }: GridHeaderProps) {
  const styles = useGridStyles();
  return (
    <div {...ROW_GROUP} className={mergeClasses(styles.header, stacked && styles.stackedHeader)}>
      <div
        {...ROW}
        aria-rowindex={1}
        data-grid-row={HEADER_ROW}
        className={mergeClasses(styles.row, styles.headerRow, stacked && styles.stackedRow)}
      >
        {columns.map((column, index) => {
          const { id, title, unseen, sortable } = column;
          const tabIndex = stop === id ? 0 : -1;
          const order = sort.column === id ? (sort.descending ? "descending" : "ascending") : undefined;
          const movable = !stacked && neighbourOf(columns, id) !== null;
          return (
            <div
              key={id}
              {...COLUMN_HEADER}
              aria-colindex={index + 1}
              aria-sort={order}
              aria-keyshortcuts={movable ? "Shift+ArrowLeft Shift+ArrowRight" : undefined}
              data-grid-column={id}
              tabIndex={sortable ? undefined : tabIndex}
              className={styles.headerCell}
            >
              {sortable ? (
                <button type="button" className={styles.sort} tabIndex={tabIndex} onClick={() => onSort(id)}>
                  {title}
                  {order === "ascending" && <ArrowUpRegular aria-hidden="true" />}
                  {order === "descending" && <ArrowDownRegular aria-hidden="true" />}
                </button>
              ) : (
                <span className={unseen && styles.unseen}>{title}</span>
              )}
              {movable && <WidthHandle className={styles.width} onDrag={(by) => onDrag(id, by)} onDrop={onDrop} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface WidthHandleProps {
  readonly className: string;
  readonly onDrag: (by: number) => void;
  readonly onDrop: () => void;
}

/** For the mouse alone: the keyboard has its keys on the header itself. */
function WidthHandle({ className, onDrag, onDrop }: WidthHandleProps) {
  const take = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    const move = ({ clientX }: globalThis.PointerEvent) => onDrag(clientX - from);
    const drop = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("lostpointercapture", drop);
      onDrop();
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", drop);
  };
  return <span className={className} aria-hidden="true" onPointerDown={take} />;
}

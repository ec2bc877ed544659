/** Keys of a grid. What a list adds, such as moving a row, comes first. */
import { useCallback, useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import type { Place } from "./list-memory.ts";
import { HEADER, spotAfter, type Spot } from "./spots.ts";
import type { GridColumn, GridRow } from "./types.ts";
import { controlIn, HEADER_ROW, placeOf, type Places } from "./use-places.ts";

export interface GridKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn<GridRow>[];
  readonly rowHeight: number;
  readonly places: Places;
  /** The column that F2 edits from any cell of the row that has nothing to enter itself. */
  readonly editColumn: string | null;
  /** Answers whether the key was meant for the row. */
  readonly onRowKey: (event: KeyboardEvent, rowId: string) => boolean;
  readonly onMenu: (rowId: string, target: HTMLElement) => void;
  readonly onWiden: (column: string, steps: 1 | -1) => void;
}

interface Press {
  readonly event: KeyboardEvent<HTMLElement>;
  readonly cell: HTMLElement;
  readonly spot: Spot;
  readonly row: string;
  readonly column: GridColumn<GridRow>;
  readonly entered: boolean;
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}

/** A character typed at a cell with an entry goes into the entry, in the place of what is there. */
function isTyping({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !altKey && !metaKey;
}

/** The grid's key handler; it keeps its identity. */
export function useGridKeys(options: GridKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  /** Where F2 was pressed, for Escape. */
  const cameFrom = useRef<Place | null>(null);

  return useCallback((event) => {
    const { scroller, rows, columns, rowHeight, places, editColumn, onRowKey, onMenu, onWiden } = latest.current;
    const at = placeOf(event.target);
    const index = columns.findIndex(({ id }) => id === at?.column);
    const column = columns[index];
    if (at === null || column === undefined || event.defaultPrevented) return;
    const inHeader = at.row === HEADER_ROW;
    const spot = { row: inHeader ? HEADER : rows.findIndex(({ id }) => id === at.row), column: index };
    const press: Press = { event, cell: at.cell, spot, row: at.row, column, entered: column.holds === "controls" && event.target !== at.cell };
    const go = (to: Spot, entered = false) =>
      places.go({ row: rows[to.row]?.id ?? HEADER_ROW, index: to.row, column: columns[to.column]?.id ?? column.id, entered });
    const editable = columns.findIndex(({ id }) => id === editColumn);

    const handled = (): boolean => {
      if (!inHeader && onRowKey(event, press.row)) return true;
      if (!inHeader && isMenuKey(event)) {
        onMenu(press.row, press.cell);
        return true;
      }
      if (inHeader && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
        onWiden(column.id, event.key === "ArrowRight" ? 1 : -1);
        return true;
      }
      if (press.entered) return leave(press, go);
      return enter(press, go) || move(press, go);
    };

    const leave = ({ spot: here, entered, event: { key } }: Press, to: typeof go): boolean => {
      if (!entered) return false;
      if (key === "Escape" || key === "F2") {
        const back = cameFrom.current;
        cameFrom.current = null;
        if (back?.row === press.row) places.go(back);
        else to(here);
        return true;
      }
      // On in the same column, entered as it was; a caret has no use for these keys in one line.
      if (key !== "ArrowUp" && key !== "ArrowDown") return false;
      const next = spotAfter(key, false, here, { rows: rows.length, columns: columns.length, page: 1 });
      if (next !== null && next.row !== HEADER) to(next, true);
      return true;
    };
    const enter = ({ cell, event: { key } }: Press, to: typeof go): boolean => {
      const control = column.holds === "controls" ? controlIn(cell) : null;
      if (control !== null && (key === "Enter" || key === "F2")) {
        cameFrom.current = null;
        to(spot, true);
        return true;
      }
      if (control instanceof HTMLInputElement && isTyping(event)) {
        // The character itself arrives in the entry by the browser's hand.
        to(spot, true);
        return false;
      }
      if (key !== "F2" || inHeader || editable < 0 || editable === index) return false;
      cameFrom.current = { row: press.row, index: spot.row, column: column.id, entered: false };
      to({ row: spot.row, column: editable }, true);
      return true;
    };
    const move = ({ event: { key, ctrlKey, shiftKey, altKey, metaKey } }: Press, to: typeof go): boolean => {
      if (shiftKey || altKey || metaKey) return false;
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
      const next = spotAfter(key, ctrlKey, spot, { rows: rows.length, columns: columns.length, page });
      if (next !== null) to(next);
      return next !== null;
    };

    if (handled()) event.preventDefault();
  }, []);
}

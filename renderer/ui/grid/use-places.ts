/** One Tab stop for the whole grid: the focus roves, by the identity of row and column and never by their elements. */
import { useCallback, useEffect, useRef, type FocusEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { Place } from "./list-memory.ts";
import type { GridColumn, GridRow } from "./types.ts";

/** What stands for a row's id in the header. */
export const HEADER_ROW = "";

const CONTROL = "input:not(:disabled), button:not(:disabled), a[href]";

/** The cell that Tab leads to: the place as far as it still exists, else the nearest there is. */
export function stopOf(place: Place | null, rows: readonly GridRow[], columns: readonly GridColumn<GridRow>[]): Place {
  const [first] = columns;
  const column = columns.some(({ id }) => id === place?.column) ? (place?.column ?? "") : (first?.id ?? "");
  if (rows.length === 0 || place?.row === HEADER_ROW) return { row: HEADER_ROW, index: -1, column, entered: false };
  const index = place === null ? 0 : rows.findIndex(({ id }) => id === place.row);
  if (index >= 0) return { row: rows[index]?.id ?? HEADER_ROW, index, column, entered: place?.entered ?? false };
  const near = Math.min(Math.max(place?.index ?? 0, 0), rows.length - 1);
  return { row: rows[near]?.id ?? HEADER_ROW, index: near, column, entered: false };
}

function cellAt(grid: HTMLElement | null, { row, column }: Pick<Place, "row" | "column">): HTMLElement | null {
  const rows = [...(grid?.querySelectorAll<HTMLElement>("[data-grid-row]") ?? [])];
  const cells = rows.find((element) => element.dataset["gridRow"] === row)?.querySelectorAll<HTMLElement>("[data-grid-column]") ?? [];
  return [...cells].find((element) => element.dataset["gridColumn"] === column) ?? null;
}

/** Where an element of the grid is; null outside its cells. */
export function placeOf(target: EventTarget): { readonly cell: HTMLElement; readonly row: string; readonly column: string } | null {
  const cell = target instanceof HTMLElement ? target.closest<HTMLElement>("[data-grid-column]") : null;
  const row = cell?.closest<HTMLElement>("[data-grid-row]")?.dataset["gridRow"];
  const column = cell?.dataset["gridColumn"];
  return cell === null || row === undefined || column === undefined ? null : { cell, row, column };
}

/** The first control in a cell that can have the focus. */
export function controlIn(cell: HTMLElement): HTMLElement | null {
  return cell.querySelector<HTMLElement>(CONTROL);
}

interface PlacesOptions {
  readonly grid: RefObject<HTMLElement | null>;
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn<GridRow>[];
  readonly stop: Place;
  readonly setPlace: (place: Place) => void;
}

export interface Places {
  /** Gives a cell the focus, or the control in it. Its row need not exist yet. */
  readonly go: (place: Place) => void;
  /** Gives the Tab stop the focus. */
  readonly goBack: () => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/** All functions keep their identity. */
export function usePlaces(options: PlacesOptions): Places {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const go = useCallback((place: Place) => {
    const { grid, setPlace } = latest.current;
    flushSync(() => setPlace(place));
    const cell = cellAt(grid.current, place);
    if (cell === null) return;
    const target = place.entered || !cell.hasAttribute("tabindex") ? controlIn(cell) : null;
    (target ?? cell).focus();
  }, []);
  const goBack = useCallback(() => go({ ...latest.current.stop, entered: false }), [go]);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    const { rows, columns, setPlace } = latest.current;
    const at = placeOf(event.target);
    if (at === null) return;
    const { row, column } = at;
    const entered = event.target !== at.cell && columns.find(({ id }) => id === column)?.holds === "controls";
    setPlace({ row, index: rows.findIndex(({ id }) => id === row), column, entered });
  }, []);
  // Whoever comes back by Tab comes to the cell, not into it.
  const onBlur = useCallback(({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    const { stop, setPlace } = latest.current;
    if (stop.entered && relatedTarget !== null && !currentTarget.contains(relatedTarget)) setPlace({ ...stop, entered: false });
  }, []);

  useFocusKept(options.grid, goBack);
  return { go, goBack, onFocus, onBlur };
}

/** What has the focus may go, as the button of a server that recovered does; the focus then goes to its cell, not to the page. */
function useFocusKept(grid: RefObject<HTMLElement | null>, goBack: () => void): void {
  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    let focused: Element | null = null;
    const onFocusIn = ({ target }: Event) => {
      focused = target instanceof Element ? target : null;
    };
    // Asked a moment later: what was removed with the focus is out of the page by then, and what another window took it from still has it.
    const onFocusOut = ({ target }: Event) => {
      queueMicrotask(() => {
        if (target === focused && focused?.isConnected === true && document.activeElement !== focused) focused = null;
      });
    };
    const observer = new MutationObserver(() => {
      if (focused === null || focused.isConnected || document.activeElement !== document.body) return;
      focused = null;
      goBack();
    });
    element.addEventListener("focusin", onFocusIn);
    element.addEventListener("focusout", onFocusOut);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", onFocusIn);
      element.removeEventListener("focusout", onFocusOut);
      observer.disconnect();
    };
  }, [grid, goBack]);
}

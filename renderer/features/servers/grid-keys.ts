/** Keys of the server grid. F2 edits the priority, Alt+Shift+Up/Down moves, Up/Down on a tick goes to the next row. */
import { useCallback, useEffect, useRef, type KeyboardEvent } from "react";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";

export interface GridKeysOptions {
  readonly rows: readonly ServerEntry[];
  readonly disabled: boolean;
  readonly actions: { readonly move: (name: string, direction: "up" | "down") => void };
  /** Scrolls a row into being. */
  readonly reveal: (index: number) => void;
}

const ROW = "[data-server]";

function focusIn(grid: HTMLElement, name: string, part: string): boolean {
  const target = grid.querySelector<HTMLElement>(`[data-server="${CSS.escape(name)}"] ${part}`);
  target?.focus();
  return target !== null;
}

/** The grid's key handler; it keeps its identity. */
export function useGridKeys(options: GridKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  return useCallback((event) => {
    const { rows, disabled, actions, reveal } = latest.current;
    const grid = event.currentTarget;
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const name = target.closest<HTMLElement>(ROW)?.dataset["server"];
    const entry = rows.find((row) => row.name === name);
    if (entry === undefined) return;
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (vertical && event.altKey && event.shiftKey) {
      event.preventDefault();
      if (!disabled && entry.ticked) actions.move(entry.name, event.key === "ArrowUp" ? "up" : "down");
    } else if (event.key === "F2") {
      event.preventDefault();
      focusIn(grid, entry.name, "[data-priority-input]");
    } else if (event.key === "Escape" && target.matches("[data-priority-input]")) {
      focusIn(grid, entry.name, "input[type=checkbox]");
    } else if (vertical && target.matches("input[type=checkbox], [data-priority-input]")) {
      const next = rows.indexOf(entry) + (event.key === "ArrowUp" ? -1 : 1);
      const neighbour = rows[next];
      if (neighbour === undefined) return;
      event.preventDefault();
      reveal(next);
      const part = target.matches("[data-priority-input]:enabled") && neighbour.ticked ? "[data-priority-input]" : "input[type=checkbox]";
      if (!focusIn(grid, neighbour.name, part)) requestAnimationFrame(() => focusIn(grid, neighbour.name, part));
    }
  }, []);
}

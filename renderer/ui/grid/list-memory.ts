/** How lists were left, for as long as the page stands: whoever comes back finds the search, the order and the place. */
import type { VirtualItem } from "@tanstack/react-virtual";
import type { Query, Sort } from "./types.ts";

/** A cell by row and column; `index` is where its row stood, for when the row is gone. */
export interface Place {
  readonly row: string;
  readonly index: number;
  readonly column: string;
  /** The focus is on a control in the cell, not on the cell. */
  readonly entered: boolean;
}

export interface ListMemory {
  readonly query: Query;
  readonly sort: Sort;
  readonly place: Place | null;
  /** Pixels. */
  readonly scrollTop: number;
  /** Rows of a long list as they were measured: without them the same pixels are another place. */
  readonly measured: readonly VirtualItem[];
}

const lists = new Map<string, ListMemory>();
const opened = new Map<string, string>();

export function memoryOf(listId: string): ListMemory | null {
  return lists.get(listId) ?? null;
}

export function keepMemory(listId: string, memory: ListMemory): void {
  lists.set(listId, memory);
}

/** A row of the list is being opened on a page of its own: on the way back it gets the focus. */
export function rememberOpened(listId: string, row: string): void {
  opened.set(listId, row);
}

/** The row that was opened, until it is forgotten. */
export function openedRow(listId: string): string | null {
  return opened.get(listId) ?? null;
}

export function forgetOpened(listId: string): void {
  opened.delete(listId);
}

/** Widths of a kind of list's columns, remembered among the preferences. */
import { useCallback } from "react";
import { useStore } from "zustand";
import { changePreferences, preferences } from "../stores/preferences.ts";
import type { ColumnWidths } from "../ui/grid/types.ts";

const NONE: ColumnWidths = {};

export function useColumnWidths(list: string): { readonly widths: ColumnWidths; readonly setWidths: (widths: ColumnWidths) => void } {
  const widths = useStore(preferences, ({ columnWidths }) => columnWidths[list] ?? NONE);
  const setWidths = useCallback(
    (next: ColumnWidths) => void changePreferences({ columnWidths: { ...preferences.getState().columnWidths, [list]: next } }),
    [list],
  );
  return { widths, setWidths };
}

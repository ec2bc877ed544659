/** The roles of a tree, whose items stand one below the other with their level. */
import type { TreeRow } from "./container-tree.ts";

export const TREE = { role: "tree" } as const;

export function treeItem({ container, level, expanded, loading, place, siblings }: TreeRow, selected: boolean) {
  return {
    role: "treeitem",
    "aria-level": level,
    "aria-posinset": place,
    "aria-setsize": siblings,
    "aria-selected": selected,
    "aria-busy": loading,
    ...(container.hasChildren ? { "aria-expanded": expanded } : {}),
  } as const;
}

/** The roles of a tree in a list: the linter takes them for the wrong ones where they are written on the elements. */
import type { TreeRow } from "./container-tree.ts";

export const TREE = { role: "tree" } as const;
/** What only holds an item. */
export const treeGroup = { role: "none" } as const;

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

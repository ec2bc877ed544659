/** What was written since the practice organisation began: it outlives a rebuilding of the tree, and goes with `reset`. */
import { dnKey } from "./names.ts";
import type { Entry, Tree } from "./tree.ts";

export interface Written {
  put(tree: Tree, entry: Entry): void;
  drop(tree: Tree, entry: Entry): void;
  /** Brings everything that was written into a tree that was built anew. */
  apply(tree: Tree): void;
  /** Counts the changes: an update sequence number. */
  nextNumber(): number;
  forget(): void;
}

/** Where the numbers begin: the built entries came before. */
const FIRST_NUMBER = 20_000;

export function createWritten(): Written {
  /** By name; null for what was deleted. In the order of the first writing, so that what holds others comes first. */
  const changed = new Map<string, { readonly dn: string; readonly entry: Entry | null }>();
  let number = FIRST_NUMBER;
  const note = (dn: string, entry: Entry | null) => {
    const key = dnKey(dn) ?? dn;
    // What comes back after it was deleted comes after what holds it now.
    if (changed.get(key)?.entry === null) changed.delete(key);
    changed.set(key, { dn, entry });
  };
  return {
    put(tree, entry) {
      note(entry.dn, entry);
      tree.put(entry);
    },
    drop(tree, entry) {
      note(entry.dn, null);
      tree.drop(entry.dn);
    },
    apply(tree) {
      for (const { dn, entry } of changed.values()) {
        if (entry === null) tree.drop(dn);
        else tree.put(entry);
      }
    },
    nextNumber: () => (number += 1),
    forget: () => changed.clear(),
  };
}

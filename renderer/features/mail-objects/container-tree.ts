/** The directory's tree of containers as far as it was opened, a level at a time. */
import type { Container } from "../../../shared/model/mail-plan.ts";

/** What is known below a container; null stands for the domain's own level, whose containers are the tree's first. */
export type Levels = ReadonlyMap<string | null, readonly Container[]>;

export interface TreeRow {
  readonly container: Container;
  /** From 1. */
  readonly level: number;
  readonly parent: string | null;
  readonly expanded: boolean;
  /** Open, and what is below it is not known yet. */
  readonly loading: boolean;
  /** Place among its siblings, from 1, and how many there are. */
  readonly place: number;
  readonly siblings: number;
}

/** The rows that are seen, from the top. */
export function treeRows(levels: Levels, open: ReadonlySet<string>, parent: string | null = null, level = 1): readonly TreeRow[] {
  const containers = levels.get(parent) ?? [];
  return containers.flatMap((container, index) => {
    const expanded = container.hasChildren && open.has(container.dn);
    const row: TreeRow = { container, level, parent, expanded, loading: expanded && !levels.has(container.dn), place: index + 1, siblings: containers.length };
    return expanded ? [row, ...treeRows(levels, open, container.dn, level + 1)] : [row];
  });
}

/** What a key does in a tree, by the pattern of the ARIA Authoring Practices; null where it is not the tree's. */
export type TreeMove = { readonly do: "focus"; readonly dn: string } | { readonly do: "open" | "close" | "choose"; readonly dn: string } | { readonly do: "nothing" };

export function treeMove(key: string, rows: readonly TreeRow[], focused: string): TreeMove | null {
  const at = rows.findIndex(({ container }) => container.dn === focused);
  const row = rows[at];
  if (row === undefined) return null;
  const to = (next: TreeRow | undefined): TreeMove => (next === undefined ? { do: "nothing" } : { do: "focus", dn: next.container.dn });
  switch (key) {
    case "ArrowDown":
      return to(rows[at + 1]);
    case "ArrowUp":
      return to(rows[at - 1]);
    case "Home":
      return to(rows[0]);
    case "End":
      return to(rows.at(-1));
    case "ArrowRight":
      if (!row.container.hasChildren) return { do: "nothing" };
      return row.expanded ? to(rows[at + 1]?.parent === focused ? rows[at + 1] : undefined) : { do: "open", dn: focused };
    case "ArrowLeft":
      if (row.expanded) return { do: "close", dn: focused };
      return row.parent === null ? { do: "nothing" } : { do: "focus", dn: row.parent };
    case "Enter":
    case " ":
      return { do: "choose", dn: focused };
    default:
      return key.length === 1 ? to(startingWith(key, rows, at)) : null;
  }
}

/** The next row whose name begins with a letter, past the last from the top again. */
function startingWith(letter: string, rows: readonly TreeRow[], at: number): TreeRow | undefined {
  const wanted = letter.toLocaleLowerCase();
  return [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(({ container }) => container.name.toLocaleLowerCase().startsWith(wanted));
}

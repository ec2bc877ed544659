/** The name a person probably meant. */

/** Letters left out, put in, replaced or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const at = (up: number, left: number) => (up === 0 ? line : rows[row - up])?.[column - left] ?? Infinity;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1] ? at(2, 2) + 1 : Infinity;
      line.push(Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (one[row - 1] === other[column - 1] ? 0 : 1), swapped));
    }
    rows.push(line);
  }
  return rows[one.length]?.[other.length] ?? Infinity;
}

/** Beyond this, in characters, nobody meant any of the names. */
const LONGEST = 64;

/** The nearest of the names, or null when none is near: the only one that begins so, or one with up to a third of its letters wrong, and at least one. */
export function nearest(typed: string, names: readonly string[]): string | null {
  if (typed.length > LONGEST) return null;
  const lower = typed.toLowerCase();
  const begun = lower.length < 2 ? [] : names.filter((name) => name.startsWith(lower));
  if (begun.length === 1) return begun[0] ?? null;
  const [best] = names.map((name) => ({ name, away: distance(lower, name) })).toSorted((one, other) => one.away - other.away);
  return best !== undefined && best.away <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

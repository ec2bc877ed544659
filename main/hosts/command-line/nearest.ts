import leven, { closestMatch } from "leven";

/** Beyond this, in characters, nobody meant any of the names. */
const LONGEST = 64;

/** The name a person probably meant: the only one that begins so, else the nearest with up to a third of its letters wrong. Null when none is near. */
export function nearest(typed: string, names: readonly string[]): string | null {
  if (typed.length > LONGEST) return null;
  const lower = typed.toLowerCase();
  const begun = lower.length < 2 ? [] : names.filter((name) => name.startsWith(lower));
  if (begun.length === 1) return begun[0] ?? null;
  // Two letters that changed places count as two: a third is rounded up.
  return closestMatch(lower, names.filter((name) => leven(lower, name) <= Math.ceil(name.length / 3))) ?? null;
}

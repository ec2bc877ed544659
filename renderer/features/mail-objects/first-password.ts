/** A first password, made in the page: long enough for any domain's policy, and without characters that look alike. */

const CLASSES = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!#%+-=?@"] as const;
const ALL = CLASSES.join("");
const LENGTH = 16;

/** A whole number below `limit`, each as likely: numbers past the last whole multiple are drawn again. */
function below(limit: number): number {
  const usable = 0x1_0000_0000 - (0x1_0000_0000 % limit);
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn);
  while ((drawn[0] ?? 0) >= usable);
  return (drawn[0] ?? 0) % limit;
}

const pick = (from: string): string => from.charAt(below(from.length));

/** Sixteen characters with at least one capital, one small letter, one digit and one sign, in any order. */
export function firstPassword(): string {
  const drawn = [...CLASSES.map(pick), ...Array.from({ length: LENGTH - CLASSES.length }, () => pick(ALL))];
  for (let at = drawn.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [drawn[at], drawn[other]] = [drawn[other] ?? "", drawn[at] ?? ""];
  }
  return drawn.join("");
}

/** One fault to put into the product: a text that stands once in a file, and what is written in its place. */

/**
 * What the fault does. `lost`: something that was acknowledged or typed is gone. `leaked`: a secret, or a way in, is open to
 * others. `left-behind`: a resource that nobody lets go of. `told`: a person is told nothing, or what is not so.
 */
export type Kind = "lost" | "leaked" | "left-behind" | "told" | "other";

export interface Edit {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What no longer holds with the fault in place. */
  readonly promise: string;
  readonly kind: Kind;
  /** Files or folders of tests that may notice, instead of the room's own. */
  readonly tests?: readonly string[];
}

/** Edits of one room, and the tests that are asked about them. */
export interface EditedRoom {
  readonly tests: readonly string[];
  readonly edits: readonly Edit[];
}

/** The text with the edit made; null where it does not apply: what it replaces is gone, or stands more than once. */
export function edited(text: string, { find, replace }: Edit): string | null {
  const at = text.indexOf(find);
  if (at === -1 || text.includes(find, at + 1)) return null;
  return text.slice(0, at) + replace + text.slice(at + find.length);
}

import type { SearchedWord } from "../model/search.ts";

/** Whether an entry of a kind with these values holds every word. */
export function holdsWords(words: readonly SearchedWord[], kind: string, values: readonly (string | null)[]): boolean {
  const text = values.join("\n").toLowerCase();
  return words.every((word) => word.kinds.includes(kind) || text.includes(word.text.toLowerCase()));
}

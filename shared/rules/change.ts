/** One difference, as key and values. */
import type { Change } from "../model/draft.ts";

/** A change of what every identity store has, or none when both sides are the same. */
export function change(key: string, before: string | null, after: string | null, provider: string | null = null): Change[] {
  return before === after ? [] : [{ key, provider, before, after, secret: false }];
}

/** A change of a secret by reference: equal references are equal secrets. */
export function secretChange(key: string, before: string | null, after: string | null, provider: string | null = null): Change[] {
  if (before === after) return [];
  const word = after === null ? "cleared" : before === null ? "set" : "changed";
  return [{ key, provider, before: null, after: word, secret: true }];
}

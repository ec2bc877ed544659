/** What two sides differ in, whichever of them is called the left one: exchanging the sides exchanges the values. */
import type { Change } from "../model/draft.ts";
import { draftKey } from "./draft-changes.ts";

/** Keys and words that say which side lacks something. */
const OPPOSITES: Readonly<Record<string, string>> = { "servers.added": "servers.dropped", "servers.dropped": "servers.added", set: "cleared", cleared: "set" };

function opposite(word: string): string {
  return OPPOSITES[word] ?? word;
}

/** The change seen from the other side. */
export function mirrored({ key, provider, before, after, secret }: Change): Change {
  return secret ? { key, provider, before, after: after === null ? null : opposite(after), secret } : { key: opposite(key), provider, before: after, after: before, secret };
}

/**
 * All differences: what a change from left to right says, and what one from right to left says besides. A change speaks of what it leads
 * to, such as the fields of the provider that is chosen then.
 */
export function bothWays(forth: readonly Change[], back: readonly Change[]): Change[] {
  const said = new Set(forth.map(({ provider, key }) => draftKey(provider, key)));
  return [...forth, ...back.map(mirrored).filter(({ provider, key }) => !said.has(draftKey(provider, key)))];
}

export type ChangeKind = "added" | "removed" | "changed";

/** Whether the right side alone has something, the left one alone, or both in another form. */
export function changeKind({ before, after, secret }: Pick<Change, "before" | "after" | "secret">): ChangeKind {
  if (secret) return after === "set" ? "added" : after === "cleared" ? "removed" : "changed";
  return before === null ? "added" : after === null ? "removed" : "changed";
}

/**
 * Secrets and files that another window stands against: the way to enter them again, which has what was typed, in memory and for as
 * long as the question stands. No state and no difference says what they are.
 */
import type { Difference, Picks } from "../../shared/model/draft.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";

interface HeldEntry {
  readonly provider: string;
  /** `secrets.password`. */
  readonly key: string;
  readonly again: () => Promise<void>;
}

export interface HeldEntries {
  hold(provider: string, key: string, again: () => Promise<void>): void;
  /** It was taken, or is no longer wanted. */
  settle(provider: string, key: string): void;
  clear(): void;
  /** What is held, as differences from whatever stands now. */
  differences(): readonly Difference[];
  /** Enters what was picked as one's own, and lets go of everything else. */
  enterAgain(picks: Picks): Promise<void>;
}

export function createHeldEntries(): HeldEntries {
  const entries = new Map<string, HeldEntry>();
  return {
    hold: (provider, key, again) => entries.set(draftKey(provider, key), { provider, key, again }),
    settle: (provider, key) => entries.delete(draftKey(provider, key)),
    clear: () => entries.clear(),
    differences: () => [...entries.values()].map(({ provider, key }) => ({ provider, key, before: null, after: "changed", secret: true, by: null, at: null })),
    async enterAgain(picks) {
      const wanted = [...entries].flatMap(([key, { again }]) => (picks[key] === "mine" ? [again] : []));
      entries.clear();
      for (const again of wanted) await again();
    },
  };
}

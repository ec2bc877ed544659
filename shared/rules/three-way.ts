/** Two who went on from the same: whose changes stand by themselves, and over which both must be asked. */
import type { Change } from "../model/draft.ts";

export interface ThreeWay {
  /** Changed here and there, and not to the same. `before` is theirs, `after` is mine. */
  readonly apart: readonly Change[];
  /** Keys that only they changed. */
  readonly theirs: ReadonlySet<string>;
}

/**
 * `mine` and `theirs` are the changes from what both began with; `between` those that lead from theirs to mine. Only keys of
 * `between` matter: elsewhere both say the same by now.
 */
export function threeWay(mine: readonly Change[], theirs: readonly Change[], between: readonly Change[]): ThreeWay {
  const keys = (changes: readonly Change[]) => new Set(changes.map(({ key }) => key));
  const [byMe, byThem] = [keys(mine), keys(theirs)];
  return {
    apart: between.filter(({ key }) => byMe.has(key) && byThem.has(key)),
    theirs: new Set(between.flatMap(({ key }) => (byThem.has(key) && !byMe.has(key) ? [key] : []))),
  };
}

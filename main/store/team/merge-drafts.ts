/** A draft that one person went on with in two places: on this computer while the database was away, and on another console. */
import { isDeepStrictEqual } from "node:util";
import type { SealedMessaging, StoredDraft } from "../types.ts";

export interface MergedDraft {
  readonly draft: StoredDraft;
  /** What was changed in both places and not to the same, as `exchange values.domain`: here it is what was entered on this computer. */
  readonly apart: readonly string[];
}

/** What one side alone changed stands; where both did, `mine`, which `apart` hears of. */
type Pick = <T>(what: string, base: T, mine: T, theirs: T) => T;
type Fields<T> = Readonly<Record<string, T>>;

function eachField<T>(pick: Pick, what: string, base: Fields<T>, mine: Fields<T>, theirs: Fields<T>): Record<string, T> {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = pick<T | undefined>(`${what}.${name}`, base[name], mine[name], theirs[name]);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** An order of servers has no parts that could be put together, and belongs to the listing that it is an order of. */
function listingOf({ configuration: { servers, syncedAt, notShown, complete } }: SealedMessaging) {
  return { servers, syncedAt, notShown, complete };
}

function mergeForm(pick: Pick, provider: string, base: SealedMessaging | undefined, mine: SealedMessaging | undefined, theirs: SealedMessaging | undefined): SealedMessaging | undefined {
  if (base === undefined || mine === undefined || theirs === undefined) return pick(`${provider} provider`, base, mine, theirs);
  const listing = pick(`${provider} servers.priorities`, listingOf(base), listingOf(mine), listingOf(theirs));
  const variant = pick(`${provider} provider`, base.configuration.variant, mine.configuration.variant, theirs.configuration.variant);
  const values = eachField(pick, `${provider} values`, base.configuration.values, mine.configuration.values, theirs.configuration.values);
  return {
    configuration: { ...mine.configuration, ...listing, variant, values },
    secrets: eachField(pick, `${provider} secrets`, base.secrets, mine.secrets, theirs.secrets),
    certificates: eachField(pick, `${provider} certificates`, base.certificates, mine.certificates, theirs.certificates),
  };
}

/** `base` is what both began with, `theirs` what stands in the database: the result is the next version of that. */
export function mergeDrafts(base: StoredDraft, mine: StoredDraft, theirs: StoredDraft): MergedDraft {
  const apart: string[] = [];
  const pick: Pick = (what, before, own, other) => {
    if (isDeepStrictEqual(own, other) || isDeepStrictEqual(own, before)) return other;
    if (!isDeepStrictEqual(other, before)) apart.push(what);
    return own;
  };
  const providers = new Set([...Object.keys(mine.forms), ...Object.keys(theirs.forms)]);
  const forms = [...providers].flatMap((provider) => {
    const form = mergeForm(pick, provider, base.forms[provider], mine.forms[provider], theirs.forms[provider]);
    return form === undefined ? [] : [[provider, form] as const];
  });
  // Of what they changed nobody who saw this computer's draft knows.
  const news = Object.entries(theirs.touched).flatMap(([key, touch]) => (isDeepStrictEqual(touch, base.touched[key]) ? [] : [[key, { ...touch, after: Math.max(touch.after, mine.version) }] as const]));
  const draft: StoredDraft = {
    ...theirs,
    id: mine.id,
    touched: { ...mine.touched, ...Object.fromEntries(news) },
    choice: pick(`${mine.choice.provider} provider`, base.choice, mine.choice, theirs.choice),
    forms: Object.fromEntries(forms),
    baseRevision: Math.max(mine.baseRevision, theirs.baseRevision),
    tested: { state: "untested" },
    updatedAt: Math.max(mine.updatedAt, theirs.updatedAt),
  };
  return { draft, apart: [...new Set(apart)] };
}

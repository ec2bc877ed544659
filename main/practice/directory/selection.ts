/** Which attributes of an entry a search returns, and which values of a large one. */
import type { ReturnedAttribute } from "./messages.ts";
import type { Entry } from "./tree.ts";

/** Values Active Directory returns of one attribute at a time (`MaxValRange`). */
export const MOST_VALUES = 1500;

interface Wanted {
  readonly name: string;
  readonly range: { readonly from: number; readonly to: number } | null;
}

function parse(description: string): Wanted {
  const [name = "", ...options] = description.toLowerCase().split(";");
  const match = options.map((option) => /^range=(\d{1,9})-(\d{1,9}|\*)$/.exec(option)).find((found) => found !== null);
  if (match === undefined || match === null) return { name, range: null };
  const to = match[2] === "*" ? Number.POSITIVE_INFINITY : Number(match[2]);
  return { name, range: { from: Number(match[1]), to } };
}

function withValues(name: string, values: readonly Buffer[], range: Wanted["range"]): readonly ReturnedAttribute[] {
  if (range === null && values.length <= MOST_VALUES) return [{ name, values }];
  const from = range?.from ?? 0;
  const to = Math.min(range?.to ?? Number.POSITIVE_INFINITY, from + MOST_VALUES - 1);
  if (from >= values.length) return [];
  const last = to >= values.length - 1 ? "*" : String(to);
  const ranged = { name: `${name};range=${from}-${last}`, values: values.slice(from, to + 1) };
  // Asked for without a range, the plain name comes too, empty.
  return range === null ? [{ name, values: [] }, ranged] : [ranged];
}

/**
 * The attributes to return. Names come back as the schema spells them; nothing selected, or `*`, is all; `1.1` is none.
 */
export function selectAttributes(entry: Entry, requested: readonly string[], typesOnly: boolean): readonly ReturnedAttribute[] {
  const wanted = requested.map(parse);
  const all = wanted.length === 0 || wanted.some(({ name }) => name === "*");
  const returned: ReturnedAttribute[] = [];
  for (const name of entry.names) {
    const lower = name.toLowerCase();
    const asked = wanted.filter((each) => each.name === lower);
    if (asked.length === 0 && !all) continue;
    const values = entry.values(lower);
    const range = asked.find((each) => each.range !== null)?.range ?? null;
    returned.push(...withValues(name, values, range));
  }
  return typesOnly ? returned.map(({ name }) => ({ name, values: [] })) : returned;
}

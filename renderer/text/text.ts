/** Every sentence a person reads, by key. */
import type { english } from "./english/index.ts";
import { first } from "./english/first.ts";
import { providers } from "./english/providers/index.ts";
import { formatCount } from "./format.ts";

type English = typeof english;
/** Plural forms (`rows_one`, `rows_other`) are chosen by the fact `count`; the key is the common part. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type TextKey = { [D in keyof English]: `${D}.${WithoutPlural<Extract<keyof English[D], string>>}` }[keyof English];
export type Facts = Readonly<Record<string, string | number>>;

interface Texts {
  readonly [key: string]: string | Texts;
}

/** The first page's from the beginning; `all-texts.ts` adds the others. */
const texts = new Map<string, string | Texts>(Object.entries({ ...first, provider: providers }));

/** Adds what further domains have to say. */
export function addTexts(more: Texts): void {
  for (const [domain, itsTexts] of Object.entries(more)) texts.set(domain, itsTexts);
}

/** The sentence of a key, with its facts filled in; the key itself where it has none. */
export function say(key: TextKey, facts: Facts = {}): string {
  return sayIfKnown(key, facts) ?? key;
}

/** The sentence of a key that is put together while running, or null when there is none. */
export function sayIfKnown(key: string, facts: Facts = {}): string | null {
  const text = (typeof facts["count"] === "number" ? find(`${key}_${facts["count"] === 1 ? "one" : "other"}`) : null) ?? find(key);
  return text === null ? null : text.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => factIn(name, facts[name] ?? ""));
}

/** A count is written as people write one, `1,002`; other numbers name something, such as a port. */
function factIn(name: string, value: string | number): string {
  return name === "count" && typeof value === "number" ? formatCount(value) : String(value);
}

function find(key: string): string | null {
  const [domain = "", ...steps] = key.split(".");
  const found = steps.reduce<string | Texts | undefined>(
    (texts, step) => (typeof texts === "object" && Object.hasOwn(texts, step) ? texts[step] : undefined),
    texts.get(domain),
  );
  return typeof found === "string" ? found : null;
}

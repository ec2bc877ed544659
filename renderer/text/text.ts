/** Every sentence a person reads, by key. */
import { createInstance } from "i18next";
import { english } from "./english/index.ts";
import { providers } from "./english/providers/index.ts";

type English = typeof english;
/** Plural forms (`rows_one`, `rows_other`) are chosen by the fact `count`; the key is the common part. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type TextKey = { [D in keyof English]: `${D}.${WithoutPlural<Extract<keyof English[D], string>>}` }[keyof English];
export type Facts = Readonly<Record<string, string | number>>;

const texts = createInstance();
void texts.init({
  lng: "en",
  fallbackLng: "en",
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: { ...english, provider: providers } } },
});

/** The sentence of a key, with its facts filled in. */
export function say(key: TextKey, facts: Facts = {}): string {
  return texts.t(key, facts);
}

/** The sentence of a key that is put together while running, or null when there is none. */
export function sayIfKnown(key: string, facts: Facts = {}): string | null {
  return texts.exists(key, facts) ? texts.t(key, facts) : null;
}

/** The steps that a value of a job goes through on its way from a row of the source to a field: texts in, texts out. */
import transliterate from "@sindresorhus/transliterate";
import type { TransformStep } from "../../shared/model/transform.ts";
import { readTyped } from "../../shared/rules/typed-value.ts";

/** Why there is no value: an issue's code, with what its sentence needs. */
export interface Refused {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A step with what it remembers of the values before: a value, or why there is none. */
export type OpenStep = (text: string) => string | Refused;

/** As much as a cell of a workbook holds (Microsoft, "Excel specifications and limits"): steps that multiply a text end here. */
export const VALUE_LIMIT = 32_767;

/** The form in which two texts count as the same one. Both ways, because letters such as the Greek sigma have two small forms. */
export function withoutCase(text: string): string {
  return text.normalize("NFC").toUpperCase().toLowerCase();
}

/** Without blanks of any kind and characters that nobody sees at both ends. */
export function withoutEdges(text: string): string {
  return readTyped(text, "line");
}

export function isBlank(text: string): boolean {
  return withoutEdges(text) === "";
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const words = new Intl.Segmenter("und", { granularity: "word" });
/** Where each UTF-16 unit is a character as a person counts them. */
const PLAIN = /^[\x20-\x7E]*$/;

/** `count` characters of a text after `start` of them. */
function portion(text: string, start: number, count: number): string {
  if (PLAIN.test(text)) return text.slice(start, start + count);
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
    .slice(start, start + count)
    .join("");
}

function lastOf(text: string, count: number): string {
  const length = PLAIN.test(text) ? text.length : Array.from(graphemes.segment(text)).length;
  return portion(text, Math.max(0, length - count), count);
}

/** The first character of every word large and the others small, by no language's own rules. */
function inTitleCase(text: string): string {
  return Array.from(words.segment(text), ({ segment }) => {
    const [first = ""] = segment;
    return first.toUpperCase() + segment.slice(first.length).toLowerCase();
  }).join("");
}

const CASES = {
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
  title: inTitleCase,
};

// oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
const NOT_ASCII = /[^\x00-\x7F]+/g;

function openLookup({ table, otherwise }: Extract<TransformStep, { kind: "lookup" }>): OpenStep {
  const found = new Map(table.toReversed().map(({ from, to }) => [withoutCase(from), to]));
  return (text) => {
    const to = found.get(withoutCase(text));
    if (to !== undefined) return to;
    if (otherwise === "refuse") return { code: "not-in-table", facts: { value: text } };
    return otherwise === "keep" ? text : "";
  };
}

/** A blank is nobody's name: it stays one. */
function openUnique(): OpenStep {
  const taken = new Set<string>();
  const nextNumbers = new Map<string, number>();
  return (text) => {
    if (isBlank(text)) return text;
    const base = withoutCase(text);
    let value = text;
    let number = nextNumbers.get(base) ?? 2;
    for (; taken.has(withoutCase(value)); number += 1) value = `${text}${number}`;
    nextNumbers.set(base, number);
    taken.add(withoutCase(value));
    return value;
  };
}

/** Opens a step. What `unique` has seen belongs to the step that was opened, and to no other. */
export function openStep(step: TransformStep): OpenStep {
  switch (step.kind) {
    case "trim":
      return withoutEdges;
    case "left":
      return (text) => portion(text, 0, step.count);
    case "right":
      return (text) => lastOf(text, step.count);
    case "substring":
      return (text) => portion(text, step.start, step.length);
    case "case":
      return CASES[step.to];
    case "replace":
      // By a function: in a text `$&` would mean what was found.
      return (text) => text.replaceAll(step.find, () => step.by);
    case "lookup":
      return openLookup(step);
    case "default":
      return (text) => (isBlank(text) ? step.text : text);
    case "transliterate":
      // A character that has no ASCII form goes.
      return (text) => transliterate(text).replaceAll(NOT_ASCII, "");
    case "unique":
    default:
      return openUnique();
  }
}

/** The text, or why it is none: it is longer than any field. */
export function withinLimit(text: string): string | Refused {
  return text.length > VALUE_LIMIT ? { code: "longer-than", facts: { limit: VALUE_LIMIT } } : text;
}

/** Takes a value through steps, as far as the first that refuses it. */
export function takeSteps(text: string | Refused, steps: readonly OpenStep[]): string | Refused {
  return steps.reduce<string | Refused>(
    (value, step) => {
      if (typeof value !== "string") return value;
      const next = step(value);
      return typeof next === "string" ? withinLimit(next) : next;
    },
    typeof text === "string" ? withinLimit(text) : text,
  );
}

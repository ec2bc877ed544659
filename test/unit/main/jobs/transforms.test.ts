import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openStep, takeSteps, VALUE_LIMIT, withoutCase, type Refused } from "../../../../main/jobs/transforms.ts";
import type { TransformStep } from "../../../../shared/model/transform.ts";

const unicode = fc.string({ unit: "grapheme", maxLength: 40 });
const take = (step: TransformStep, text: string) => takeSteps(text, [openStep(step)]);
const textOf = (made: string | Refused) => (typeof made === "string" ? made : made.code);
const takeText = (step: TransformStep, text: string) => textOf(take(step, text));
const family = "👨‍👩‍👧";
const countries = [{ from: "Germany", to: "DE" }, { from: "STRASSE", to: "street" }, { from: "germany", to: "second" }, { from: "toString", to: "" }];

it.each<[string, TransformStep, string, string]>([
  ["blanks of any kind and what nobody sees", { kind: "trim" }, "\u00A0\u200B\t Anna  Meier \uFEFF\u3000", "Anna  Meier"],
  ["the first characters", { kind: "left", count: 3 }, "Müller", "Mül"],
  ["the first characters, marks with their letters", { kind: "left", count: 2 }, "u\u0308ber", "u\u0308b"],
  ["the first characters, as a person counts them", { kind: "left", count: 1 }, `${family}x`, family],
  ["no first character", { kind: "left", count: 0 }, "abc", ""],
  ["the last characters", { kind: "right", count: 4 }, "Extension 4711", "4711"],
  ["the last characters, as a person counts them", { kind: "right", count: 2 }, `x${family}y`, `${family}y`],
  ["all where there are fewer", { kind: "right", count: 9 }, "é1", "é1"],
  ["a part from within", { kind: "substring", start: 1, length: 2 }, "+92-42", "92"],
  ["a part from within, as a person counts", { kind: "substring", start: 1, length: 1 }, `a${family}b`, family],
  ["nothing from behind the end", { kind: "substring", start: 10, length: 2 }, "abc", ""],
  ["small letters", { kind: "case", to: "lower" }, "MÜLLER I", "müller i"],
  ["large letters", { kind: "case", to: "upper" }, "straße i", "STRASSE I"],
  ["words with a large letter", { kind: "case", to: "title" }, "ÉMILE  van-der MEER, 2nd 𐐨𐐨", "Émile  Van-Der Meer, 2nd 𐐀𐐨"],
  ["a text in the place of each other", { kind: "replace", find: ".", by: "$&-" }, "a.b.c", "a$&-b$&-c"],
  ["the table's first entry, without case", { kind: "lookup", table: countries, otherwise: "refuse" }, "GERMANY", "DE"],
  ["letters of two forms alike", { kind: "lookup", table: countries, otherwise: "refuse" }, "straße", "street"],
  ["what the table makes blank", { kind: "lookup", table: countries, otherwise: "keep" }, "tostring", ""],
  ["what is not in the table, kept", { kind: "lookup", table: countries, otherwise: "keep" }, "constructor", "constructor"],
  ["what is not in the table, as a blank", { kind: "lookup", table: countries, otherwise: "blank" }, "France", ""],
  ["something for a blank", { kind: "default", text: "unknown" }, " \u00A0", "unknown"],
  ["what is no blank", { kind: "default", text: "unknown" }, "0", "0"],
  ["ASCII letters", { kind: "transliterate" }, "Jürgen Groß, Łukasz, Анна 😀", "Juergen Gross, Lukasz, Anna "],
])("makes %s", (_what, step, text, expected) => {
  expect(take(step, text)).toBe(expected);
});

it("refuses what is not in a table that says so, with the value", () => {
  expect(take({ kind: "lookup", table: countries, otherwise: "refuse" }, "France")).toEqual({ code: "not-in-table", facts: { value: "France" } });
});

it("goes no further than the first step that refuses", () => {
  const steps: TransformStep[] = [{ kind: "lookup", table: [], otherwise: "refuse" }, { kind: "default", text: "x" }];
  expect(takeSteps("France", steps.map(openStep))).toMatchObject({ code: "not-in-table" });
});

it("refuses a text that steps multiply, before it fills the memory", () => {
  const grow = openStep({ kind: "replace", find: "a", by: "a".repeat(255) });
  expect(takeSteps("a".repeat(255), Array.from({ length: 20 }, () => grow))).toEqual({ code: "longer-than", facts: { limit: VALUE_LIMIT } });
  expect(takeSteps("b".repeat(VALUE_LIMIT), [grow])).toBe("b".repeat(VALUE_LIMIT));
  expect(takeSteps("b".repeat(VALUE_LIMIT + 1), [])).toMatchObject({ code: "longer-than" });
});

describe("numbering", () => {
  const number = (...texts: string[]) => {
    const unique = openStep({ kind: "unique" });
    return texts.map((text) => unique(text));
  };

  it("begins at 2, without regard to case", () => {
    expect(number("anna", "Anna", "ANNA", "ben")).toEqual(["anna", "Anna2", "ANNA3", "ben"]);
  });

  it("leaves out a number that an earlier row has as it stands", () => {
    expect(number("anna", "ANNA2", "anna", "anna")).toEqual(["anna", "ANNA2", "anna3", "anna4"]);
    expect(number("anna", "anna", "anna2")).toEqual(["anna", "anna2", "anna22"]);
  });

  it("leaves blanks as they are", () => {
    expect(number("", "", " ", " ")).toEqual(["", "", " ", " "]);
  });

  it("remembers nothing of another step", () => {
    expect([number("anna"), number("anna")]).toEqual([["anna"], ["anna"]]);
  });
});

describe("for any text", () => {
  it("left and right make the whole of it", () => {
    const split = fc.record({ text: fc.oneof(unicode, fc.string({ unit: "binary", maxLength: 40 })), count: fc.nat(50) });
    fc.assert(
      fc.property(split, ({ text, count }) => {
        const length = Array.from(new Intl.Segmenter("und").segment(text)).length;
        const left = takeText({ kind: "left", count }, text);
        expect(left + takeText({ kind: "right", count: Math.max(0, length - count) }, text)).toBe(text);
        expect(takeText({ kind: "substring", start: 0, length: count }, text)).toBe(left);
      }),
    );
  });

  it("replacing leaves nothing of what is found, where nothing of it comes back", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 3 });
    const others = fc.string({ unit: fc.constantFrom("x", "$", "&"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.oneof(letters, others)), letters, others, (parts, find, by) => {
        expect(takeText({ kind: "replace", find, by }, parts.join(""))).not.toContain(find);
      }),
    );
  });

  it("trimming twice is trimming once", () => {
    const edged = fc.string({ unit: fc.constantFrom("a", " ", "\u00A0", "\u200B", "\n", "é"), maxLength: 12 });
    fc.assert(
      fc.property(edged, (text) => {
        const once = takeText({ kind: "trim" }, text);
        expect(takeText({ kind: "trim" }, once)).toBe(once);
      }),
    );
  });

  it("transliteration leaves ASCII alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(takeText({ kind: "transliterate" }, text)).toMatch(/^[\0-\x7F]*$/);
      }),
    );
  });

  it("numbering makes no two the same", () => {
    const names = fc.array(fc.oneof(fc.stringMatching(/^[aAß]{1,2}[23]{0,2}$/), fc.constantFrom("ΑΣ", "ας", "ασ", "É", "e\u0301")), { maxLength: 40 });
    fc.assert(
      fc.property(names, (texts) => {
        const unique = openStep({ kind: "unique" });
        const made = texts.map((text) => withoutCase(textOf(unique(text))));
        expect(new Set(made).size).toBe(texts.length);
      }),
    );
  });
});

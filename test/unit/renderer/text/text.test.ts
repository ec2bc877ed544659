import { describe, expect, it } from "vitest";
import { addTexts, say, sayIfKnown } from "../../../../renderer/text/text.ts";

addTexts({
  trial: {
    rows_one: "{{count}} row in {{place}}",
    rows_other: "{{count}} rows in {{place}}",
    plain: "{{count}} of a kind",
    twice: "{{name}} and {{name}}, {{other}}",
    inner: { "entry-one": "An entry" },
  },
});

describe("a sentence", () => {
  it.each([
    [0, "0 rows in here"],
    [1, "1 row in here"],
    [1.5, "1.5 rows in here"],
    [2, "2 rows in here"],
    [1002, "1,002 rows in here"],
  ])("has the form for %d", (count, text) => {
    expect(sayIfKnown("trial.rows", { count, place: "here" })).toBe(text);
  });

  it("has one form where numbers make no difference", () => {
    expect(sayIfKnown("trial.plain", { count: 1 })).toBe("1 of a kind");
  });

  it("has its facts wherever they belong, and nothing for one that is missing", () => {
    expect(sayIfKnown("trial.twice", { name: "A" })).toBe("A and A, ");
  });

  it("takes facts as they are: names from outside are no templates, no markup and no replacement patterns", () => {
    const hostile = "{{other}} $& $1 <b> $t(trial.plain)";
    expect(sayIfKnown("trial.twice", { name: hostile, other: "secret" })).toBe(`${hostile} and ${hostile}, secret`);
  });

  it("is found in the folders of its domain", () => {
    expect(sayIfKnown("trial.inner.entry-one")).toBe("An entry");
  });

  it.each(["trial", "trial.inner", "trial.gone", "trial.inner.gone.on", "trial.constructor", "trial.toString.name", "constructor.name", "", "gone.gone"])("is none for %j", (key) => {
    expect(sayIfKnown(key)).toBeNull();
  });

  it("that is missing is shown by its key", () => {
    expect(Reflect.apply(say, null, ["trial.gone"])).toBe("trial.gone");
  });
});

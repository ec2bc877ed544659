import { describe, expect, it } from "vitest";
import { aliasesOf, questionOf, type BenchForm } from "../../../../../renderer/features/alias-bench/question.ts";

const form: BenchForm = { pattern: "^a$", maximumLength: "64", domain: "", aliases: "a" };

describe("aliases out of a text", () => {
  it("are its lines, whatever ends them, without empty ones and outer white space", () => {
    expect(aliasesOf("a\r\nb c \n\n\td\re\n")).toEqual(["a", "b c", "d", "e"]);
    expect(aliasesOf(" \n ")).toEqual([]);
  });
});

describe("the question", () => {
  it("has null for what is not limited", () => {
    expect(questionOf({ ...form, maximumLength: " ", domain: "  " })).toEqual({
      question: { pattern: "^a$", maximumLength: null, domain: null, aliases: ["a"] },
    });
    expect(questionOf({ ...form, domain: " gmail.com " })).toMatchObject({ question: { maximumLength: 64, domain: "gmail.com" } });
  });

  it("keeps white space of the expression, which means something", () => {
    expect(questionOf({ ...form, pattern: " a " })).toMatchObject({ question: { pattern: " a " } });
  });

  it.each(["0", "1025", "-1", "6.5", "1e2", "many"])("refuses %s as a maximum length", (maximumLength) => {
    expect(questionOf({ ...form, maximumLength })).toHaveProperty("problems.maximumLength");
  });

  it.each(["1", "1024"])("takes %s as a maximum length", (maximumLength) => {
    expect(questionOf({ ...form, maximumLength })).toMatchObject({ question: { maximumLength: Number(maximumLength) } });
  });

  it("refuses an empty expression, and names every problem at once", () => {
    const refused = questionOf({ ...form, pattern: "", maximumLength: "x", aliases: "a\n".repeat(10_001) });
    expect("problems" in refused && Object.keys(refused.problems)).toEqual(["pattern", "maximumLength", "aliases"]);
  });

  it("takes ten thousand aliases of 4096 characters and says where it is too much", () => {
    expect(questionOf({ ...form, aliases: "a\n".repeat(10_000) })).toHaveProperty("question");
    expect(questionOf({ ...form, aliases: "a\n".repeat(10_001) })).toHaveProperty("problems.aliases", expect.stringContaining("10,001"));
    expect(questionOf({ ...form, aliases: "a".repeat(4096) })).toHaveProperty("question");
    expect(questionOf({ ...form, aliases: `a\n${"b".repeat(4097)}` })).toHaveProperty("problems.aliases", expect.stringMatching(/Line 2 .*4,097/));
  });
});

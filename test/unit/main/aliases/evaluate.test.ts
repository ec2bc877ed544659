import { describe, expect, test } from "vitest";
import { evaluateAliases, matchOne } from "../../../../main/aliases/index.ts";
import type { AliasAnswer, AliasQuestion } from "../../../../shared/model/alias.ts";
import { silentLogger } from "../../../lab/loggers.ts";

async function evaluate(question: Partial<AliasQuestion>, signal?: AbortSignal): Promise<AliasAnswer> {
  const asked = { pattern: "", maximumLength: null, domain: null, aliases: [], ...question };
  const answer = await evaluateAliases(asked, { powershell: null, signal, logger: silentLogger });
  if (!answer.ok) throw new Error(answer.fault.kind);
  return answer.value;
}

describe("many aliases at once", () => {
  test("each has its match, the matched part, the length rule and the address rule", async () => {
    const answer = await evaluate({
      pattern: "[a-z]+",
      maximumLength: 6,
      domain: "example.com",
      aliases: ["anna", "anna1", "ANNA", "a..b", "postmaster", ""],
    });
    expect(answer).toMatchObject({ engine: "JavaScript", patternError: null, unanchored: true, stopped: false });
    expect(answer.verdicts).toEqual([
      { alias: "anna", outcome: "fits", matches: true, matched: "anna", partial: false, length: 4, tooLong: false, addressIssue: null },
      { alias: "anna1", outcome: "partial", matches: true, matched: "anna", partial: true, length: 5, tooLong: false, addressIssue: null },
      { alias: "ANNA", outcome: "no-match", matches: false, matched: null, partial: false, length: 4, tooLong: false, addressIssue: null },
      { alias: "a..b", outcome: "partial", matches: true, matched: "a", partial: true, length: 4, tooLong: false, addressIssue: "double-dot" },
      { alias: "postmaster", outcome: "too-long", matches: true, matched: "postmaster", partial: false, length: 10, tooLong: true, addressIssue: "reserved" },
      { alias: "", outcome: "no-match", matches: false, matched: null, partial: false, length: 0, tooLong: false, addressIssue: "empty" },
    ]);
  });

  test("a pattern that is not valid is an answer, not a failure", async () => {
    const answer = await evaluate({ pattern: "(a", aliases: ["a"] });
    expect(answer.patternError).toEqual({ reason: "insufficient-closing-parentheses", offset: 2, words: null });
    expect(answer.verdicts[0]?.matches).toBeNull();
  });

  test("a catastrophic pattern is stopped, and what came before keeps its verdict", async () => {
    await evaluate({ pattern: "a", aliases: ["a"] });
    const started = performance.now();
    const answer = await evaluate({ pattern: "^([a-z0-9]+[._-]?)+$", aliases: ["anna", "bert", `${"a".repeat(40)}!`, "carl"] });
    const ms = performance.now() - started;
    expect(answer.stopped).toBe(true);
    expect(answer.verdicts.map(({ matches }) => matches)).toEqual([true, true, null, null]);
    expect(ms).toBeGreaterThan(240);
    expect(ms).toBeLessThan(10_000);
  });

  test("the thread of this test is free meanwhile", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    await evaluate({ pattern: "^(a+)+$", aliases: [`${"a".repeat(40)}!`] });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });

  test("ten thousand aliases are answered in order", async () => {
    const aliases = Array.from({ length: 10_000 }, (_none, i) => (i % 2 === 0 ? `user${i}` : `User${i}`));
    const answer = await evaluate({ pattern: "^[a-z]+\\d+$", aliases });
    expect(answer.verdicts.every(({ alias, matches }, i) => alias === aliases[i] && matches === (i % 2 === 0))).toBe(true);
  });

  test.each([
    ["first", 500],
    ["second", 2_500],
  ])("many are shared out to two threads; what runs away in the %s half ends the judging there", async (_words, at) => {
    const aliases = Array.from({ length: 3_000 }, (_none, i) => (i === at ? `${"a".repeat(40)}!` : `user${i}`));
    const answer = await evaluate({ pattern: "^(?:[a-z]+)+\\d+$", aliases });
    expect(answer.stopped).toBe(true);
    expect(answer.verdicts.map(({ matches }) => matches)).toEqual(aliases.map((_alias, i) => (i < at ? true : null)));
  });

  test("differences are those that any input shows, each once", async () => {
    const aliases = Array.from({ length: 3_000 }, (_none, i) => (i % 2_000 === 0 ? "\u088f" : "a"));
    const answer = await evaluate({ pattern: "^\\w(?:|b)+$", aliases });
    expect(answer.differences.map(({ construct }) => construct)).toEqual(["unicode-version", "empty-iteration"]);
  });

  test("an abort is a cancellation", async () => {
    const stop = new AbortController();
    const asked = matchOne({ pattern: "^(a+)+$", options: "None", input: `${"a".repeat(40)}!` }, { powershell: null, signal: stop.signal, logger: silentLogger });
    setTimeout(() => stop.abort(), 20);
    expect(await asked).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });
});

describe("one input", () => {
  test("is stopped at the limit too", async () => {
    const answer = await matchOne({ pattern: "^(a+)+$", options: "None", input: `${"a".repeat(40)}!` }, { powershell: null, logger: silentLogger });
    expect(answer).toMatchObject({ ok: true, value: { matches: null, value: null, stopped: true } });
  });

  test("follows .NET's option names", async () => {
    const answer = await matchOne({ pattern: "^b.c$", options: "IgnoreCase, Multiline, Singleline", input: "a\nB\nC" }, { powershell: null, logger: silentLogger });
    expect(answer).toMatchObject({ ok: true, value: { engine: "JavaScript", matches: true, value: "B\nC", stopped: false, error: null } });
  });
});

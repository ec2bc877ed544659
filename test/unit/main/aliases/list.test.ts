import { describe, expect, it } from "vitest";
import { evaluateAliases } from "../../../../main/aliases/index.ts";
import { matchWithJavaScript } from "../../../../main/aliases/javascript-engine.ts";
import { judgeNames, LIST_BATCH, type ListOptions } from "../../../../main/aliases/list.ts";
import { succeed } from "../../../../shared/fault.ts";
import type { AliasRule } from "../../../../shared/model/alias-list.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { take } from "../store/support.ts";

const match: ListOptions["match"] = async (question) => {
  const answer = await matchWithJavaScript(question);
  return answer.ok ? succeed({ engine: "JavaScript", ...answer.value }) : answer;
};
const options = (): ListOptions => ({ match, signal: new AbortController().signal, onJudged: () => {} });
const rule: AliasRule = { pattern: "^[a-z.]+", maximumLength: 20, domain: "contoso.com" };
const everyKind = ["anna.berg", "anna.berg2", "Anna", "a".repeat(21), "anna..berg", "postmaster", ""];

describe("a list of names", () => {
  it("gets the verdicts of the form and the command line, name by name", async () => {
    const { verdicts } = take(await judgeNames(everyKind, rule, options()));
    const form = take(await evaluateAliases({ ...rule, aliases: everyKind }, { powershell: null, logger: silentLogger }));
    expect(everyKind.map((_name, i) => verdicts.verdict(i))).toEqual(form.verdicts);
    expect(everyKind.map((_name, i) => verdicts.outcome(i))).toEqual(form.verdicts.map(({ outcome }) => outcome));
  });

  it("counts outcomes, and why names are no addresses", async () => {
    const { verdicts } = take(await judgeNames(everyKind, rule, options()));
    expect(verdicts.outcomes).toEqual({ fits: 1, partial: 1, "no-match": 2, "too-long": 1, address: 2, unanswered: 0 });
    expect([...verdicts.addressIssues]).toEqual([
      ["double-dot", 1],
      ["reserved", 1],
    ]);
  });

  it("finds who would get the alias of a name before, over the whole list, also where only a part of a name fits", async () => {
    const names = Array.from({ length: 2 * LIST_BATCH }, (_none, i) => `anna.${"x".repeat(i % 7)}${"abcdefghij"[i % 10]}${i}`);
    const list = ["anna.berg", ...names.map((name) => name.replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "")), "anna.berg99", "ANNA.BERG", "Anna.berg"];
    const { verdicts } = take(await judgeNames(list, { pattern: "^(?i:[a-z.]+)", maximumLength: null, domain: null }, options()));
    const last = list.length - 1;
    expect([last - 2, last - 1, last].map((index) => verdicts.sameAs(index))).toEqual([0, 0, 0]);
    expect(verdicts.sameAs(0)).toBeNull();
    expect(verdicts.duplicates).toBe(list.filter((_name, index) => verdicts.sameAs(index) !== null).length);
  });

  it("compares nothing that is refused: a name that gets no alias takes none away", async () => {
    const { verdicts } = take(await judgeNames(["1", "1", "postmaster", "postmaster"], { ...rule, pattern: "^[a-z]+$" }, options()));
    expect(verdicts.duplicates).toBe(0);
  });

  it("is judged up to the name on which the expression runs away", async () => {
    const names = [...Array.from({ length: LIST_BATCH + 10 }, () => "anna"), `${"a".repeat(40)}!`, ...Array.from({ length: LIST_BATCH }, () => "bernd")];
    const judged = take(await judgeNames(names, { ...rule, pattern: "^([a-z]+)+$", maximumLength: null }, options()));
    expect(judged.stoppedAt).toBe(LIST_BATCH + 10);
    expect(judged.verdicts.outcomes).toMatchObject({ fits: LIST_BATCH + 10, unanswered: LIST_BATCH + 1 });
  });

  it("has no verdict by an expression that .NET refuses, and asks no engine twice", async () => {
    let asked = 0;
    const counting: ListOptions["match"] = (question) => {
      asked += 1;
      return match(question);
    };
    const names = Array.from({ length: 3 * LIST_BATCH }, () => "anna");
    const judged = take(await judgeNames(names, { ...rule, pattern: "(" }, { ...options(), match: counting }));
    expect(judged.patternError).toMatchObject({ reason: "insufficient-closing-parentheses" });
    expect(judged.verdicts.outcomes.unanswered).toBe(names.length);
    expect(asked).toBe(1);
  });
});

describe("judging", () => {
  it("leaves others their turn after each batch, and tells how far it is", async () => {
    const names = Array.from({ length: 5 * LIST_BATCH + 1 }, (_none, i) => `anna${i}`);
    const heard: number[] = [];
    let turns = 0;
    let over = false;
    const count = () => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    // An engine that answers at once: what the threads of the others leave to the event loop does not count.
    const atOnce: ListOptions["match"] = ({ inputs }) => Promise.resolve(succeed({ engine: ".NET", error: null, spans: inputs.map(() => null), stopped: false, differences: [] }));
    await judgeNames(names, rule, { ...options(), match: atOnce, onJudged: (judged) => heard.push(judged) });
    over = true;
    expect(heard).toEqual([1, 2, 3, 4, 5].map((batch) => batch * LIST_BATCH).concat(names.length));
    expect(turns).toBeGreaterThanOrEqual(heard.length);
  });

  it("stops between two batches when it is cancelled", async () => {
    const stop = new AbortController();
    const heard: number[] = [];
    const judged = await judgeNames(
      Array.from({ length: 5 * LIST_BATCH }, () => "anna"),
      rule,
      {
        match,
        signal: stop.signal,
        onJudged: (names) => {
          heard.push(names);
          stop.abort();
        },
      },
    );
    expect(judged).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(heard).toEqual([LIST_BATCH]);
  });
});

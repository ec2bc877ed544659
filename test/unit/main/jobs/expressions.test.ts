import { afterAll, describe, expect, it } from "vitest";
import type { ExpressionAnswer } from "../../../../main/jobs/expression-language.ts";
import { createExpressions, type SourceRow } from "../../../../main/jobs/expressions.ts";

const expressions = createExpressions();
afterAll(() => expressions.rest());

const NOW = Date.UTC(2027, 0, 31, 12);
const never = new AbortController().signal;

async function ask(text: string, rows: readonly SourceRow[], signal = never): Promise<readonly ExpressionAnswer[]> {
  const asked = await expressions.open(text, NOW).answers(rows, signal);
  if (!asked.ok) throw new Error(asked.fault.kind);
  return asked.value;
}
const texts = (answers: readonly ExpressionAnswer[]) => answers.map((answer) => (answer.kind === "text" ? answer.text : answer.kind));

describe("an expression", () => {
  const row = { "First name": "Anna", Last: "Meier", Nr: "007", Empty: "" };

  it.each([
    ["$lowercase(`First name` & '.' & Last)", "anna.meier"],
    ["$number(Nr) + 0.1 + 0.2", "7.3"],
    ["$number(Nr) > 6", "true"],
    ["null", ""],
    ["Nothing", ""],
    ["Empty", ""],
    ["['ENTERPRISEPACK', Last]", "ENTERPRISEPACK;Meier"],
    ["$split('a-b', /-/)", "a;b"],
    ["$now()", "2027-01-31T12:00:00.000Z"],
    ["$now('[Y]/[M]', '+1300')", "2027/2"],
    ["$millis()", String(NOW)],
    ["__proto__", ""],
    ["constructor.name", ""],
    ["$lookup($, 'toString')", ""],
    ["$.hasOwnProperty", ""],
  ])("%s", async (text, expected) => {
    expect(texts(await ask(text, [row]))).toEqual([expected]);
  });

  it.each(["$", "{'a': 1}", "$uppercase", "[1, 2]", "[['a']]", "1/0", "/a/", "function($x) { $x }"])("makes no text by %s", async (text) => {
    expect(await ask(text, [row])).toEqual([{ kind: "not-text" }]);
  });

  it.each([
    ["", "S0207", 1],
    ["Last & ", "S0207", 7],
    ["$f(a b)", "S0202", 6],
    ["Last + 1", "T2001", 6],
    ["$error('no')", "D3137", 7],
    ["$eval('1')", "T1006", 6],
    ["$random()", "T1006", 8],
    ["$shuffle(['a'])", "T1006", 9],
    ["$constructor('a')", "T1006", 13],
    ["/a**/", "SyntaxError", 1],
    ["($f := function($x) { $f($replace($x, 'x', $x)) }; $f('xx'))", "RangeError", 34],
    ["`Last", "S0105", 5],
    ["[1..10000000]", "D2015", 4],
    ["($f := function($x) { 1 + $f($x) }; $f(1))", "D1011", 29],
  ])("is told to be wrong: %#", async (text, code, position) => {
    expect(await ask(text, [row])).toEqual([{ kind: "wrong", code, position }]);
  });

  it("sees columns of any name, and leaves nothing behind for the next row", async () => {
    const rows: readonly SourceRow[] = [{ ["__proto__"]: "p", constructor: "c" }, { a: "1" }];
    expect(texts(await ask("`__proto__` & constructor & polluted", rows))).toEqual(["pc", ""]);
    await ask(`$merge([{"__proto__": {"polluted": "yes"}}]) ~> |$|{"__proto__": {"polluted": "yes"}}|`, rows);
    expect(texts(await ask("polluted & $merge([{}]).polluted", rows))).toEqual(["", ""]);
  });

  it("is refused a text that is longer than any field", async () => {
    expect(await ask("$pad('x', 40000)", [row])).toEqual([{ kind: "too-long" }]);
    expect(await ask("[$pad('x', 20000), $pad('y', 20000)]", [row])).toEqual([{ kind: "too-long" }]);
  });

  it.each([
    "$pad('x', 100000000)",
    "$pad('x', -4000000000)",
    "$map(['x'], function($x) { $pad($x, 100000000) })",
    "$join([1..9999].'x', $pad('y', 200000))",
    "$pad('x', 200000, $pad('y', 2000))",
    "$reduce($split($pad('', 800, 'xxxxxxxx '), ' '), $replace(?, 'x', ?))",
    "$formatNumber(1, $pad('', 100000, '0'))",
    "$formatNumber(1, $pad('', 900, '0'), {'zero-digit': $pad('', 100000, '0')})",
    "$fromMillis(0, '[Y,100000000]')",
    "$now('[Y,*-0x5F5E100]')",
    "$toMillis('1', '[Y,100000000]')",
    "($f := function($x) { $f([[$x], [$x]]) }; $f('x'))",
    "($f := function($x) { $f({'a': $x, 'b': $x}) }; $f('x'))",
    "($f := function($x) { $f($x ~> |$|{'a': $x, 'b': $x}|) }; $f({}))",
  ])("is refused a value that grows, before the process has no memory for it: %s", async (text) => {
    expect(await ask(text, [row])).toEqual([{ kind: "too-long" }]);
  });

  it.each([
    ["$pad('7', -3, '0')", "007"],
    ["$pad(Nothing, 3)", ""],
    ["Nr.$pad(5)", "007  "],
    ["$map(['1', '2'], $pad(?, -2, '0'))", "01;02"],
    ["$formatNumber(1234.5, '#.##0,00', {'decimal-separator': ',', 'grouping-separator': '.'})", "1.234,50"],
    ["$formatNumber(7, '000')", "007"],
    ["$join(['a', 'b'])", "ab"],
    ["$join('a', '-')", "a"],
    ["$fromMillis(0, '[Y0001]-[M,2]-[D,2-2]')", "1970-01-01"],
    ["$toMillis('1970-01-02')", "86400000"],
    ["$toMillis('2/1970', '[M]/[Y]')", "2678400000"],
  ])("is held, and means what it did: %s", async (text, expected) => {
    expect(texts(await ask(text, [row]))).toEqual([expected]);
  });
});

describe("an expression that comes to no end", () => {
  const catastrophic = `${"a".repeat(40)}b`;
  const rows = ["a", catastrophic, "aa", "b"].map((value) => ({ value }));

  it.each([
    ["$match(value, /^(a+)+$/).match", ["a", "stopped", "aa", ""]],
    ["$replace(value, /^(a+)+$/, 'x')", ["x", "stopped", "x", "b"]],
    ["$contains(value, /^(a+)+$/)", ["true", "stopped", "true", "false"]],
    ["$join($split(value, /^(a+)+$/), '')", ["", "stopped", "", "b"]],
    ["($f := function($x) { $f($x) }; $length(value) > 2 ? $f(1) : value)", ["a", "stopped", "aa", "b"]],
    ["($f := function($x) { $f($x & $x) }; $length(value) > 2 ? $f(value) : value)", ["a", "too-long", "aa", "b"]],
  ])("is stopped at that row, and answers the others: %s", async (text, expected) => {
    expect(texts(await ask(text, rows))).toEqual(expected);
  }, 60_000);

  it("is given up after rows enough", async () => {
    const tried = await ask("($f := function($x) { $f($x) }; $f(1))", Array.from({ length: 5_000 }, () => ({})));
    expect(new Set(tried.map(({ kind }) => kind))).toEqual(new Set(["stopped"]));
    expect(tried).toHaveLength(5_000);
  }, 120_000);

  it("keeps another one waiting for nothing", async () => {
    await Promise.all([ask("value", rows), ask("value", rows)]);
    const ended: string[] = [];
    const note = (name: string) => () => ended.push(name);
    const endless = ask("($f := function($x) { $f($x) }; $f(1))", [{}]).then(note("endless"));
    const quick = ask("value", rows).then(note("quick"));
    await Promise.all([endless, quick]);
    expect(ended).toEqual(["quick", "endless"]);
  }, 60_000);

  it("is called off", async () => {
    const stop = new AbortController();
    const asked = expressions.open("($f := function($x) { $f($x) }; $f(1))", NOW).answers(rows, stop.signal);
    stop.abort();
    expect(await asked).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });
});

it("answers more rows than one question has", async () => {
  const rows = Array.from({ length: 1_001 }, (_each, index) => ({ value: String(index) }));
  expect(texts(await ask("value", rows))).toEqual(rows.map(({ value }) => value));
});

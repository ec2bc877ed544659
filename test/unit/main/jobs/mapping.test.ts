import { afterAll, describe, expect, it } from "vitest";
import { createExpressions, type SourceRow } from "../../../../main/jobs/expressions.ts";
import { mappingIssues, openMapping } from "../../../../main/jobs/mapping.ts";
import type { FieldMapping, JobTarget } from "../../../../shared/model/job.ts";
import type { TransformBeginning, TransformStep } from "../../../../shared/model/transform.ts";
import { explainIssue } from "../../../../renderer/text/fault.ts";
import "../../../../renderer/text/all-texts.ts";

const expressions = createExpressions();
afterAll(() => expressions.rest());

const deps = { now: Date.UTC(2027, 0, 31, 12), computerName: "JOBS01", expressions };
const never = new AbortController().signal;
const field = (from: TransformBeginning, steps: TransformStep[] = [], target: JobTarget = "alias"): FieldMapping => ({ target, transform: { from, steps } });
const column = (name: string): TransformBeginning => ({ kind: "column", column: name });
const expression = (text: string): TransformBeginning => ({ kind: "expression", text });

/** Value, or issue, of each row's first field. */
async function firstFields(mapping: FieldMapping, rows: readonly SourceRow[]) {
  const evaluated = await openMapping([mapping], deps).rows(rows, never);
  return evaluated.ok ? evaluated.value.map(([first]) => first?.issue ?? first?.value) : evaluated.fault;
}

describe("a value begins", () => {
  it.each<[string, TransformBeginning, string]>([
    ["with a column", column("Mail"), "anna@contoso.com"],
    ["with a column of that very name", column("mail"), "other"],
    ["with a column of another case and other edges", column("\u00A0LAST name "), "Meier"],
    ["blank, where the column is", column("Empty"), " "],
    ["with a text", { kind: "static", text: "%computername% %NOW% %TODAY% %OTHER% 100%" }, "JOBS01 2027-01-31T12:00:00.000Z 2027-01-31 %OTHER% 100%"],
    ["with columns that are not blank", { kind: "join", columns: ["Mail", "Empty", "Last name"], separator: "/" }, "anna@contoso.com/Meier"],
    ["with no columns", { kind: "join", columns: [], separator: "/" }, ""],
    ["with an expression", expression("$uppercase(Mail)"), "ANNA@CONTOSO.COM"],
  ])("%s", async (_how, from, expected) => {
    expect(await firstFields(field(from), [{ Mail: "anna@contoso.com", mail: "other", " Last Name": "Meier", Empty: " " }])).toEqual([expected]);
  });

  it("does not take what is no column for one", async () => {
    expect(await firstFields(field(column("constructor")), [{}])).toEqual([{ path: ["alias"], code: "column-missing", facts: { column: "constructor" } }]);
  });

  it("looks a column up anew where rows have it by other names", async () => {
    expect(await firstFields(field(column("mail")), [{ MAIL: "1" }, { MAIL: "2", mail: "3" }, { MAIL: "4" }, { Mail: "5" }, { other: "6" }])).toEqual([
      "1",
      "3",
      "4",
      "5",
      { path: ["alias"], code: "column-missing", facts: { column: "mail" } },
    ]);
  });
});

it.each<[FieldMapping, object]>([
  [field(column("None")), { code: "column-missing", facts: { column: "None" } }],
  [field({ kind: "join", columns: ["Mail", "None"], separator: "" }), { code: "column-missing", facts: { column: "None" } }],
  [field(column("Mail"), [{ kind: "lookup", table: [], otherwise: "refuse" }]), { code: "not-in-table", facts: { value: "x" } }],
  [field(expression("Mail &")), { code: "expression-wrong", facts: { code: "S0207", position: 6 } }],
  [field(expression("($f := function() { $f() }; $f())")), { code: "expression-too-long" }],
  [field(expression("$")), { code: "expression-not-text" }],
  [field(expression("$pad(Mail, 40000)")), { code: "longer-than", facts: { limit: 32_767 } }],
])("tells by its target why there is no value: %#", async (mapping, expected) => {
  const evaluated = await openMapping([mapping, field(column("Mail"), [], "name")], deps).rows([{ Mail: "x" }], never);
  expect(evaluated).toEqual({ ok: true, value: [[{ target: "alias", value: null, issue: { path: ["alias"], facts: {}, ...expected } }, { target: "name", value: "x", issue: null }]] });
});

it("goes on numbering from one call to the next, over all of their rows and in the order of the calls", async () => {
  const mapping = openMapping([field(expression("name"), [{ kind: "unique" }]), field(column("name"), [{ kind: "unique" }], "name")], deps);
  const calls = await Promise.all([["anna", "ben"], ["Anna"], ["ANNA", "ben"]].map((names) => mapping.rows(names.map((name) => ({ name })), never)));
  const values = calls.map((call) => (call.ok ? call.value.map((row) => row.map(({ value }) => value)) : call.fault));
  expect(values).toEqual([[["anna", "anna"], ["ben", "ben"]], [["Anna2", "Anna2"]], [["ANNA3", "ANNA3"], ["ben2", "ben2"]]]);
});

it("numbers rows of every portion", async () => {
  const values = await firstFields(field(column("name"), [{ kind: "unique" }]), Array.from({ length: 2_500 }, () => ({ name: "a" })));
  expect(values).toEqual(["a", ...Array.from({ length: 2_499 }, (_each, index) => `a${index + 2}`)]);
});

it("is called off", async () => {
  expect(await openMapping([field(column("a"))], deps).rows([{ a: "1" }], AbortSignal.abort())).toEqual({ ok: false, fault: { kind: "cancelled" } });
});

describe("while it is typed", () => {
  const mapping = [
    field(column("mail "), [], "address"),
    field(column("None"), [], "name"),
    field({ kind: "join", columns: ["Mail", "Gone", ""], separator: "" }, [], "alias"),
    field({ kind: "join", columns: [], separator: "" }, [], "accountName"),
    field(column(" "), [], "container"),
    field({ kind: "static", text: "" }, [], "usageLocation"),
    field(expression("a b"), [], "externalAddress"),
    field(expression(" "), [], "subscriptions"),
  ];
  const written = [
    { path: ["accountName"], code: "required", facts: {} },
    { path: ["container"], code: "required", facts: {} },
    { path: ["externalAddress"], code: "expression-wrong", facts: { code: "S0201", position: 3 } },
    { path: ["subscriptions"], code: "required", facts: {} },
  ];

  it("tells what is wrong without a row", () => {
    expect(mappingIssues(mapping, ["Mail"])).toEqual([
      { path: ["name"], code: "column-missing", facts: { column: "None" } },
      { path: ["alias"], code: "column-missing", facts: { column: "Gone" } },
      { path: ["alias"], code: "required", facts: {} },
      ...written,
    ]);
  });

  it("says nothing of columns that are not known", () => {
    expect(mappingIssues(mapping, null)).toEqual([{ path: ["alias"], code: "required", facts: {} }, ...written]);
  });

  it("has sentences", () => {
    const say = (code: string, facts: Record<string, string | number>) => explainIssue({ path: [], code, facts });
    expect(say("column-missing", { column: "Mail" })).toContain("column Mail");
    expect(say("expression-wrong", { code: "S0201", position: 3 })).toContain("character 3 (JSONata S0201)");
  });
});

/** The templates for Group Policy against the schema that reads what they set, both ways. */
import { describe, expect, it } from "vitest";
import { policyDefinitions, policyResources } from "../../../build/policy-templates/templates.ts";
import { templateWords } from "../../../build/policy-templates/words.ts";
import { policiesSchema, policyNameSchema } from "../../../shared/model/policy.ts";
import { themeSchema } from "../../../shared/model/setting-values.ts";
import { managedOf } from "../../../shared/rules/policies.ts";
import { policiesOf, stringsOf, templateProblems, type TemplatePolicy } from "../../lab/policy-templates.ts";

const admx = policyDefinitions();
const admls = Object.fromEntries(templateWords.map((words) => [words.language, policyResources(words)]));
const byName = new Map(policiesOf(admx).map((policy) => [policy.name, policy]));
const templateOf = (name: string): TemplatePolicy => {
  const policy = byName.get(name);
  if (policy === undefined) throw new Error(`there is no template for ${name}`);
  return policy;
};
/** Whether the console takes a value that Group Policy writes. */
const takes = (name: string, value: unknown) => {
  const { policies, unknown } = managedOf([{ from: "machine", values: { [name]: value } }]);
  return unknown.length === 0 && policies.every(({ problem }) => problem === null);
};
const decimal = (value: TemplatePolicy["enabledValue"]) => value?.decimal.map((one) => Number(one.value)) ?? [];

/** The kind of value that a template writes, values that it lets through, and the nearest that it does not. */
function offered({ enabledValue, disabledValue, elements }: TemplatePolicy) {
  const [number, choice, text] = [elements?.decimal?.[0], elements?.enum?.[0], elements?.text?.[0]];
  if (number !== undefined) return { kind: "number", taken: [number.minValue, number.maxValue], refused: [number.minValue - 1, number.maxValue + 1] };
  if (choice !== undefined) return { kind: "enum", taken: choice.item.flatMap(({ value }) => value.string), refused: [""] };
  // The longest name of a host is shorter than the longest address.
  if (text !== undefined) return { kind: "string", taken: ["p".repeat(Math.min(text.maxLength, 254))], refused: ["p".repeat(text.maxLength + 1)] };
  return { kind: "boolean", taken: [...decimal(enabledValue), ...decimal(disabledValue)], refused: [] };
}

describe("templates for Group Policy", () => {
  it("set every policy there is, and none besides", () => {
    expect([...byName.keys()].toSorted()).toEqual(policyNameSchema.options.toSorted());
  });

  it.each(policyNameSchema.options)("write the value of %s where the console reads it, for computers and accounts", (name) => {
    const { key, class: who, valueName, elements = {} } = templateOf(name);
    const written = [...(valueName === undefined ? [] : [valueName]), ...Object.values(elements).flatMap((each) => (each ?? []).map((one) => one.valueName))];
    expect([key, who, written]).toEqual(["Software\\Policies\\Messaging Console", "Both", [name]]);
  });

  it.each(policyNameSchema.options)("let an administrator set %s to what the console takes, and to nothing else", (name) => {
    const { kind, taken, refused } = offered(templateOf(name));
    expect(kind).toBe(policiesSchema.shape[name].type);
    expect(taken.filter((value) => !takes(name, value))).toEqual([]);
    expect(refused.filter((value) => takes(name, value))).toEqual([]);
  });

  it("switch on with 1 and off with 0", () => {
    expect(offered(templateOf("NoPractice")).taken).toEqual([1, 0]);
  });

  it("offer every theme there is", () => {
    expect(offered(templateOf("Theme")).taken).toEqual(themeSchema.options);
  });

  it("hang together, in English and in German", () => {
    expect(Object.keys(admls)).toEqual(["en-US", "de-DE"]);
    expect(templateProblems(admx, admls)).toEqual([]);
  });

  it("say each thing in each language in its own words", () => {
    const [english, german] = Object.values(admls).map(stringsOf);
    const same = [...(english ?? [])].filter(([id, text]) => german?.get(id) === text).map(([id]) => id);
    expect(same).toEqual(["MessagingConsole"]);
    expect(english?.get("NoPractice")).toBe("No practice organisation");
    expect(german?.get("NoPractice")).toBe("Keine Übungsorganisation");
  });

  const german = admls["de-DE"] ?? "";
  it.each([
    ["a key that is none of policies", admx.replace("Software\\Policies\\", "Software\\"), german, "Contact writes to Software\\Messaging Console"],
    ["a category that there is not", admx.replace('parentCategory ref="MessagingConsole"', 'parentCategory ref="Other"'), german, "Contact is in no category"],
    ["a version that there is not", admx.replace('supportedOn ref="SUPPORTED_', 'supportedOn ref="OTHER_'), german, "Contact is supported on nothing"],
    ["a switch without a value", admx.replace(' valueName="NoPractice"', ""), german, "NoPractice writes no value"],
    ["a policy twice", admx.replace('policy name="Proxy"', 'policy name="Contact"'), german, "Contact twice"],
    ["a text that is missing", admx, german.replace('string id="Theme_dark"', 'string id="Theme_dunkel"'), "de-DE: no string Theme_dark"],
    ["a text of nobody", admx, german.replace("</stringTable>", '<string id="X">x</string></stringTable>'), "de-DE: nobody uses the string X"],
    ["a control of something else", admx, german.replace('refId="Proxy"', 'refId="Theme"'), "de-DE: Proxy asks for Proxy, and its controls are Theme"],
  ])("would not pass with %s", (_what, planted, resources, problem) => {
    expect(templateProblems(planted, { "de-DE": resources })).toContain(problem);
  });
});

/**
 * Templates with which Group Policy sets what an administrator manages, made of the schema that reads it
 * (learn.microsoft.com, "ADMX syntax" and "ADML schema", Group Policy ADMX Syntax Reference Guide).
 */
import { z } from "zod";
import { policiesSchema, policyNameSchema, strictestPolicies, type PolicyName } from "../../shared/model/policy.ts";
import { themeSchema } from "../../shared/model/setting-values.ts";
import type { TemplateWords } from "./words.ts";

const KEY = "Software\\Policies\\Messaging Console";
const CATEGORY = "MessagingConsole";
const SUPPORTED = "SUPPORTED_MessagingConsole";
const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
/** The attributes that both kinds of files begin with. */
const SCHEMA = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" revision="1.0" schemaVersion="1.0" xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"';

/** A policy's value as Group Policy's editor asks for it: attributes of the policy, what is in it, and the control. */
interface ValueForm {
  readonly attributes: string;
  readonly elements: readonly string[];
  readonly control: string | null;
}

const themeId = (name: PolicyName, option: string) => `${name}_${option}`;

/** Throws for a kind of value that has no form yet. */
function formOf(name: PolicyName): ValueForm {
  const schema = policiesSchema.shape[name];
  const element = (inside: string, control: string): ValueForm => ({ attributes: ` presentation="$(presentation.${name})"`, elements: ["<elements>", `  ${inside}`, "</elements>"], control });
  if (schema instanceof z.ZodBoolean) {
    return { attributes: ` valueName="${name}"`, elements: ['<enabledValue><decimal value="1" /></enabledValue>', '<disabledValue><decimal value="0" /></disabledValue>'], control: null };
  }
  if (schema instanceof z.ZodNumber) {
    const bounds = `minValue="${schema.minValue}" maxValue="${schema.maxValue}"`;
    return element(`<decimal id="${name}" valueName="${name}" required="true" ${bounds} />`, `<decimalTextBox refId="${name}" defaultValue="${strictestPolicies[name]}">{{label}}</decimalTextBox>`);
  }
  if (schema instanceof z.ZodEnum) {
    const items = schema.options.map((option) => `<item displayName="$(string.${themeId(name, option)})"><value><string>${option}</string></value></item>`);
    return element(`<enum id="${name}" valueName="${name}" required="true">${items.join("")}</enum>`, `<dropdownList refId="${name}" noSort="true" defaultItem="0">{{label}}</dropdownList>`);
  }
  if (schema instanceof z.ZodString) {
    return element(`<text id="${name}" valueName="${name}" required="true" maxLength="${schema.maxLength}" />`, `<textBox refId="${name}"><label>{{label}}</label></textBox>`);
  }
  throw new Error(`The policy ${name} is of a kind that has no template.`);
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const indented = (lines: readonly string[], by: number) => lines.map((line) => `${" ".repeat(by)}${line}`);

function policyLines(name: PolicyName): readonly string[] {
  const { attributes, elements } = formOf(name);
  return [
    `<policy name="${name}" class="Both" displayName="$(string.${name})" explainText="$(string.${name}_Help)" key="${KEY}"${attributes}>`,
    `  <parentCategory ref="${CATEGORY}" />`,
    `  <supportedOn ref="${SUPPORTED}" />`,
    ...indented(elements, 2),
    "</policy>",
  ];
}

/** The file that says what there is to set, in no language. */
export function policyDefinitions(): string {
  return [
    HEAD,
    `<policyDefinitions ${SCHEMA}>`,
    "  <policyNamespaces>",
    '    <target prefix="messagingconsole" namespace="MessagingConsole.Policies.MessagingConsole" />',
    "  </policyNamespaces>",
    '  <resources minRequiredRevision="1.0" />',
    "  <supportedOn>",
    `    <definitions><definition name="${SUPPORTED}" displayName="$(string.${SUPPORTED})" /></definitions>`,
    "  </supportedOn>",
    `  <categories><category name="${CATEGORY}" displayName="$(string.${CATEGORY})" /></categories>`,
    "  <policies>",
    ...indented(policyNameSchema.options.flatMap(policyLines), 4),
    "  </policies>",
    "</policyDefinitions>",
    "",
  ].join("\n");
}

/** The file of one language beside it. */
export function policyResources(words: TemplateWords): string {
  const string = (id: string, text: string) => `      <string id="${id}">${escaped(text)}</string>`;
  const names = policyNameSchema.options;
  const presentations = names.flatMap((name) => {
    const { control } = formOf(name);
    return control === null ? [] : [`      <presentation id="${name}">${control.replace("{{label}}", () => escaped(words.policies[name][0]))}</presentation>`];
  });
  return [
    HEAD,
    `<policyDefinitionResources ${SCHEMA}>`,
    `  <displayName>${escaped(words.category)}</displayName>`,
    `  <description>${escaped(words.description)}</description>`,
    "  <resources>",
    "    <stringTable>",
    string(CATEGORY, words.category),
    string(SUPPORTED, words.supported),
    ...names.flatMap((name) => [string(name, words.policies[name][0]), string(`${name}_Help`, words.policies[name][1])]),
    ...themeSchema.options.map((option) => string(themeId("Theme", option), words.themes[option])),
    "    </stringTable>",
    "    <presentationTable>",
    ...presentations,
    "    </presentationTable>",
    "  </resources>",
    "</policyDefinitionResources>",
    "",
  ].join("\n");
}

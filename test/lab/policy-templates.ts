/**
 * Reads templates of Group Policy and says what its editor would stumble over. There is no validator to be had for Linux: this
 * looks at what the editor reports by an error, references that lead nowhere and keys that no policy may write to.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

const lists = new Set(["policy", "category", "string", "presentation", "definition", "item", "text", "decimal", "enum", "textBox", "decimalTextBox", "dropdownList"]);
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", removeNSPrefix: true, parseAttributeValue: false, parseTagValue: false, isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && lists.has(name) });

const elementSchema = z.looseObject({ id: z.string(), valueName: z.string() });
const numberSchema = elementSchema.extend({ minValue: z.coerce.number(), maxValue: z.coerce.number() });
const switchSchema = z.object({ decimal: z.array(z.object({ value: z.string() })).length(1) });
const policySchema = z.looseObject({
  name: z.string(),
  class: z.enum(["Machine", "User", "Both"]),
  displayName: z.string(),
  explainText: z.string(),
  key: z.string(),
  valueName: z.string().optional(),
  presentation: z.string().optional(),
  parentCategory: z.object({ ref: z.string() }),
  supportedOn: z.object({ ref: z.string() }),
  enabledValue: switchSchema.optional(),
  disabledValue: switchSchema.optional(),
  elements: z
    .strictObject({
      text: z.array(elementSchema.extend({ maxLength: z.coerce.number() })).optional(),
      decimal: z.array(numberSchema).optional(),
      enum: z.array(elementSchema.extend({ item: z.array(z.object({ displayName: z.string(), value: z.object({ string: z.array(z.string()) }) })) })).optional(),
    })
    .optional(),
});
export type TemplatePolicy = z.infer<typeof policySchema>;

const definitionsSchema = z.object({
  policyDefinitions: z.looseObject({
    policyNamespaces: z.looseObject({ target: z.object({ prefix: z.string(), namespace: z.string() }) }),
    supportedOn: z.object({ definitions: z.object({ definition: z.array(z.object({ name: z.string(), displayName: z.string() })) }) }),
    categories: z.object({ category: z.array(z.looseObject({ name: z.string() })) }),
    policies: z.object({ policy: z.array(policySchema) }),
  }),
});
const resourcesSchema = z.object({
  policyDefinitionResources: z.looseObject({
    resources: z.object({
      stringTable: z.object({ string: z.array(z.object({ id: z.string(), "#text": z.string() })) }),
      presentationTable: z.object({ presentation: z.array(z.looseObject({ id: z.string() })) }),
    }),
  }),
});

/** Throws for what is not well formed. */
function read(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`line ${valid.err.line}: ${valid.err.msg}`);
  return parser.parse(text);
}

export function policiesOf(admx: string): readonly TemplatePolicy[] {
  return definitionsSchema.parse(read(admx)).policyDefinitions.policies.policy;
}

/** Texts of one language by id. */
export function stringsOf(adml: string): ReadonlyMap<string, string> {
  const { string } = resourcesSchema.parse(read(adml)).policyDefinitionResources.resources.stringTable;
  return new Map(string.map((one) => [one.id, one["#text"]]));
}

const idsIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id = ""]) => id);
const attribute = (value: unknown, name: string) => idsIn(JSON.stringify(value ?? {}), new RegExp(`"${name}":"([^"]+)"`, "g")).toSorted();
const twice = (ids: readonly string[]) => ids.filter((id, at) => ids.indexOf(id) !== at);

/** What is wrong with templates and the files of their languages; nothing where all of it hangs together. */
export function templateProblems(admx: string, admls: Readonly<Record<string, string>>): readonly string[] {
  const { categories, supportedOn, policies } = definitionsSchema.parse(read(admx)).policyDefinitions;
  const known = new Set(categories.category.map(({ name }) => name));
  const definitions = new Set(supportedOn.definitions.definition.map(({ name }) => name));
  const problems = policies.policy.flatMap(({ name, key, parentCategory, supportedOn: since, valueName, elements, enabledValue, disabledValue }) => [
    ...(key.startsWith("Software\\Policies\\") ? [] : [`${name} writes to ${key}`]),
    ...(known.has(parentCategory.ref) ? [] : [`${name} is in no category`]),
    ...(definitions.has(since.ref) ? [] : [`${name} is supported on nothing`]),
    ...((valueName === undefined) === (elements === undefined) || (valueName !== undefined && (enabledValue === undefined || disabledValue === undefined)) ? [`${name} writes no value`] : []),
  ]);
  const strings = new Set(idsIn(admx, /\$\(string\.([^)]+)\)/g));
  const ofLanguages = Object.entries(admls).flatMap(([language, adml]) => {
    const { stringTable, presentationTable } = resourcesSchema.parse(read(adml)).policyDefinitionResources.resources;
    const ids = stringTable.string.map(({ id }) => id);
    const presentations = new Map(presentationTable.presentation.map((one) => [one.id, one]));
    const used = policies.policy.flatMap(({ presentation = "" }) => idsIn(presentation, /^\$\(presentation\.([^)]+)\)$/g));
    return [
      ...[...strings].filter((id) => !ids.includes(id)).map((id) => `${language}: no string ${id}`),
      ...ids.filter((id) => !strings.has(id)).map((id) => `${language}: nobody uses the string ${id}`),
      ...twice(ids).map((id) => `${language}: the string ${id} twice`),
      ...[...presentations.keys()].filter((id) => !used.includes(id)).map((id) => `${language}: nobody uses the presentation ${id}`),
      ...policies.policy.flatMap(({ name, elements, presentation = "" }) => {
        const [id = ""] = idsIn(presentation, /^\$\(presentation\.([^)]+)\)$/g);
        const [asked, shown] = [attribute(elements, "id"), attribute(presentations.get(id), "refId")];
        return asked.join(" ") === shown.join(" ") ? [] : [`${language}: ${name} asks for ${asked.join(" ") || "nothing"}, and its controls are ${shown.join(" ") || "none"}`];
      }),
    ];
  });
  return [...problems, ...twice(policies.policy.map(({ name }) => name)).map((name) => `${name} twice`), ...ofLanguages];
}

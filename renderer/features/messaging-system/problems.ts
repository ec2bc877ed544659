/** Which field an issue is about, and the sentence below it. */
import type { Issue } from "../../../shared/fault.ts";
import type { FieldDescriptor, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { formParts, partOf, type FormPart } from "../../../shared/rules/readiness.ts";
import { explainIssue } from "../../text/fault.ts";
import { fieldWords, type FieldWords } from "../../text/provider.ts";
import { say } from "../../text/text.ts";

/** Field names come as the last text of an issue's path. */
function isAbout(issue: Issue, name: string): boolean {
  return issue.path.includes(name);
}

/**
 * The issues that are told beside the fields. What is wrong with a part waits until the part was left or a save was tried,
 * except for a secret or a file: those are whole when they are entered.
 */
export function toldIssues({ fields }: ProviderDescriptor, issues: readonly Issue[], told: readonly FormPart[]): readonly Issue[] {
  const isWhole = (issue: Issue) =>
    issue.code !== "required" && fields.some(({ kind, name }) => (kind === "secret" || kind === "certificate") && isAbout(issue, name));
  return issues.filter((issue) => told.includes(partOf(issue)) || isWhole(issue));
}

/** What is said below a field; undefined when nothing is. What a file turned out to be is said in its row. */
export function problemOf(field: FieldDescriptor, words: FieldWords, issues: readonly Issue[]): string | undefined {
  const issue = issues.find((candidate) => isAbout(candidate, field.name));
  if (issue === undefined || (field.kind === "certificate" && issue.code === "certificate-refused")) return undefined;
  if (issue.code === "required" && field.kind === "secret") return say("provider-form.secret-missing", { label: words.label.toLowerCase() });
  if (issue.code === "required" && field.kind === "certificate") return say("provider-form.file-missing");
  return explainIssue(issue);
}

/** Issues that belong to no field of the form, as sentences. */
export function otherProblems(descriptor: ProviderDescriptor, issues: readonly Issue[]): readonly string[] {
  return issues.filter((issue) => fieldOf(descriptor, issue) === null).map(otherProblem);
}

function otherProblem(issue: Issue): string {
  return partOf(issue) === "servers" ? say("provider-form.servers-refused") : explainIssue(issue);
}

function fieldOf({ fields }: ProviderDescriptor, issue: Issue): FieldDescriptor | null {
  return fields.find(({ name }) => isAbout(issue, name)) ?? null;
}

/** A problem with where it is mended. */
export interface Problem {
  readonly part: FormPart;
  /** The field's name; the part's own where it is about no field. */
  readonly place: string;
  /** What the place is called. */
  readonly label: string;
  readonly sentence: string;
}

/** Every issue as a problem, in the order of the form, a place once. */
export function problemsOf(descriptor: ProviderDescriptor, issues: readonly Issue[]): readonly Problem[] {
  const order = (issue: Issue) => formParts.indexOf(partOf(issue)) * 1000 + descriptor.fields.findIndex(({ name }) => isAbout(issue, name));
  const problems = issues.toSorted((one, other) => order(one) - order(other)).map((issue): Problem => {
    const part = partOf(issue);
    const field = fieldOf(descriptor, issue);
    if (field === null) return { part, place: part, label: say(`messaging-system.step-${part}`), sentence: otherProblem(issue) };
    const words = fieldWords(descriptor.id, field.name);
    return { part, place: field.name, label: words.label, sentence: problemOf(field, words, [issue]) ?? explainIssue(issue) };
  });
  return problems.filter(({ place }, index) => problems.findIndex((problem) => problem.place === place) === index);
}

/** Puts the focus on the control of a field, or of a part. */
export function focusPlace(place: string): void {
  const found = document.querySelector(`[data-field="${CSS.escape(place)}"]`);
  const target = found?.querySelector<HTMLElement>("input, button, [role=combobox], textarea");
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

/** Which field an issue is about, and the sentence below it. */
import type { Issue } from "../../../shared/fault.ts";
import type { FieldDescriptor, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { explainIssue } from "../../text/fault.ts";
import type { FieldWords } from "../../text/provider.ts";
import { say } from "../../text/text.ts";

/** Field names come as the last text of an issue's path. */
function isAbout(issue: Issue, name: string): boolean {
  return issue.path.includes(name);
}

/** What is wrong with a field; undefined when nothing is. */
export function problemOf(field: FieldDescriptor, words: FieldWords, issues: readonly Issue[]): string | undefined {
  const issue = issues.find((candidate) => isAbout(candidate, field.name));
  if (issue === undefined) return undefined;
  if (issue.code === "required" && field.kind === "secret") return say("provider-form.secret-missing", { label: words.label.toLowerCase() });
  if (issue.code === "required" && field.kind === "certificate") return say("provider-form.file-missing");
  return explainIssue(issue);
}

/** Issues that belong to no field of the form, as sentences. */
export function otherProblems(descriptor: ProviderDescriptor, issues: readonly Issue[]): readonly string[] {
  return issues
    .filter((issue) => !descriptor.fields.some((field) => isAbout(issue, field.name)))
    .map((issue) => (issue.path.includes("servers") ? say("provider-form.servers-refused") : explainIssue(issue)));
}

/** Puts the focus on the first field, in the order of the form, that was refused. */
export function focusFirstProblem(descriptor: ProviderDescriptor, issues: readonly Issue[]): void {
  const first = descriptor.fields.find((field) => issues.some((issue) => isAbout(issue, field.name)));
  if (first === undefined) return;
  const place = document.querySelector(`[data-field="${CSS.escape(first.name)}"]`);
  const target = place?.querySelector<HTMLElement>("input, button, [role=combobox], textarea");
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

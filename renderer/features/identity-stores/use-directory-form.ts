/** The directory form's state: values by react-hook-form, validation field by field, focus on the first problem. */
import { useForm, type Resolver, type UseFormReturn } from "react-hook-form";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { FIELD_ORDER, problemsOf, type DirectoryForm, type Problem } from "./form-model.ts";

export type Form = UseFormReturn<DirectoryForm>;

/** Kind of the errors that are no problem for saving. */
export const MISSING_FOR_TEST = "missing-for-test";

function problemText(problem: Problem): string {
  if (typeof problem === "string") return say(problem);
  const { entry, issue } = problem;
  return entry === null ? explainIssue(issue) : say("identity-stores.problem-of-entry", { entry, problem: explainIssue(issue) });
}

const resolver: Resolver<DirectoryForm> = (values) => {
  const problems = problemsOf(values);
  // In the order of the page, which is the order in which the focus looks for a problem.
  const found = FIELD_ORDER.flatMap((name) => {
    const problem = problems[name];
    return problem === undefined ? [] : [[name, { type: "value", message: problemText(problem) }] as const];
  });
  return found.length === 0 ? { values, errors: {} } : { values: {}, errors: Object.fromEntries(found) };
};

export function useDirectoryForm(initial: DirectoryForm): Form {
  return useForm<DirectoryForm>({ defaultValues: initial, resolver, mode: "onTouched" });
}

/** What Fluent's Field shows for a field of the form. */
export function problemProps(form: Form, name: keyof DirectoryForm): { validationMessage?: string; validationState?: "error" } {
  const message = form.formState.errors[name]?.message;
  return message === undefined ? {} : { validationMessage: message, validationState: "error" };
}

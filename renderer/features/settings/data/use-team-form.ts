/** The state of the form for a team's database: a field is checked once it was left, all of them when something is done with them. */
import { useRef, useState } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import { explain, explainIssue } from "../../../text/fault.ts";
import type { Input } from "../../../ui/bound-result.ts";
import { emptyTeamForm, FIELD_ORDER, formOf, inputOf, problemsOf, type KnownTeam, type TeamField, type TeamForm, type TeamProblems } from "./team-form-model.ts";

export interface TeamFormState {
  readonly form: TeamForm;
  readonly input: Input;
  readonly change: (part: Partial<TeamForm>) => void;
  readonly leave: (field: TeamField) => void;
  readonly problem: (field: TeamField) => string | undefined;
  /** Where a field's control is kept, for the focus. */
  readonly hold: (field: TeamField) => (element: HTMLElement | null) => void;
  /** Shows every problem and goes to the first. Answers whether there was none. */
  readonly check: () => boolean;
  /** Shows a refusal at the field that it is about, and goes there. Answers whether it is about one. */
  readonly refuse: (fault: Fault) => boolean;
}

/** The field of the sign-in that a refusal is about, and what to say there. */
function fieldOf(fault: Fault, { signInBy }: TeamForm): readonly [TeamField, string] | null {
  if (fault.kind === "wrong-password") return ["filePassword", explain(fault).sentence];
  if (fault.kind !== "invalid") return null;
  const [issue] = fault.issues;
  if (issue === undefined) return null;
  if (issue.path.includes("signIn")) return [signInBy === "password" ? "password" : "file", explainIssue(issue)];
  const field = FIELD_ORDER.find((name) => name === issue.path.at(-1));
  return field === undefined ? null : [field, explainIssue(issue)];
}

/** Begins with what is known, or empty. */
export function useTeamForm(known: KnownTeam | null): TeamFormState {
  const [form, setForm] = useState<TeamForm>(known === null ? emptyTeamForm : formOf(known));
  const [edition, setEdition] = useState(0);
  const [left, setLeft] = useState<ReadonlySet<TeamField>>(new Set());
  const [refused, setRefused] = useState<TeamProblems>({});
  const controls = useRef(new Map<TeamField, HTMLElement>());
  const found = problemsOf(form);

  const leave = (field: TeamField) => setLeft((before) => new Set([...before, field]));
  const change = (part: Partial<TeamForm>) => {
    setForm((before) => ({ ...before, ...part }));
    if ("password" in part || "filePassword" in part) setEdition((count) => count + 1);
    // What main refused was another sign-in.
    setRefused({});
  };
  const check = () => {
    setLeft(new Set(FIELD_ORDER));
    const first = FIELD_ORDER.find((field) => found[field] !== undefined);
    if (first !== undefined) controls.current.get(first)?.focus();
    return first === undefined;
  };
  const refuse = (fault: Fault) => {
    const about = fieldOf(fault, form);
    if (about === null) return false;
    setRefused({ [about[0]]: about[1] });
    controls.current.get(about[0])?.focus();
    return true;
  };
  return {
    form,
    input: inputOf(form, edition),
    change,
    leave,
    problem: (field) => refused[field] ?? (left.has(field) ? found[field] : undefined),
    hold: (field) => (element) => {
      if (element === null) controls.current.delete(field);
      else controls.current.set(field, element);
    },
    check,
    refuse,
  };
}

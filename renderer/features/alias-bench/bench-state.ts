/** What stands on the alias bench. Kept while the console is open, so that a look at another page loses nothing. */
import { createStore } from "zustand/vanilla";
import type { Fault } from "../../../shared/fault.ts";
import type { AliasAnswer, AliasQuestion } from "../../../shared/model/alias.ts";
import type { AliasRule } from "../../../shared/model/alias-list.ts";
import type { AliasPresetId } from "../../../shared/rules/alias-preset-ids.ts";
import { aliasPreset } from "../../../shared/rules/alias-presets.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { judgeList } from "./list-state.ts";
import { questionOf, type BenchForm, type BenchProblems } from "./question.ts";

interface AliasBench {
  readonly form: BenchForm;
  readonly problems: BenchProblems;
  /** Non-null while main is asked. */
  readonly asking: AbortController | null;
  readonly fault: Fault | null;
  /** The answer with the question it belongs to, and the form that question was read off. */
  readonly answered: { readonly form: BenchForm; readonly question: AliasQuestion; readonly answer: AliasAnswer } | null;
}

const empty: AliasBench = {
  form: { pattern: "", maximumLength: "64", domain: "", aliases: "" },
  problems: {},
  asking: null,
  fault: null,
  answered: null,
};

export const aliasBenchState = createStore<AliasBench>(() => empty);

/** Puts values into the form; the sentences beside changed fields go. */
export function fillIn(values: Partial<BenchForm>): void {
  aliasBenchState.setState(({ form, problems }) => ({
    form: { ...form, ...values },
    problems: Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in values))),
  }));
}

export function valuesOfPreset(id: AliasPresetId): Partial<BenchForm> {
  const { pattern, maximumLength, domain } = aliasPreset(id);
  return { pattern, maximumLength: String(maximumLength), ...(domain === null ? {} : { domain }) };
}

export function cancelValidation(): void {
  aliasBenchState.getState().asking?.abort();
}

/** The rule as the form has it, or what to correct first. */
export function ruleOf(form: BenchForm): { readonly rule: AliasRule } | { readonly problems: BenchProblems } {
  const asked = questionOf({ ...form, aliases: "" });
  if ("problems" in asked) return asked;
  const { pattern, maximumLength, domain } = asked.question;
  return { rule: { pattern, maximumLength, domain } };
}

/** Judges the list that was chosen by the rule. Answers the problems that kept it from that. */
export async function validateList(): Promise<BenchProblems> {
  const asked = ruleOf(aliasBenchState.getState().form);
  if ("problems" in asked) {
    aliasBenchState.setState({ problems: asked.problems });
    return asked.problems;
  }
  cancelValidation();
  aliasBenchState.setState({ problems: {}, fault: null, answered: null });
  await judgeList(asked.rule);
  return {};
}

/** Asks main; a question that is still open is given up. Answers the problems that kept it from asking. */
export async function validate(): Promise<BenchProblems> {
  const { form } = aliasBenchState.getState();
  const asked = questionOf(form);
  if ("problems" in asked) {
    aliasBenchState.setState({ problems: asked.problems });
    return asked.problems;
  }
  cancelValidation();
  const asking = new AbortController();
  aliasBenchState.setState({ asking, problems: {}, fault: null, answered: null });
  const { signal } = asking;
  const result = await ask(() => client().aliases.evaluate(asked.question, { signal }), signal);
  if (aliasBenchState.getState().asking !== asking) return {};
  // Who cancelled knows: nothing is said about it.
  const fault = result.ok || result.fault.kind === "cancelled" ? null : result.fault;
  aliasBenchState.setState({ asking: null, fault, answered: result.ok ? { form, question: asked.question, answer: result.value } : null });
  return {};
}

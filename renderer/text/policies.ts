/** What is managed here, in words. */
import type { Managed, ManagedPolicy, PolicyName } from "../../shared/model/policy.ts";
import { say } from "./text.ts";

export function policyTitle(name: PolicyName): string {
  return say(`policies.title-${name}`);
}

/** What a policy was set to: a switch in words, anything else as it was written. */
export function policyValueText({ value }: ManagedPolicy): string {
  return typeof value === "boolean" ? say(value ? "policies.on" : "policies.off") : String(value);
}

export function policySourceText({ from }: Pick<ManagedPolicy, "from">): string {
  return say(`policies.from-${from}`);
}

/** Says that something is managed, and whom to ask where the organisation names somebody. */
export function managedText({ policies }: Managed): string {
  const contact = policies.find(({ name }) => name === "Contact")?.value ?? "";
  return contact === "" ? say("policies.managed") : say("policies.managed-contact", { contact: String(contact) });
}

/** What of the policies cannot be obeyed as it was set: a sentence each, and one for a place that cannot be read. */
export function policyProblems({ policies, unknown }: Managed): readonly string[] {
  return [
    ...new Set(policies.filter(({ problem }) => problem === "unreadable").map((policy) => say("policies.problem-unreadable", { from: policySourceText(policy) }))),
    ...policies.filter(({ problem }) => problem === "wrong-value").map(({ name }) => say("policies.problem-wrong-value", { name })),
    ...unknown.map((one) => say("policies.problem-unknown", { name: one.name, from: policySourceText(one) })),
  ];
}

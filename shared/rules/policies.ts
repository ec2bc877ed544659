/** Which policies hold, of what stands where policies are set. */
import type { z } from "zod";
import type { Preferences } from "../contract/app.ts";
import type { Fault } from "../fault.ts";
import { limitedActions, type LimitedAction } from "../model/job.ts";
import { policiesSchema, policyNameSchema, strictestPolicies, type Managed, type ManagedPolicy, type PolicyName, type PolicySource } from "../model/policy.ts";

/** What stands in one place. Null where it could not be read; a place where nothing is set has no values. */
export interface PolicyPlace {
  readonly from: PolicySource;
  readonly values: Readonly<Record<string, unknown>> | null;
}

/** The registry has no booleans: a switch is 0 or 1 there. */
function asSwitch(value: unknown): unknown {
  return value === 0 || value === 1 ? value === 1 : value;
}

function judged(name: PolicyName, value: unknown, from: PolicySource): ManagedPolicy {
  const schema = policiesSchema.shape[name];
  const read = schema.safeParse(typeof strictestPolicies[name] === "boolean" ? asSwitch(value) : value);
  return read.success ? { name, value: read.data, from, problem: null } : { name, value: strictestPolicies[name], from, problem: "wrong-value" };
}

/** The policies of each place, the earlier one before the later: the first that says something of a policy decides it, also where that is wrong. Names ignore case, as the registry does. */
export function managedOf(places: readonly PolicyPlace[]): Managed {
  const names = new Map(policyNameSchema.options.map((name) => [name.toLowerCase(), name]));
  const policies = new Map<PolicyName, ManagedPolicy>();
  const unknown: { name: string; from: PolicySource }[] = [];
  for (const { from, values } of places) {
    const found: ManagedPolicy[] = [];
    for (const [given, value] of Object.entries(values ?? {})) {
      const name = names.get(given.toLowerCase());
      if (name === undefined) unknown.push({ name: given, from });
      else found.push(judged(name, value, from));
    }
    if (values === null) found.push(...policyNameSchema.options.map((name): ManagedPolicy => ({ name, value: strictestPolicies[name], from, problem: "unreadable" })));
    for (const policy of found) if (!policies.has(policy.name)) policies.set(policy.name, policy);
  }
  return { policies: policyNameSchema.options.flatMap((name) => policies.get(name) ?? []), unknown };
}

const valuesSchema = policiesSchema.partial();

/** The values of what is managed, by policy. */
export function managedValues({ policies }: Managed): z.infer<typeof valuesSchema> {
  return valuesSchema.parse(Object.fromEntries(policies.map(({ name, value }) => [name, value])));
}

const LIMIT_OF = {
  create: "JobsCreateAtMost",
  enable: "JobsEnableAtMost",
  license: "JobsLicenseAtMost",
  unlicense: "JobsUnlicenseAtMost",
  block: "JobsBlockAtMost",
  delete: "JobsDeleteAtMost",
} as const satisfies Record<LimitedAction, PolicyName>;

const DECIDED_BY: ReadonlyMap<string, PolicyName> = new Map<keyof Preferences, PolicyName>([
  ["theme", "Theme"],
  ["checkIntervalSeconds", "CheckInterval"],
  ["proxy", "Proxy"],
  ["proxyAddress", "Proxy"],
]);

/** The policy that keeps preferences from being changed so; null where none does. */
export function policyAgainst(change: Partial<Preferences>, { policies }: Managed): PolicyName | null {
  const against = Object.keys(change).map((preference) => DECIDED_BY.get(preference));
  return policies.find(({ name }) => against.includes(name))?.name ?? null;
}

/** The fault of what a policy forbids, with whom to ask about it. */
export function managedFault(policy: PolicyName, managed: Managed): Extract<Fault, { kind: "managed" }> {
  return { kind: "managed", policy, contact: managedValues(managed).Contact ?? "" };
}

/** What any job may do at most in a run, by action. */
export function managedJobLimits(managed: Managed): Readonly<Partial<Record<LimitedAction, number>>> {
  const values = managedValues(managed);
  const limits = limitedActions.map((action) => [action, values[LIMIT_OF[action]]] as const);
  return Object.fromEntries(limits.filter(([, most]) => most !== undefined));
}

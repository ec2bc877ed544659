/** What a person chose for the console on this computer, and what an administrator decides of it. */
import { managedText, policyProblems, policySourceText, policyTitle, policyValueText } from "../../../../renderer/text/policies.ts";
import type { Preferences } from "../../../../shared/contract/app.ts";
import type { Managed, PolicyName } from "../../../../shared/model/policy.ts";
import { checkIntervalSchema, themeSchema } from "../../../../shared/model/setting-values.ts";
import { readTyped } from "../../../../shared/rules/typed-value.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable, table } from "../output.ts";
import { take, word } from "../take.ts";
import { UsageError, type Verb, type VerbContext } from "../verb.ts";

interface Setting {
  readonly name: string;
  /** The policy that decides it. */
  readonly policy: PolicyName;
  valueOf(preferences: Preferences): string;
  /** What a typed value changes; null where it is none. */
  read(typed: string): Partial<Preferences> | null;
  readonly takes: string;
}

const settingsOfPerson: readonly Setting[] = [
  {
    name: "theme",
    policy: "Theme",
    takes: themeSchema.options.join(", "),
    valueOf: ({ theme }) => theme,
    read: (typed) => {
      const theme = themeSchema.safeParse(typed);
      return theme.success ? { theme: theme.data } : null;
    },
  },
  {
    name: "check-interval",
    policy: "CheckInterval",
    takes: "seconds from 5 to 3600",
    valueOf: ({ checkIntervalSeconds }) => String(checkIntervalSeconds),
    read: (typed) => {
      const seconds = checkIntervalSchema.safeParse(/^\d+$/.test(typed) ? Number(typed) : null);
      return seconds.success ? { checkIntervalSeconds: seconds.data } : null;
    },
  },
  {
    name: "proxy",
    policy: "Proxy",
    takes: "none, environment or an address",
    valueOf: ({ proxy, proxyAddress }) => (proxy === "address" ? proxyAddress || "nowhere" : proxy),
    // What is no address the console itself refuses, with the reason.
    read: (typed) => (typed === "" ? null : typed === "none" || typed === "environment" ? { proxy: typed } : { proxy: "address", proxyAddress: typed }),
  },
];

export const settings: Verb = {
  name: "settings",
  summary: "the settings of this console, and what an administrator decides of them: set",
  forms: [
    {
      choice: null,
      meaning: "list the settings, and what an administrator decides on this computer",
      words: [],
      options: {},
      notes: ["Where a policy cannot be read or understood, the strictest value holds, and standard error says so with every verb."],
      examples: [{ line: "messaging-console settings", meaning: "with the policies, if there are any" }],
      run: listSettings,
    },
    {
      choice: "set",
      meaning: "change a setting",
      words: [{ name: "NAME", completes: settingsOfPerson.map(({ name }) => name) }, { name: "VALUE" }],
      options: {},
      notes: [...settingsOfPerson.map(({ name, takes }) => `${name}: ${takes}`), "What an administrator decides is refused with exit code 6."],
      examples: [{ line: "messaging-console settings set check-interval 30", meaning: "check each server every 30 seconds" }],
      run: setSetting,
    },
  ],
};

async function listSettings(context: VerbContext): Promise<ExitCode> {
  const { app } = await context.client();
  const [preferences, managed] = [await app.preferences.get(), await app.managed()];
  const decided = new Set(managed.policies.map(({ name }) => name));
  const rows = settingsOfPerson.map(({ name, policy, valueOf }) => ({ name, value: valueOf(preferences), managedBy: decided.has(policy) ? policy : null }));
  print(context, { settings: rows, policies: managed.policies, unknown: managed.unknown }, () =>
    [table(["Setting", "Value", "Managed by policy"], rows.map(({ name, value, managedBy }) => [name, value, managedBy])), ...managedLines(managed)].join("\n"),
  );
  return exitCodes.ok;
}

function managedLines(managed: Managed): readonly string[] {
  if (managed.policies.length === 0) return policyProblems(managed).map(printable);
  const rows = managed.policies.map((policy) => [policy.name, policyValueText(policy), policySourceText(policy), policyTitle(policy.name)]);
  return ["", printable(managedText(managed)), table(["Policy", "Value", "Set", "Meaning"], rows), ...policyProblems(managed).map(printable)];
}

async function setSetting(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 0).toLowerCase();
  const setting = settingsOfPerson.find((one) => one.name === name);
  if (setting === undefined) throw new UsageError(`there is no setting ${word(context, 0)}; the settings are ${settingsOfPerson.map((one) => one.name).join(", ")}`, ["settings", "set"]);
  const change = setting.read(readTyped(word(context, 1), "account"));
  if (change === null) throw new UsageError(`${name} takes ${setting.takes}`, ["settings", "set"]);
  const { app } = await context.client();
  const value = setting.valueOf(take(await app.preferences.set(change)));
  print(context, { name, value }, () => printable(`${name} is ${value}.`));
  return exitCodes.ok;
}

/** `subscriptions user`: the licences of one user, and a change of them. */
import { explainIssue } from "../../../../renderer/text/fault.ts";
import { productName } from "../../../../renderer/text/product-names.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { LicenceChange, LicenceHolder, UserLicence } from "../../../../shared/model/licence.ts";
import type { Subscription } from "../../../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences, usageLocationOf, type LicencePlan } from "../../../../shared/rules/licence-plan.ts";
import { partNumberOf } from "../../../../shared/rules/subscription.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { print, table } from "../output.ts";
import { findStore, finish, required, word } from "../take.ts";
import { UsageError, type ConsoleClient, type VerbContext, type VerbForm } from "../verb.ts";

export const userForm: VerbForm = {
  choice: "user",
  meaning: "show or change the licences of a user of the tenant",
  words: [{ name: "USER" }],
  options: {
    store: storeOption,
    give: { value: "PART", meaning: "give this subscription, by its part number; may be repeated", many: true },
    take: { value: "PART", meaning: "take this subscription away; may be repeated", many: true },
    location: { value: "CC", meaning: "set the user's usage location, two letters such as DE; without one nothing can be given" },
    plan: { value: null, meaning: "say what would be changed, and change nothing" },
    yes: { value: null, meaning: "with --take: what the user has by it alone is gone, its mail after 30 days" },
  },
  notes: ["USER is the whole sign-in name, or the id. What is given and taken goes in one call, so that a swap leaves nothing out in between."],
  examples: [
    { line: 'messaging-console subscriptions user eva.lind@contoso.com --store "Contoso cloud"', meaning: "what she has, and by which way" },
    { line: 'messaging-console subscriptions user eva.lind@contoso.com --store "Contoso cloud" --give SPE_E5 --take SPE_E3 --yes', meaning: "swap one for the other" },
  ],
  run: show,
};

/** What is asked for, by the part number or the id that a person typed; what the tenant has not keeps its name. */
function wantedOf({ options }: VerbContext, subscriptions: readonly Subscription[]): LicenceChange {
  const ids = (option: string): string[] => {
    const typed = options[option];
    return (Array.isArray(typed) ? typed : []).map((part: string) => subscriptions.find(({ id, partNumber }) => [id, partNumber].some((name) => name.toLowerCase() === part.trim().toLowerCase()))?.id ?? part);
  };
  const location = options["location"];
  if (typeof location !== "string") return { give: ids("give"), take: ids("take"), usageLocation: null };
  const usageLocation = usageLocationOf(location);
  if (usageLocation === null) throw new UsageError("--location takes the two letters of a country, such as DE", ["subscriptions", "user"]);
  return { give: ids("give"), take: ids("take"), usageLocation };
}

async function look(context: VerbContext, client: ConsoleClient, storeId: string): Promise<{ readonly holder: LicenceHolder; readonly subscriptions: readonly Subscription[] }> {
  context.progress(say("subscriptions.asking"));
  const { signal } = context;
  const { subscriptions } = await finish(await client.subscriptions.list({ storeId }, { signal }), () => undefined);
  const holder = await finish(await client.subscriptions.holder({ storeId, user: word(context, 0) }, { signal }), () => undefined);
  return { holder, subscriptions };
}

async function show(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id: storeId, name } = await findStore(client, required(context, "store"));
  const { holder, subscriptions } = await look(context, client, storeId);
  const change = wantedOf(context, subscriptions);
  const plan = planLicences(holder, subscriptions, change);
  const isAsked = change.give.length + change.take.length > 0 || change.usageLocation !== null;
  if (!isAsked || context.options["plan"] === true) {
    print(context, { store: name, holder, ...(isAsked ? { plan } : {}) }, () => [...asLines(holder, subscriptions), ...(isAsked ? planLines(plan, holder, subscriptions) : [])].join("\n"));
    return plan.issues.length > 0 ? exitCodes.invalid : exitCodes.ok;
  }
  if (plan.change.take.length > 0 && context.options["yes"] !== true) throw new UsageError("what is taken away is gone for the user; say so with --yes", ["subscriptions", "user"]);
  const asked = { storeId, user: holder.id, seen: directLicences(holder), change };
  const changed = await finish(await client.subscriptions.change(asked, { signal: context.signal }), () => undefined);
  print(context, { store: name, plan, holder: changed }, () => [...asLines(changed, subscriptions), ...planLines(plan, holder, subscriptions)].join("\n"));
  return exitCodes.ok;
}

function asLines({ name, signInName, usageLocation, licences }: LicenceHolder, subscriptions: readonly Subscription[]): readonly string[] {
  const row = ({ subscription, group, groupName, state, problem }: UserLicence) => {
    const partNumber = partNumberOf(subscriptions, subscription);
    return [productName(partNumber), partNumber, group === null ? say("licences.how-direct") : say("licences.how-group", { group: groupName ?? group }), say(`licences.state-${state}`), problem];
  };
  const columns = [say("subscriptions.column-product"), say("subscriptions.column-part-number"), say("licences.column-how"), say("subscriptions.column-state"), say("licences.column-problem")];
  return [
    say("licences.user-at", { name, signInName, location: usageLocation ?? say("licences.usage-location-none") }),
    licences.length === 0 ? say("licences.held-none", { name }) : table(columns, licences.map(row)),
  ];
}

function planLines({ change, issues, losesMailbox }: LicencePlan, { name }: LicenceHolder, subscriptions: readonly Subscription[]): readonly string[] {
  return [
    ...(isNothing(change) ? [say("licences.plan-nothing")] : []),
    ...(change.usageLocation === null ? [] : [say("licences.plan-location", { location: change.usageLocation })]),
    ...change.give.map((id) => say("licences.plan-give", { product: partNumberOf(subscriptions, id) })),
    ...change.take.map((id) => say("licences.plan-take", { product: partNumberOf(subscriptions, id) })),
    ...(losesMailbox ? [say("licences.loses-mailbox", { name })] : []),
    ...issues.map(explainIssue),
  ];
}

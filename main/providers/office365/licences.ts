/**
 * Licences of a user over Graph: read with their groups ("licenseAssignmentState"), changed in one call ("user: assignLicense"), because
 * products that depend on each other, or exclude each other, go neither one by one nor in any order.
 */
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { licenceStates, type LicenceChange, type LicenceHolder, type UserLicence } from "../../../shared/model/licence.ts";
import { pause } from "../../pause.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { graphAccess, type AskGraph } from "./graph-access.ts";
import type { GraphCall } from "./graph-call.ts";
import { knownWord } from "./known-word.ts";

/** The permissions that the form names; User.Read.All reads as well. */
export const USERS: readonly string[] = ["User.ReadWrite.All"];
const GROUPS: readonly string[] = ["Group.ReadWrite.All"];
export const ASSIGNS: readonly string[] = ["LicenseAssignment.ReadWrite.All"];
/** What of a user {@link holderSchema} reads. */
export const SELECTED = "id,displayName,userPrincipalName,usageLocation,assignedLicenses,licenseAssignmentStates";

const stateSchema = z
  .object({ skuId: z.string(), assignedByGroup: z.string().nullish(), state: z.string().nullish(), error: z.string().nullish() })
  .transform(({ skuId, assignedByGroup, state, error }): UserLicence => ({
    subscription: skuId,
    group: assignedByGroup ?? null,
    groupName: null,
    state: knownWord(licenceStates, state ?? ""),
    problem: error === undefined || error === null || error === "" || error === "None" ? null : error,
  }));

/** A user as Graph shows it; groups without their names. */
export const holderSchema = z
  .object({
    id: z.string(),
    displayName: z.string().nullish(),
    userPrincipalName: z.string(),
    usageLocation: z.string().nullish(),
    assignedLicenses: z.array(z.object({ skuId: z.string() })).nullish(),
    licenseAssignmentStates: z.array(stateSchema).nullish(),
  })
  .transform(({ id, displayName, userPrincipalName, usageLocation, assignedLicenses, licenseAssignmentStates }): LicenceHolder => ({
    id,
    name: displayName ?? "",
    signInName: userPrincipalName,
    usageLocation: usageLocation ?? null,
    licences: withoutState(licenseAssignmentStates ?? [], assignedLicenses ?? []),
  }));

/** What is assigned and has no state yet, which follows a while after, was given directly as far as anybody can say. */
function withoutState(states: readonly UserLicence[], assigned: readonly { readonly skuId: string }[]): UserLicence[] {
  const told = new Set(states.map(({ subscription }) => subscription));
  return [...states, ...assigned.filter(({ skuId }) => !told.has(skuId)).map(({ skuId }): UserLicence => ({ subscription: skuId, group: null, groupName: null, state: "unknown", problem: null }))];
}

function pathOf(user: string): string {
  return `/v1.0/users/${encodeURIComponent(user)}`;
}

/** Asks for a user with its licences. */
export function reading(user: string): GraphCall {
  return { method: "GET", path: `${pathOf(user)}?$select=${SELECTED}` };
}

/** Sets a user's country. */
export function placing(user: string, usageLocation: string): GraphCall {
  return { method: "PATCH", path: pathOf(user), body: { usageLocation } };
}

/** Both lists are to be there, empty ones too (github.com/microsoftgraph/msgraph-sdk-powershell/issues/3229). */
export function assigning(user: string, { give, take }: Pick<LicenceChange, "give" | "take">): GraphCall {
  return { method: "POST", path: `${pathOf(user)}/assignLicense`, body: { addLicenses: give.map((skuId) => ({ skuId, disabledPlans: [] })), removeLicenses: take } };
}

/** What the answer to {@link reading} says of a user. */
export function holderIn(user: string, answer: Result<unknown>): Result<LicenceHolder> {
  if (!answer.ok) return answer.fault.kind === "object-refused" && answer.fault.why === "object-missing" ? fail({ kind: "not-found", what: "user-in-tenant", detail: user }) : answer;
  const holder = holderSchema.safeParse(answer.value);
  return holder.success ? succeed(holder.data) : fail({ kind: "unreachable", rung: "permissions", reason: "bad-status", detail: "200" });
}

async function read(ask: AskGraph, user: string): Promise<Result<LicenceHolder>> {
  const holder = holderIn(user, await ask(reading(user), USERS));
  return holder.ok ? succeed(await withGroupNames(ask, holder.value)) : holder;
}

const groupSchema = z.object({ displayName: z.string() });

/** Whoever is to be taken out of a group has to know which one. A group that cannot be read keeps its id alone. */
async function withGroupNames(ask: AskGraph, holder: LicenceHolder): Promise<LicenceHolder> {
  const names = new Map<string, string | null>();
  for (const group of new Set(holder.licences.flatMap((licence) => licence.group ?? []))) {
    const answer = await ask({ method: "GET", path: `/v1.0/groups/${encodeURIComponent(group)}?$select=displayName` }, GROUPS);
    names.set(group, answer.ok ? (groupSchema.safeParse(answer.value).data?.displayName ?? null) : null);
  }
  return { ...holder, licences: holder.licences.map((licence) => ({ ...licence, groupName: names.get(licence.group ?? "") ?? null })) };
}

/** Fails with `not-found` (`user-in-tenant`) where there is no such user. */
export function licenceHolder(configuration: Office365Configuration, user: string, context: ProviderContext): Promise<Result<LicenceHolder>> {
  return read(graphAccess(configuration, context), user);
}

/** Waits while Graph does not know yet of the place that it has just taken, in milliseconds. Scripts wait five seconds there (MicrosoftDocs/OfficeDocs-Enterprise/issues/809). */
export const NOT_KNOWN_MS: readonly number[] = [1_000, 2_000, 4_000];

/** The place first, without which Graph gives nothing; then everything in one call. Answers what Graph shows then. */
export async function changeLicences(configuration: Office365Configuration, user: string, { give, take, usageLocation }: LicenceChange, context: ProviderContext): Promise<Result<LicenceHolder>> {
  const ask = graphAccess(configuration, context);
  if (usageLocation !== null) {
    const placed = await ask(placing(user, usageLocation), USERS);
    if (!placed.ok) return placed;
  }
  if (give.length > 0 || take.length > 0) {
    const assigned = await assign(() => ask(assigning(user, { give, take }), ASSIGNS), usageLocation === null ? [] : NOT_KNOWN_MS, context);
    if (!assigned.ok) return assigned;
  }
  return read(ask, user);
}

/** Asks again after each wait, as long as the place is all that is missing. */
async function assign(ask: () => Promise<Result<unknown>>, waits: readonly number[], context: ProviderContext): Promise<Result<unknown>> {
  const [wait, ...more] = waits;
  const answer = await ask();
  if (answer.ok || wait === undefined || answer.fault.kind !== "object-refused" || answer.fault.why !== "usage-location-missing") return answer;
  return (await pause(context.clock, wait, context.signal)) ? assign(ask, more, context) : fail({ kind: "cancelled" });
}

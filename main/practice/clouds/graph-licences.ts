/**
 * Licences of the practice tenant's users, with the refusals of Microsoft Graph's "user: assignLicense". Sources: the action's page; both
 * lists are wanted (github.com/microsoftgraph/msgraph-sdk-powershell/issues/3229); a product of the tenant's own (microsoft-graph-docs/issues/7539);
 * what excludes each other and runs out (microsoft-graph-docs/pull/3167, "licensing-groups-resolve-problems"). All of it comes as one
 * `Request_BadRequest`, told apart by its text.
 */
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { GraphResource } from "./graph-filter.ts";
import { soldProduct } from "./graph-subscriptions.ts";

const guid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const bodySchema = z.object({ addLicenses: z.array(z.object({ skuId: guid, disabledPlans: z.array(guid).default([]) })), removeLicenses: z.array(guid) });
const assignmentSchema = z.object({ skuId: z.string(), assignedByGroup: z.string().nullable(), state: z.string(), error: z.string() });
export type Assignment = z.infer<typeof assignmentSchema>;

/** Mailboxes of two sizes: a user has one of them. */
const EXCLUSIVE = ["EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE"] as const;

/** Licences as a user begins with them. */
export function licensed(assignments: readonly Assignment[]): { readonly assignedLicenses: readonly object[]; readonly licenseAssignmentStates: readonly Assignment[] } {
  return { assignedLicenses: [...new Set(assignments.map(({ skuId }) => skuId))].map((skuId) => ({ skuId, disabledPlans: [] })), licenseAssignmentStates: assignments };
}

export function assignment(skuId: string, assignedByGroup: string | null = null): Assignment {
  return { skuId, assignedByGroup, state: "Active", error: "None" };
}

export function assignmentsOf(resource: GraphResource): readonly Assignment[] {
  return z.array(assignmentSchema).catch([]).parse(resource["licenseAssignmentStates"]);
}

/** The user afterwards, or the sentence that refuses it. `givenTo`: how many users have a product beyond those at the beginning. */
export function assignLicences(user: GraphResource, body: string, givenTo: (skuId: string) => number, state: string): GraphResource | string {
  const sent = parseJson(body);
  const lacking = ["addLicenses", "removeLicenses"].filter((name) => typeof sent !== "object" || sent === null || !(name in sent));
  if (lacking.length > 0) return `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${lacking.join(", ")}.`;
  const asked = bodySchema.safeParse(sent);
  if (!asked.success) return "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details.";
  const before = assignmentsOf(user);
  const isDirect = (skuId: string) => before.some((each) => each.skuId === skuId && each.assignedByGroup === null);
  for (const skuId of asked.data.removeLicenses) {
    if (isDirect(skuId)) continue;
    return before.some((each) => each.skuId === skuId) ? "User license is inherited from a group membership and it cannot be removed directly from the user." : "User does not have a corresponding license.";
  }
  const added = asked.data.addLicenses.map(({ skuId }) => skuId);
  if (added.length > 0 && typeof user["usageLocation"] !== "string") return "License assignment cannot be done for user with invalid usage location.";
  for (const skuId of added) {
    const product = soldProduct(skuId, givenTo(skuId), state);
    if (product === null) return `License ${skuId} does not correspond to a valid company License.`;
    if (product.appliesTo !== "User") return `License ${product.skuPartNumber} cannot be assigned to a user.`;
    if (product.free <= 0 && !before.some((each) => each.skuId === skuId)) return `Subscription with SKU ${skuId} does not have any available licenses.`;
  }
  const kept = before.filter(({ skuId, assignedByGroup }) => assignedByGroup !== null || !asked.data.removeLicenses.includes(skuId));
  const after = [...kept, ...added.filter((skuId) => !kept.some((each) => each.skuId === skuId && each.assignedByGroup === null)).map((skuId) => assignment(skuId))];
  const plans = [...new Set(after.map(({ skuId }) => skuId))].flatMap((skuId) => soldProduct(skuId, 0, state)?.plans ?? []);
  if (EXCLUSIVE.every((plan) => plans.includes(plan))) return `License assignment failed because service plans ${EXCLUSIVE.join(", ")} are mutually exclusive.`;
  const hasMailbox = EXCLUSIVE.some((plan) => plans.includes(plan));
  const address = String(user["userPrincipalName"]);
  return { ...user, ...licensed(after), ...(hasMailbox && user["mail"] === null ? { mail: address, proxyAddresses: [`SMTP:${address}`] } : {}) };
}

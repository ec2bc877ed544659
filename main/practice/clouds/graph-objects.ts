/**
 * Groups and users of Microsoft Graph. Refuses what the real one refuses, in its shape. Sources: Graph's "Create group" and "Create user";
 * ObjectConflict as github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/8421 and microsoft-graph-docs/issues/1508 quote it; what
 * was just made is a 404 for a while: msgraph-sdk-java/issues/2575, hashicorp/terraform-provider-azuread/issues/578.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { filterOf, lower, type GraphResource } from "./graph-filter.ts";
import { ADMINISTRATOR, answerLeaving, enablingIn, sensitiveRefusal } from "./graph-leaving.ts";
import { assignLicences, assignment, assignmentsOf, licensed, type Assignment } from "./graph-licences.ts";
import { refuse } from "./graph-refusal.ts";

/** Failures with objects that a person can turn on. */
export const graphObjectStates = ["not-shown-yet", "mail-later", "fails-after", "answer-lost", "empty-page", "page-lost", "page-repeated"] as const;

/** "List users", `$top`. */
const LONGEST_PAGE = 999;

/** ASCII without what Graph names; a dot is refused too. */
const nickname = z.string().regex(/^[!#-'*+\-/0-9=?A-Z^-~]{1,64}$/);
const groupSchema = z.object({ displayName: z.string().min(1).max(256), mailNickname: nickname, mailEnabled: z.boolean(), securityEnabled: z.boolean(), groupTypes: z.array(z.string()).default([]), visibility: z.string().default("Public") });
const userSchema = z.object({
  accountEnabled: z.boolean(),
  displayName: z.string().min(1).max(256),
  mailNickname: z.string().regex(/^[!#-'*+\-./0-9=?A-Z^-~]{1,64}$/),
  userPrincipalName: z.string().regex(/^[A-Za-z0-9'._!#^~-]{1,64}@[a-z0-9.-]+$/i),
  passwordProfile: z.object({ password: z.string(), forceChangePasswordNextSignIn: z.boolean().default(true) }),
});
type Kind = "groups" | "users";

interface Held {
  readonly kind: Kind;
  readonly resource: GraphResource;
  readonly isHidden: boolean;
  /** Its mail is not there while that state lasts. */
  readonly isMailLate: boolean;
  /** Assigning does not know of its country yet, once. */
  readonly isPlaceLate?: boolean;
}

export interface GraphObjectStore {
  /** Answers for groups and users; null for another path. `roles` are the token's. */
  answer(request: CloudRequest, roles: readonly string[], state: string): CloudAnswer | null;
  /** How many users have a product beyond those that had it at the beginning; below zero where some lost it. */
  given(skuId: string): number;
  clear(): void;
}

function conflict(target: string): CloudAnswer {
  const message = `Another object with the same value for property ${target} already exists.`;
  return refuse(400, "Request_BadRequest", message, [{ code: "ObjectConflict", message, target }]);
}

function missing(key: string): CloudAnswer {
  return refuse(404, "Request_ResourceNotFound", `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`);
}

/** Three kinds of characters out of four, at least eight (Microsoft: "Password policies in Microsoft Entra ID"). */
function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
  return password.length >= 8 && password.length <= 256 && kinds.length >= 3;
}

/** What was done, as the caller hears of it. */
function told(answer: CloudAnswer, state: string): CloudAnswer {
  if (state === "fails-after") return refuse(503, "serviceNotAvailable", "The service is temporarily unavailable.");
  return state === "answer-lost" ? { ...answer, isLost: true } : answer;
}

/** What users may be given by these rights: assigning has one of its own (Microsoft: "user: assignLicense"). */
const ASSIGNING: readonly string[] = ["LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];

/** A security group whose members get a licence by it. */
const LICENSING_GROUP = "5b1e7c33-9a4d-4c1f-8f7e-3d2c1b0a9f88";

/** Those that the tenant begins with: one licensed directly, one by a group and of no country, and an administrator. */
const STAFF: readonly { readonly id: string; readonly displayName: string; readonly account: string; readonly usageLocation: string | null; readonly assignments: readonly Assignment[] }[] = [
  { id: "0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a01", displayName: "Eva Lind", account: "eva.lind", usageLocation: "DE", assignments: [assignment("6fd2c87f-b296-42f0-b197-1e91e994b900")] },
  { id: "0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a02", displayName: "Tom Reed", account: "tom.reed", usageLocation: null, assignments: [assignment("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", LICENSING_GROUP)] },
  { id: ADMINISTRATOR, displayName: "Ruth Boss", account: "ruth.boss", usageLocation: "DE", assignments: [] },
];

/** Whether a token's roles let this be done: reading takes less than writing. */
function mayDo(kind: Kind, method: string, roles: readonly string[]): boolean {
  const name = kind === "groups" ? "Group" : "User";
  const writing = [`${name}.ReadWrite.All`, "Directory.ReadWrite.All"];
  return roles.some((role) => writing.includes(role) || (method === "GET" && [`${name}.Read.All`, "Directory.Read.All"].includes(role)));
}

export function createGraphObjects({ domains }: { readonly domains: readonly string[] }): GraphObjectStore {
  const held = new Map<string, Held>();
  const [main = ""] = domains;
  const synchronised = (): void => {
    const id = "7a5d0c1e-3b52-4f0e-9f5b-0d1c2e7a9b41";
    const resource = { id, displayName: "Synchronised staff", mail: `staff@${main}`, mailNickname: "staff", mailEnabled: true, securityEnabled: false, groupTypes: [], proxyAddresses: [`SMTP:staff@${main}`], onPremisesSyncEnabled: true };
    held.set(id, { kind: "groups", resource, isHidden: false, isMailLate: false });
  };
  const staff = (): void => {
    const licensing = { id: LICENSING_GROUP, displayName: "Licensed staff", mail: null, mailNickname: "licensed-staff", mailEnabled: false, securityEnabled: true, groupTypes: [], proxyAddresses: [], onPremisesSyncEnabled: null };
    held.set(LICENSING_GROUP, { kind: "groups", resource: licensing, isHidden: false, isMailLate: false });
    for (const { id, displayName, account, usageLocation, assignments } of STAFF) {
      const address = `${account}@${main}`;
      const mail = assignments.some(({ assignedByGroup }) => assignedByGroup === null) ? address : null;
      const resource = { id, displayName, mail, mailNickname: account, accountEnabled: true, userPrincipalName: address, usageLocation, proxyAddresses: mail === null ? [] : [`SMTP:${mail}`], onPremisesSyncEnabled: null, ...licensed(assignments) };
      held.set(id, { kind: "users", resource, isHidden: false, isMailLate: false });
    }
  };
  const begin = (): void => {
    held.clear();
    synchronised();
    staff();
  };
  begin();

  const all = () => [...held.values()];
  const isTaken = (name: string, value: string) => all().some(({ resource }) => lower(resource[name]) === lower(value));
  const isAddressTaken = (address: string) => all().some(({ resource }) => resource.proxyAddresses.some((proxy) => lower(proxy) === lower(`smtp:${address}`)));
  const shown = ({ kind, resource, isMailLate }: Held, state: string): GraphResource =>
    isMailLate && state === "mail-later" && kind === "groups" ? { ...resource, mail: null, proxyAddresses: [] } : resource;

  const keep = (kind: Kind, resource: GraphResource, state: string): CloudAnswer => {
    const made = { kind, resource, isHidden: state === "not-shown-yet", isMailLate: state === "mail-later" };
    held.set(resource.id, made);
    return told({ status: 201, body: shown(made, state) }, state);
  };

  const makeGroup = (body: string, state: string): CloudAnswer => {
    const group = groupSchema.safeParse(parseJson(body));
    if (!group.success) return refuse(400, "Request_BadRequest", `Invalid value specified for property '${String(group.error.issues[0]?.path[0] ?? "")}' of resource 'Group'.`);
    const isUnified = group.data.groupTypes.includes("Unified");
    // Distribution groups and mail-enabled security groups are Exchange Online's alone (Graph: "Working with groups").
    if (group.data.mailEnabled && !isUnified) return refuse(400, "Request_BadRequest", "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.");
    if (isTaken("mailNickname", group.data.mailNickname)) return conflict("mailNickname");
    const mail = `${group.data.mailNickname}@${main}`;
    if (isAddressTaken(mail)) return conflict("proxyAddresses");
    return keep("groups", { id: randomUUID(), ...group.data, mail, proxyAddresses: [`SMTP:${mail}`], onPremisesSyncEnabled: null }, state);
  };

  const makeUser = (body: string, state: string): CloudAnswer => {
    const user = userSchema.safeParse(parseJson(body));
    if (!user.success) return refuse(400, "Request_BadRequest", "One or more properties contains invalid values.");
    const { passwordProfile, ...rest } = user.data;
    if (!domains.includes(rest.userPrincipalName.split("@")[1]?.toLowerCase() ?? "")) return refuse(400, "Request_BadRequest", "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.");
    if (!isStrong(passwordProfile.password)) return refuse(400, "Request_BadRequest", "The specified password does not comply with password complexity requirements. Please provide a different password.");
    if (isTaken("userPrincipalName", rest.userPrincipalName)) return conflict("userPrincipalName");
    // A mailbox, and with it the address, comes with a licence.
    return keep("users", { id: randomUUID(), ...rest, mail: null, proxyAddresses: [], onPremisesSyncEnabled: null, usageLocation: null, ...licensed([]) }, state);
  };

  const list = (kind: Kind, { url }: CloudRequest, state: string): CloudAnswer => {
    const fits = filterOf(url.searchParams.get("$filter") ?? "");
    if (fits === null) return refuse(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause specified for property of resource.");
    const found = all().filter((each) => each.kind === kind && !(each.isHidden && state === "not-shown-yet")).map((each) => shown(each, state)).filter(fits);
    const top = Number(url.searchParams.get("$top") ?? "100");
    if (!(top >= 1 && top <= LONGEST_PAGE)) return refuse(400, "Request_UnsupportedQuery", `Invalid page size specified: '${top}'. Must be between 1 and ${LONGEST_PAGE} inclusive.`);
    const token = url.searchParams.get("$skiptoken");
    const from = Number(token ?? "0");
    // Microsoft, "Paging Microsoft Graph data in your app": a page may be empty and others follow.
    const isHeldBack = token === null && (state === "empty-page" || state === "page-lost");
    if (token !== null && state === "page-lost") return refuse(503, "serviceNotAvailable", "The service is temporarily unavailable.");
    const until = isHeldBack ? from : from + top;
    const next = new URL(url);
    next.searchParams.set("$skiptoken", String(state === "page-repeated" ? from : until));
    return { status: 200, body: { "@odata.count": found.length, value: found.slice(from, until), ...(isHeldBack || found.length > until || state === "page-repeated" ? { "@odata.nextLink": next.href } : {}) } };
  };

  const holders = (resources: readonly GraphResource[], skuId: string) => resources.filter((resource) => assignmentsOf(resource).some((each) => each.skuId === skuId)).length;
  const atFirst = all().map(({ resource }) => resource);
  const given = (skuId: string) => holders(all().map(({ resource }) => resource), skuId) - holders(atFirst, skuId);

  const change = (found: Held, resource: GraphResource, status: number, state: string): CloudAnswer => {
    held.set(resource.id, { ...found, resource });
    return told({ status, body: status === 204 ? "" : resource }, state);
  };
  const license = (found: Held, body: string, state: string): CloudAnswer => {
    if (found.isPlaceLate === true) {
      held.set(found.resource.id, { ...found, isPlaceLate: false });
      return refuse(400, "Request_BadRequest", "License assignment cannot be done for user with invalid usage location.");
    }
    const after = assignLicences(found.resource, body, given, state);
    return typeof after === "string" ? refuse(400, "Request_BadRequest", after) : change(found, after, 200, state);
  };
  const place = (found: Held, body: string, state: string): CloudAnswer => {
    const enabling = enablingIn(body);
    if (enabling !== null) return sensitiveRefusal(found.resource) ?? change(found, { ...found.resource, accountEnabled: enabling }, 204, state);
    const read = z.strictObject({ usageLocation: z.string().regex(/^[A-Z]{2}$/) }).safeParse(parseJson(body));
    return read.success ? change({ ...found, isPlaceLate: state === "not-shown-yet" }, { ...found.resource, ...read.data }, 204, state) : refuse(400, "Request_BadRequest", "Invalid value specified for property 'usageLocation' of resource 'User'.");
  };

  return {
    clear: begin,
    given,
    answer(request, roles, state) {
      const [, kind, encoded, action, leaving] = /^\/v1\.0\/(groups|users)(?:\/([^/]+))?(\/assignLicense)?(?:\/(revokeSignInSessions|transitiveMemberOf\/microsoft\.graph\.directoryRole))?$/.exec(request.url.pathname) ?? [];
      if ((kind !== "groups" && kind !== "users") || ((action ?? leaving) !== undefined && kind === "groups")) return null;
      if (leaving === undefined && !(action === undefined ? mayDo(kind, request.method, roles) : roles.some((role) => ASSIGNING.includes(role)))) return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
      if (encoded === undefined) {
        if (request.method === "GET") return list(kind, request, state);
        return request.method === "POST" ? (kind === "groups" ? makeGroup : makeUser)(request.body, state) : refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
      }
      const key = decodeURIComponent(encoded).toLowerCase();
      const found = all().find((each) => each.kind === kind && (each.resource.id === key || lower(each.resource["userPrincipalName"]) === key));
      if (found === undefined || (found.isHidden && state === "not-shown-yet")) return missing(key);
      if (leaving !== undefined) return answerLeaving(leaving === "revokeSignInSessions" ? leaving : "transitiveMemberOf/microsoft.graph.directoryRole", request, found.resource, roles);
      if (action !== undefined) return request.method === "POST" ? license(found, request.body, state) : refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
      if (request.method === "GET") return { status: 200, body: shown(found, state) };
      if (request.method === "PATCH" && kind === "users") return place(found, request.body, state);
      if (request.method !== "DELETE") return refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
      const kept = sensitiveRefusal(found.resource);
      if (kept !== null) return kept;
      held.delete(found.resource.id);
      return told({ status: 204, body: "" }, state);
    },
  };
}

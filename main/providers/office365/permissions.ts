/**
 * Application permissions and the feature each is for. Entra puts what an administrator granted into the access token's
 * `roles` claim (Microsoft: "Access token claims reference"), so that nothing more has to be asked.
 */
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { Finding } from "../../../shared/model/mail-server.ts";

export interface Permission {
  readonly name: string;
  readonly resource: "graph" | "exchange-online";
  /** Any of these includes it. */
  readonly includedIn: readonly string[];
}

/** Exchange Online's application id, the same in every cloud; its addresses differ and are not all names of the resource. */
export const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";

/** In the order of the features; what each is for stands in the renderer's text. */
export const permissions: readonly Permission[] = [
  { name: "Organization.Read.All", resource: "graph", includedIn: ["Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"] },
  { name: "Domain.Read.All", resource: "graph", includedIn: ["Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"] },
  { name: "Group.ReadWrite.All", resource: "graph", includedIn: ["Directory.ReadWrite.All"] },
  { name: "User.ReadWrite.All", resource: "graph", includedIn: ["Directory.ReadWrite.All"] },
  { name: "LicenseAssignment.ReadWrite.All", resource: "graph", includedIn: ["User.ReadWrite.All", "Directory.ReadWrite.All"] },
  { name: "Exchange.ManageAsApp", resource: "exchange-online", includedIn: [] },
];

/**
 * Directory roles that Exchange Online takes notice of, by the template id that stands in a token's `wids`. The
 * permission alone lets an application in; what it may do there comes from a role (Microsoft: "App-only authentication for
 * unattended scripts", "Microsoft Entra built-in roles"). Ids that are not listed are roles of other services, or no role:
 * 0997a1d0-0d1d-4acb-b408-d5ca73121e90 is in every app-only token.
 */
const directoryRoles: readonly { readonly id: string; readonly name: string; readonly managesRecipients: boolean }[] = [
  { id: "62e90394-69f5-4237-9190-012177145e10", name: "GlobalAdministrator", managesRecipients: true },
  { id: "29232cdf-9323-42fd-ade2-1d097af3e4de", name: "ExchangeAdministrator", managesRecipients: true },
  { id: "31392ffb-586c-42d1-9346-e59415a2cc4e", name: "ExchangeRecipientAdministrator", managesRecipients: true },
  { id: "f2ef992c-3afb-46b9-b7cf-a126ee74c451", name: "GlobalReader", managesRecipients: false },
  { id: "17315797-102d-40b4-93e0-432062caca18", name: "ComplianceAdministrator", managesRecipients: false },
  { id: "729827e3-9c14-49f7-bb1b-9608f156bbb8", name: "HelpdeskAdministrator", managesRecipients: false },
  { id: "194ae4cb-b126-40b2-bd5b-6091b380977d", name: "SecurityAdministrator", managesRecipients: false },
  { id: "5d6b6bb7-de71-4623-b4af-96380a352509", name: "SecurityReader", managesRecipients: false },
];

const claimsSchema = z.object({ roles: z.array(z.string()).default([]), wids: z.array(z.string()).default([]) });

/** What an access token grants: permissions in `roles`, ids of directory roles in `wids`. */
export type Granted = z.infer<typeof claimsSchema>;

/** Reads, does not verify: the token was received over TLS from its issuer. Nothing is granted by what cannot be read. */
export function grantedBy(accessToken: string): Granted {
  const [, payload = ""] = accessToken.split(".");
  return claimsSchema.safeParse(parseJson(Buffer.from(payload, "base64url").toString("utf8"))).data ?? { roles: [], wids: [] };
}

/** The remark that no directory role manages recipients, with those there are. A role group of Exchange's own does not show in a token: it is no failure. */
export function roleFindings({ wids }: Granted): readonly Finding[] {
  const seen = directoryRoles.filter(({ id }) => wids.includes(id));
  if (seen.some(({ managesRecipients }) => managesRecipients)) return [];
  return [{ reason: "exchange-role-not-seen", detail: seen.length === 0 ? null : seen.map(({ name }) => name).join(", ") }];
}

/** Names of the permissions of a resource that the roles do not give. */
export function missingPermissions(resource: Permission["resource"], roles: readonly string[]): readonly string[] {
  return permissions
    .filter((permission) => permission.resource === resource)
    .filter((permission) => ![permission.name, ...permission.includedIn].some((name) => roles.includes(name)))
    .map((permission) => permission.name);
}

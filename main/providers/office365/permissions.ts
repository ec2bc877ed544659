/**
 * Application permissions and the feature each is for. Entra puts what an administrator granted into the access token's
 * `roles` claim (Microsoft: "Access token claims reference"), so that nothing more has to be asked.
 */
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";

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

const claimsSchema = z.object({ roles: z.array(z.string()).default([]) });

/** The `roles` of an access token. Reads, does not verify: the token was received over TLS from its issuer. Empty when there are none. */
export function rolesOf(accessToken: string): readonly string[] {
  const [, payload] = accessToken.split(".");
  if (payload === undefined) return [];
  return claimsSchema.safeParse(parseJson(Buffer.from(payload, "base64url").toString("utf8"))).data?.roles ?? [];
}

/** Names of the permissions of a resource that the roles do not give. */
export function missingPermissions(resource: Permission["resource"], roles: readonly string[]): readonly string[] {
  return permissions
    .filter((permission) => permission.resource === resource)
    .filter((permission) => ![permission.name, ...permission.includedIn].some((name) => roles.includes(name)))
    .map((permission) => permission.name);
}

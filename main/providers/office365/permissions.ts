/**
 * Application permissions and the feature each is for. Entra puts what an administrator granted into the access token's
 * `roles` claim (Microsoft: "Access token claims reference"), so that nothing more has to be asked.
 */
import { z } from "zod";

export interface Permission {
  readonly name: string;
  readonly resource: "graph" | "exchange-online";
  readonly feature: string;
  /** Any of these includes it. */
  readonly includedIn: readonly string[];
}

export const permissions: readonly Permission[] = [
  { name: "Organization.Read.All", resource: "graph", feature: "subscriptions and domains", includedIn: ["Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"] },
  { name: "Domain.Read.All", resource: "graph", feature: "checking the domain", includedIn: ["Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"] },
  { name: "Group.ReadWrite.All", resource: "graph", feature: "Microsoft 365 groups", includedIn: ["Directory.ReadWrite.All"] },
  { name: "User.ReadWrite.All", resource: "graph", feature: "mailbox users", includedIn: ["Directory.ReadWrite.All"] },
  { name: "Exchange.ManageAsApp", resource: "exchange-online", feature: "distribution groups and mail contacts", includedIn: [] },
];

const claimsSchema = z.object({ roles: z.array(z.string()).default([]) });

/** The `roles` of an access token. Reads, does not verify: the token was received over TLS from its issuer. Empty when there are none. */
export function rolesOf(accessToken: string): readonly string[] {
  const [, payload] = accessToken.split(".");
  if (payload === undefined) return [];
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).roles;
  } catch {
    return [];
  }
}

/** Permissions of a resource that the roles do not give, as `Name (what it is for)`. */
export function missingPermissions(resource: Permission["resource"], roles: readonly string[]): readonly string[] {
  return permissions
    .filter((permission) => permission.resource === resource)
    .filter((permission) => ![permission.name, ...permission.includedIn].some((name) => roles.includes(name)))
    .map((permission) => `${permission.name} (${permission.feature})`);
}

/**
 * Where a stored secret may travel. A secret is lent to the place it was stored for, and to one that differs only by
 * being stricter; anywhere else it is entered again, so that nobody learns it by pointing a form at a host of theirs.
 */
import { z } from "zod";
import { ldapSecuritySchema, type ActiveDirectoryConnection, type StoreConnection, type Trust } from "../model/identity-store.ts";

/** What decides which host gets a secret, and how it is protected on the way there. */
export const secretPlaceSchema = z.object({
  /** Domain, cloud and tenant, or SMTP server: lower case, compared as they are. */
  target: z.array(z.string()),
  /** How the directory, or an SMTP server, is reached; null where the secret goes to neither. */
  directory: z
    .object({
      /** Hosts as typed; empty where DNS names them. */
      controllers: z.array(z.string()),
      dnsServer: z.string().nullable(),
      security: ldapSecuritySchema,
      /** The trusted certificates, as text. */
      trust: z.string(),
    })
    .nullable(),
});
export type SecretPlace = z.infer<typeof secretPlaceSchema>;

/** What a place has that the one the secret was stored for had not. */
export type LendingObstacle = "target" | "controllers" | "dns-server" | "security" | "trust";

const plain = (name: string) => name.trim().toLowerCase().replace(/\.$/, "");

/** The trusted certificates as text: equal texts are equal trust. */
export function trustText(trust: Trust): string {
  if (trust.mode === "system") return trust.mode;
  return trust.mode === "pinned" ? `pinned ${trust.sha256}` : `authority ${trust.pem.replaceAll(/\s/g, "")}`;
}

/** The place of a secret that goes to `domain` through a store's connection. Typed controllers serve the store's own domain alone. */
export function directoryPlace(connection: ActiveDirectoryConnection, domain: string = connection.domain): SecretPlace {
  const { dnsServer, domainControllers, security, trust } = connection;
  const own = plain(domain) === plain(connection.domain);
  return {
    target: [plain(domain)],
    directory: { controllers: own ? domainControllers.map(plain) : [], dnsServer, security, trust: trustText(trust) },
  };
}

/** The place of a secret that goes to a cloud's tenant. */
export function tenantPlace(cloud: string, tenant: string): SecretPlace {
  return { target: [plain(cloud), plain(tenant)], directory: null };
}

/** The place of the store's own account. */
export function connectionPlace(connection: StoreConnection): SecretPlace {
  return connection.kind === "active-directory" ? directoryPlace(connection) : tenantPlace(connection.cloud, connection.tenant);
}

/** Null when a secret that was stored for one place may go to another, else the first thing in the way. */
export function lendingObstacle(storedFor: SecretPlace, asked: SecretPlace): LendingObstacle | null {
  if (storedFor.target.join("\n") !== asked.target.join("\n") || (storedFor.directory === null) !== (asked.directory === null)) return "target";
  if (storedFor.directory === null || asked.directory === null) return null;
  const [before, after] = [storedFor.directory, asked.directory];
  const known = new Set(before.controllers);
  const fewer = after.controllers.length > 0 || known.size === 0;
  // A list where DNS was asked before names hosts of its own.
  if (!fewer || !after.controllers.every((host) => known.has(host))) return "controllers";
  if (before.dnsServer !== after.dnsServer) return "dns-server";
  if (before.security === "none") return null;
  if (after.security === "none") return "security";
  return before.trust === after.trust ? null : "trust";
}

/** An identity store: an Active Directory domain or a Microsoft Entra tenant, with one messaging provider. */
import { z } from "zod";
import { driftSchema } from "./drift.ts";
import { providerChoiceSchema } from "./provider-choice.ts";
import { secretStateSchema } from "./secret.ts";
import { readTyped, type TypedFormat } from "../rules/typed-value.ts";

const typed = (format: TypedFormat) => z.string().overwrite((text) => readTyped(text, format));

export const storeKindSchema = z.enum(["active-directory", "entra-id"]);
export type StoreKind = z.infer<typeof storeKindSchema>;

/** Which certificates the directory's TLS endpoint is measured against. */
export const trustSchema = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("system") }),
  /** Certificate authorities from a file the administrator picked, as PEM. Public data. */
  z.object({ mode: z.literal("authority-file"), name: z.string(), pem: z.string() }),
  /** Exactly one end-entity certificate, accepted after its fingerprint was shown. SHA-256, lower-case hex. */
  z.object({ mode: z.literal("pinned"), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type Trust = z.infer<typeof trustSchema>;

/** How the LDAP connection is protected: TLS from the first byte, TLS after a StartTLS request, or not at all. */
export const ldapSecuritySchema = z.enum(["ldaps", "starttls", "none"]);
export type LdapSecurity = z.infer<typeof ldapSecuritySchema>;

export const activeDirectoryConnectionSchema = z.object({
  kind: z.literal("active-directory"),
  /** DNS name of the domain, such as `contoso.lab`. */
  domain: typed("dns-name").min(1).max(255),
  /** Host names or addresses, optionally `host:port`. Empty: found through DNS SRV records. */
  domainControllers: z.array(typed("dns-name").min(1).max(255)).max(50),
  /** A DNS server to ask instead of the system's resolver, for a laptop outside the domain: `address` or `address:port`. */
  dnsServer: typed("dns-name").max(255).nullable(),
  /** `user@domain`, `DOMAIN\user` or a distinguished name. */
  username: typed("account").max(255),
  security: ldapSecuritySchema,
  trust: trustSchema,
});
export type ActiveDirectoryConnection = z.infer<typeof activeDirectoryConnectionSchema>;

export const cloudIdSchema = z.enum(["worldwide", "gcc-high", "dod", "china"]);
export type CloudId = z.infer<typeof cloudIdSchema>;

export const entraConnectionSchema = z.object({
  kind: z.literal("entra-id"),
  cloud: cloudIdSchema,
  /** Tenant identifier (GUID) or one of the tenant's verified domain names. */
  tenant: typed("tenant").min(1).max(255),
});
export type EntraConnection = z.infer<typeof entraConnectionSchema>;

export const storeConnectionSchema = z.discriminatedUnion("kind", [
  activeDirectoryConnectionSchema,
  entraConnectionSchema,
]);
export type StoreConnection = z.infer<typeof storeConnectionSchema>;

export const storeNameSchema = typed("line").min(1).max(64);

/** How far the messaging configuration has come. */
export const configurationStateSchema = z.enum(["not-configured", "draft", "saved", "saved-untested", "saved-with-failed-test"]);
export type ConfigurationState = z.infer<typeof configurationStateSchema>;

/**
 * What can end on a date, by what names it: a certificate by its file, a client secret by its application, a vendor's
 * support by the provider as `choiceValue` writes it, a server's TLS certificate by the server.
 */
export const expiryKindSchema = z.enum(["certificate", "secret", "support", "server-certificate"]);
export type ExpiryKind = z.infer<typeof expiryKindSchema>;

/** Words of imported carry-in probes: the newest one's computer, from when to when they are, in epoch milliseconds by the clocks there, and of how many computers. */
export const probedStoreSchema = z.object({ source: z.string(), since: z.number(), at: z.number(), sources: z.number().int().min(1) });
export type ProbedStore = z.infer<typeof probedStoreSchema>;

/** One row of the identity stores page. */
export const storeSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: storeKindSchema,
  domain: z.string(),
  /** Null when nothing was saved. */
  messaging: providerChoiceSchema.nullable(),
  /** Whether what is saved names a provider of which subscriptions can be asked for. */
  hasSubscriptions: z.boolean(),
  /** Servers in use, and how many of them are online; of `serversUnknown` nothing is known at the moment. */
  serversTotal: z.number(),
  serversOnline: z.number(),
  serversUnknown: z.number(),
  state: configurationStateSchema,
  hasDraft: z.boolean(),
  /** Null where there is no draft. */
  draftVersion: z.number().nullable(),
  /** Others who have unsaved work on it, each with the moment of the last change, epoch milliseconds. Nobody is locked out by it. */
  editing: z.array(z.object({ who: z.string(), at: z.number() })),
  revision: z.number(),
  /** Nothing is asked for it from this computer. */
  prepareOnly: z.boolean(),
  /** What expires first in this store. `at` in epoch milliseconds. */
  nextExpiry: z.object({ kind: expiryKindSchema, what: z.string(), at: z.number() }).nullable(),
  /** How what is saved differs from what was last seen of directory and servers; null where it does not, or nothing was seen. */
  drift: driftSchema.nullable(),
  /** Null where no result of a probe was imported. */
  probed: probedStoreSchema.nullable(),
  updatedAt: z.number(),
});
export type StoreSummary = z.infer<typeof storeSummarySchema>;

/** A store as the editor sees it. */
export const storeDetailSchema = z.object({
  id: z.string(),
  name: z.string(),
  connection: storeConnectionSchema,
  directoryPassword: secretStateSchema,
  revision: z.number(),
});
export type StoreDetail = z.infer<typeof storeDetailSchema>;

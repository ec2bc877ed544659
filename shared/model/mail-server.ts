/** Mail servers: what the directory or the cloud lists, what the administrator ticked, and how each is doing. */
import { z } from "zod";
import { faultSchema, rungNameSchema, unreachableReasonSchema } from "../fault.ts";

/** A server as a provider's discovery found it. */
export const discoveredServerSchema = z.object({
  /** Fully qualified name in lower case: the identity of a server everywhere. */
  name: z.string(),
  /** The product's release, such as `2013`; null where it is not known or means nothing. */
  version: z.string().nullable(),
  /** Build, such as `15.0.1497.2`. */
  build: z.string().nullable(),
  /** What the server does, such as `mailbox`. */
  roles: z.array(z.string()),
  site: z.string().nullable(),
});
export type DiscoveredServer = z.infer<typeof discoveredServerSchema>;

/** Servers of another release that a listing left out; null for those whose release is not known. */
export const notShownSchema = z.object({ version: z.string().nullable(), count: z.number() });

/**
 * Whether a listing is everything there is, or why it is not: the far side's limit on entries, on time or on pages, parts
 * that lie in another directory, or entries that could not be read. What is missing from an incomplete one may well exist.
 */
export const completenessSchema = z.union([z.literal(true), z.enum(["size-limit", "time-limit", "page-limit", "elsewhere", "unreadable-entries"])]);
export type Completeness = z.infer<typeof completenessSchema>;

/** What Sync Again found: the servers that fit, and how many of which other kind were left out. */
export const serverListingSchema = z.object({
  servers: z.array(discoveredServerSchema),
  notShown: z.array(notShownSchema),
  complete: completenessSchema,
  /** The domain controller or endpoint that answered. */
  source: z.string(),
  at: z.number(),
});
export type ServerListing = z.infer<typeof serverListingSchema>;

/** A server in a configuration: listed, perhaps ticked, with its priority. */
export const serverEntrySchema = discoveredServerSchema.extend({
  ticked: z.boolean(),
  /** 1 is the highest; unique and gapless among ticked servers; null when not ticked. */
  priority: z.number().int().min(1).nullable(),
  /** Was listed before and is gone from the last listing. */
  vanished: z.boolean(),
});
export type ServerEntry = z.infer<typeof serverEntrySchema>;

/** `exchange-role-not-seen`: the application may sign in to Exchange Online, and its token shows no role that manages recipients. */
export const findingReasonSchema = z.enum([...unreachableReasonSchema.options, "exchange-role-not-seen"]);
export type FindingReason = z.infer<typeof findingReasonSchema>;

/** Something worth mending that does not decide the rung, such as a certificate without the server's name. */
export const findingSchema = z.object({
  reason: findingReasonSchema,
  /** The fact behind it: a date, the names presented, a key's size, the roles seen. */
  detail: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/** One rung of the ladder as it was climbed. */
export const rungResultSchema = z.object({
  rung: rungNameSchema,
  ms: z.number(),
  /** Epoch milliseconds of the climb this outcome is from; absent when it was climbed in this check. */
  climbedAt: z.number().optional(),
  outcome: z.discriminatedUnion("state", [
    /** `answer` is a short fact for people: an address, `TLSv1.3`, `200 exb.contoso.lab`. */
    z.object({ state: z.literal("passed"), answer: z.string().nullable() }),
    /** Passed, and something was noticed on the way. */
    z.object({ state: z.literal("finding"), answer: z.string().nullable(), findings: z.array(findingSchema).min(1) }),
    z.object({ state: z.literal("failed"), fault: faultSchema }),
    /** Not tried, and why: an earlier rung failed, this machine cannot, a proxy does it, or it still goes on. */
    z.object({ state: z.literal("skipped"), why: z.enum(["earlier-rung", "no-credentials", "not-on-this-machine", "not-needed", "by-proxy", "not-yet"]) }),
  ]),
});
export type RungResult = z.infer<typeof rungResultSchema>;

/** Which server a check was of, and with which configuration: identity store, revision, server. */
export const checkedServerSchema = z.tuple([z.string(), z.number(), z.string()]);
export type CheckedServer = z.infer<typeof checkedServerSchema>;

/** One finished check of one server. */
export const checkResultSchema = z.object({
  at: z.number(),
  ms: z.number(),
  rungs: z.array(rungResultSchema),
  /** The end-entity certificate's expiry, epoch milliseconds, where a TLS rung saw one. */
  certificateExpiresAt: z.number().nullable(),
  /** The same certificate's SHA-256 fingerprint, hexadecimal in lower case. */
  certificateSha256: z.string().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** Health of a server as the pure transition function keeps it. `since` in epoch milliseconds. */
export const healthSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unchecked") }),
  /** `depth` is the deepest rung that passed. */
  z.object({ state: z.literal("online"), since: z.number(), ms: z.number(), depth: rungNameSchema }),
  /** Online until now, but the last `fails` checks failed. */
  z.object({ state: z.literal("unstable"), since: z.number(), fails: z.number(), reason: faultSchema }),
  z.object({ state: z.literal("offline"), since: z.number(), reason: faultSchema, /** Successes in a row since. */ recovering: z.number() }),
  z.object({
    state: z.literal("unknown"),
    since: z.number(),
    /**
     * `prepare-only`: nothing is asked of the identity store's servers. `unheard`: main looks at the server and cannot be heard itself,
     * which a page alone can say.
     */
    why: z.enum(["signed-out", "no-network", "prepare-only", "unheard"]),
    /** As what it was last known, and when, epoch milliseconds. */
    last: z.enum(["online", "unstable", "offline"]).nullable(),
    lastAt: z.number().nullable(),
  }),
]);
export type Health = z.infer<typeof healthSchema>;

export const activitySchema = z.enum(["idle", "checking", "paused"]);

/** One point of the latency history; null milliseconds is a failed check. */
export const historyPointSchema = z.object({ at: z.number(), ms: z.number().nullable() });
export type HistoryPoint = z.infer<typeof historyPointSchema>;

/** What a carry-in probe said of a server, and whose word it is. It says nothing of what this computer reaches. */
export const probedSchema = z.object({
  /** The computer that it ran on. */
  source: z.string(),
  /** Epoch milliseconds, by that computer's clock. */
  at: z.number(),
  result: checkResultSchema,
  /** Of the Exchange that is installed where it ran, where that is the server itself. */
  build: z.string().nullable(),
  roles: z.array(z.string()),
});
export type Probed = z.infer<typeof probedSchema>;

/** The live row the status feed carries, keyed by server name. */
export const serverStatusSchema = z.object({
  name: z.string(),
  /** Belongs to what is saved; the others stand in a draft alone. */
  inForce: z.boolean(),
  health: healthSchema,
  activity: activitySchema,
  /** The last 30 checks, oldest first. */
  history: z.array(historyPointSchema),
  certificateExpiresAt: z.number().nullable(),
  lastCheckAt: z.number().nullable(),
  nextCheckAt: z.number().nullable(),
  /** The last check in full, for "What to do". */
  lastCheck: checkResultSchema.nullable(),
  /** The newest word of a carry-in probe, beside what this console finds out itself. */
  probed: probedSchema.nullable(),
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;

/** Checks kept for a server's latency history. */
export const HISTORY_LENGTH = 30;

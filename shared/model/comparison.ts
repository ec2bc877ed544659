/** Two states of an identity store beside each other, and what was last seen of its servers. */
import { z } from "zod";
import { faultSchema, rungNameSchema } from "../fault.ts";
import { changeSchema } from "./draft.ts";
import { probedStoreSchema } from "./identity-store.ts";
import { serverListingSchema } from "./mail-server.ts";
import { providerChoiceSchema } from "./provider-choice.ts";

/**
 * One of the two. `bundle`: the store of an opened handover file, at its place there, or the one that importing would bring to this
 * identity store. `directory`: what the directory lists now; against what is saved also what the servers and the account's rights are.
 * `probe`: what imported carry-in probes said of the other side's servers; against what is saved also which certificates they saw.
 */
export const comparedSideSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("saved") }),
  z.object({ kind: z.literal("draft") }),
  z.object({ kind: z.literal("revision"), number: z.number().int().min(1) }),
  z.object({ kind: z.literal("bundle"), bundle: z.string().max(100), place: z.number().int().min(0).nullable() }),
  z.object({ kind: z.literal("directory") }),
  z.object({ kind: z.literal("probe") }),
]);
export type ComparedSide = z.infer<typeof comparedSideSchema>;

/** What could not be compared. `fault`: why, where it was tried. */
export const notComparedSchema = z.object({
  /**
   * `no-server-listed`: nothing is left of a list that was not empty. `half-listed`: what is missing of the list may be there. Of a probe's
   * side, `probe-none`: none was made of the server. `probe-elsewhere`: it ran on another computer than the server, and says neither build
   * nor roles. `probe-no-certificate`: it came to see none. `probe-certificate-unknown`: no console has seen one to hold it against.
   * `probe-not-listed`: the other side lists no such server.
   */
  what: z.enum([
    "other-provider",
    "half-listed",
    "no-server-listed",
    "server",
    "probe-other-provider",
    "probe-none",
    "probe-elsewhere",
    "probe-no-certificate",
    "probe-certificate-unknown",
    "probe-not-listed",
  ]),
  /** The server. */
  subject: z.string().nullable(),
  fault: faultSchema.nullable(),
});
export type NotCompared = z.infer<typeof notComparedSchema>;

export const comparisonSchema = z.object({
  /** The saved revision when it was made. */
  revision: z.number(),
  /** `before` is the left side, `after` the right one. */
  changes: z.array(changeSchema),
  notCompared: z.array(notComparedSchema),
  /** What the side `probe` was made from; null where there is none. */
  probed: probedStoreSchema.nullable(),
  /** Stands for the certificates and rights among the differences; null for none. Whoever takes them over gives it back. */
  seen: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What a check saw of one server. */
export const seenServerSchema = z.object({
  certificate: z.object({ sha256: z.string(), expiresAt: z.number().nullable() }).nullable(),
  /** Rungs of the account's rights that were passed, and those that were refused. */
  allowed: z.array(rungNameSchema),
  refused: z.array(rungNameSchema),
});
export type SeenServer = z.infer<typeof seenServerSchema>;

/** By server name. */
export const seenServersSchema = z.record(z.string(), seenServerSchema);
export type SeenServers = z.infer<typeof seenServersSchema>;

/** What was last seen of a store's directory and servers. Times in epoch milliseconds. */
export const sightingSchema = z.object({
  at: z.number(),
  /** The saved revision that it was held against. */
  revision: z.number(),
  /** What the directory listed, for which provider and release. */
  choice: providerChoiceSchema,
  listing: serverListingSchema,
  /** What was taken for granted, and what was seen last. */
  known: seenServersSchema,
  seen: seenServersSchema,
  /** The differences that the activity was told of; null for none. */
  told: z.string().nullable(),
});
export type Sighting = z.infer<typeof sightingSchema>;

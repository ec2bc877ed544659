/** What would be done with mail objects, before anything is written; and what would come of it if servers failed. */
import { z } from "zod";
import { faultSchema, issueSchema } from "../fault.ts";
import { mailObjectTypeSchema, mailRequestSchema, mailStepKindSchema } from "./mail-object.ts";

/** Which mail objects an identity store takes at the moment, and with what a form begins. */
export const mailOfferSchema = z.object({
  types: z.array(z.object({ type: mailObjectTypeSchema, /** Why it cannot be made; null where it can. */ why: z.string().nullable() })),
  /** What stands behind the @ of an address; null where the provider decides. */
  domain: z.string().nullable(),
  /** Longest alias. */
  aliasLength: z.number(),
  /** Whether the directory has containers to choose from. */
  containers: z.boolean(),
  /** Ticked servers in the order in which they are tried; empty where there are none to choose. */
  servers: z.array(z.string()),
});
export type MailOffer = z.infer<typeof mailOfferSchema>;

/** A place in the directory's tree that may hold objects. */
export const containerSchema = z.object({ dn: z.string(), name: z.string(), kind: z.enum(["domain", "organizational-unit", "container"]), hasChildren: z.boolean() });
export type Container = z.infer<typeof containerSchema>;

/** The plan for one object. `last`: servers that are tried after all others, because a fresh check found them Offline. */
export const mailPlanSchema = z.object({
  request: mailRequestSchema,
  /** What keeps it from being done. */
  issues: z.array(issueSchema),
  /** What is written where: the directory's steps, then the provider's. */
  steps: z.array(z.object({ kind: mailStepKindSchema, where: z.enum(["directory", "servers", "cloud"]) })),
  /** The distinguished name of a new object; null where a cloud decides. */
  dn: z.string().nullable(),
  /** The address that results; null where the provider's policy decides and nothing says how. */
  address: z.string().nullable(),
  order: z.array(z.string()),
  last: z.array(z.string()),
  /** Servers whose newest check was refused to the account: what it may not do there. */
  denied: z.array(z.object({ server: z.string(), fault: faultSchema })),
  /** What is left to do by hand: codes of sentences, such as `membership`. */
  byHand: z.array(z.string()),
  /** What an administrator would type in PowerShell, with secrets as prompts. */
  commands: z.string(),
});
export type MailPlan = z.infer<typeof mailPlanSchema>;

/** How a server can fail, in a rehearsal and in the practice organisation. The classes are those of the failover rule. */
export const serverFailures = ["refuses-sessions", "session-limit", "throttled", "fails-before", "fails-after", "hangs", "role-missing", "already-enabled", "wrong-password", "address-taken", "not-seen"] as const;
export const serverFailureSchema = z.enum(serverFailures);
export type ServerFailure = z.infer<typeof serverFailureSchema>;

/** One move of a rehearsal, with the milliseconds that it may take. */
export const rehearsedMoveSchema = z.object({ kind: mailStepKindSchema, server: z.string().nullable(), outcome: z.string(), ms: z.number() });
export const rehearsalSchema = z.object({
  moves: z.array(rehearsedMoveSchema),
  end: z.enum(["done", "half-done", "failed"]),
  /** The server that did it; null where none did. */
  by: z.string().nullable(),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

/** Mail objects: groups, users and contacts in an identity store to which its messaging provider gives an address. */
import { z } from "zod";
import { faultSchema } from "../fault.ts";
import { providerChoiceSchema } from "./provider-choice.ts";

/** The kinds of mail object, in Exchange's terms: a mailbox's user has its mail here, a mail user's and a contact's is elsewhere. */
export const mailObjectTypes = ["distribution-group", "security-group", "microsoft-365-group", "mailbox", "mail-user", "mail-contact"] as const;
export const mailObjectTypeSchema = z.enum(mailObjectTypes);
export type MailObjectType = z.infer<typeof mailObjectTypeSchema>;

/** Make a new one, mail-enable one that the directory holds, or take its mail part away again. */
export const mailActionSchema = z.enum(["create", "enable", "disable"]);
export type MailAction = z.infer<typeof mailActionSchema>;

/** What somebody wants to be done with one object. Holds no secret. */
export const mailRequestSchema = z.object({
  action: mailActionSchema,
  type: mailObjectTypeSchema,
  /** Common name and display name. */
  name: z.string().max(256),
  /** Distinguished name of the container or organisational unit of a new object; null where the directory has none. */
  container: z.string().max(2048).nullable(),
  /** What is acted on, for `enable` and `disable`: a distinguished name, or a cloud's id. */
  identity: z.string().max(2048).nullable(),
  /** The `objectGUID` of what is acted on, where it was seen: another object that got its name meanwhile is not meant. */
  guid: z.string().max(64).optional(),
  alias: z.string().max(256),
  /** The primary address; null leaves it to the provider (Exchange's address policies). */
  address: z.string().max(320).nullable(),
  /** Where the mail of a contact or a mail user goes. */
  externalAddress: z.string().max(320).nullable(),
  /** `sAMAccountName` of groups and users, and the part before the @ of a user's sign-in name. */
  accountName: z.string().max(256).nullable(),
});
export type MailRequest = z.infer<typeof mailRequestSchema>;

/** An object that exists: where, and at which domain controller it was made. Everything further asks that controller. */
export const directoryObjectSchema = z.object({
  /** Distinguished name, or a cloud's id. */
  identity: z.string(),
  /** `objectGUID` in lower-case hex with dashes; null where the directory has none. */
  guid: z.string().nullable(),
  /** Null for a cloud. */
  controller: z.string().nullable(),
});
export type DirectoryObject = z.infer<typeof directoryObjectSchema>;

/** An object as a search shows it. */
export const foundObjectSchema = directoryObjectSchema.extend({
  name: z.string(),
  /** Null for what is no mail object in waiting, such as a computer or a group that is not universal. */
  type: mailObjectTypeSchema.nullable(),
  alias: z.string().nullable(),
  address: z.string().nullable(),
  accountName: z.string().nullable(),
  mailEnabled: z.boolean(),
  /** Why nothing can be done with it: `not-universal`, `synchronised`, `not-supported`; null where something can. */
  why: z.string().nullable(),
});
export type FoundObject = z.infer<typeof foundObjectSchema>;

/**
 * What came of a step. `not-reached`: nothing was taken, so that another server may be asked. `unanswered`: it was sent and no answer
 * came, so that only a look tells what happened. `not-seen`: the server does not find the object at its controller yet. `refused`: no
 * other server would say anything else.
 */
export const stepOutcomeSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("started") }),
  /** `already`: it was so before. */
  z.object({ state: z.literal("succeeded"), already: z.boolean(), address: z.string().nullable() }),
  z.object({ state: z.literal("not-reached"), fault: faultSchema }),
  z.object({ state: z.literal("unanswered"), fault: faultSchema }),
  z.object({ state: z.literal("not-seen"), fault: faultSchema }),
  z.object({ state: z.literal("refused"), fault: faultSchema }),
  /** Of a look: the object is there and as it should be, there and otherwise, or not there. */
  z.object({ state: z.literal("found"), address: z.string().nullable() }),
  z.object({ state: z.literal("different"), address: z.string().nullable() }),
  z.object({ state: z.literal("missing") }),
]);
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

/** `look` reads at the pinned controller whether the object is in the state that is wanted. */
export const mailStepKindSchema = z.enum(["create", "enable", "disable", "look", "delete"]);
export type MailStepKind = z.infer<typeof mailStepKindSchema>;

export const mailStepSchema = z.object({
  /** Counts from 1 within an object. */
  number: z.number().int().min(1),
  kind: mailStepKindSchema,
  /** The mail server or domain controller that was asked; null for a cloud, and for a controller that is still to be found. */
  server: z.string().nullable(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** Null while it goes on, and for a step whose end nobody saw. */
  ms: z.number().nullable(),
  outcome: stepOutcomeSchema,
});
export type MailStep = z.infer<typeof mailStepSchema>;

/**
 * How far an object has come. `planned`: nothing was written. `running`: somebody is at it. `interrupted`: nobody is, and how its last
 * step ended is not known. `half-done`: it is in the directory without its mail part.
 */
export const journalStateSchema = z.enum(["planned", "running", "interrupted", "half-done", "done", "failed", "cancelled", "undone"]);
export type JournalState = z.infer<typeof journalStateSchema>;

/** One object of a run, with everything that was tried. */
export const journalEntrySchema = z.object({
  id: z.string(),
  run: z.string(),
  /** Its place in the run, from 1. */
  place: z.number().int().min(1),
  storeId: z.string(),
  storeName: z.string(),
  at: z.number(),
  by: z.string(),
  provider: providerChoiceSchema,
  request: mailRequestSchema,
  state: journalStateSchema,
  /** Null until it is known to exist. */
  object: directoryObjectSchema.nullable(),
  /** The address it has, as far as that is known. */
  address: z.string().nullable(),
  /** Why it is not done; null where it is, or nothing is known against it. */
  fault: faultSchema.nullable(),
  steps: z.array(mailStepSchema),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** What was tried for an object, for a page that shows it while it happens. */
export const madeStepSchema = z.object({ entry: z.string(), name: z.string(), place: z.number(), step: mailStepSchema });
export type MadeStep = z.infer<typeof madeStepSchema>;

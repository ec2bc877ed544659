/** What a run of a job would do, row by row, before anything is written. */
import { z } from "zod";
import { issueSchema } from "../fault.ts";
import { limitedActionSchema } from "./job.ts";
import { leavingStageSchema } from "./leaver.ts";
import { licenceChangeSchema } from "./licence.ts";
import { directoryObjectSchema, mailRequestSchema } from "./mail-object.ts";

/** `notice`: days are counted from now on. `return`: what was left to do with a leaver is called off. `keep`: it is as the row says. `skip`: left alone, for the reason in `why`. `refused`: it cannot be done as it is. */
export const plannedActionSchema = z.enum(["create", "enable", "license", "unlicense", "notice", "block", "delete", "return", "keep", "skip", "refused"]);
export type PlannedAction = z.infer<typeof plannedActionSchema>;

export const plannedRowSchema = z.object({
  /** The row of the source, from 1, without the line of names; behind the last one for a user who is back and has none. */
  row: z.number().int().min(1),
  key: z.string(),
  name: z.string(),
  action: plannedActionSchema,
  /** What is made or mail-enabled; null for every other action. */
  request: mailRequestSchema.nullable(),
  /** The object that the destination has; null where it has none. */
  object: directoryObjectSchema.nullable(),
  /** What changes of the licences, besides a create or enable too; null for nothing. */
  licences: licenceChangeSchema.nullable(),
  /** Direct licences that were seen, which the change was decided over. */
  seen: z.array(z.string()),
  /** Why it is left alone: `missing`, `protected`, `blank-key`, `twice-in-source`, `twice-in-destination`, `another-type`, `synchronised`, `administrator`; `returned` of a user who is back and stays blocked; null for every other action. */
  why: z.string().nullable(),
  issues: z.array(issueSchema),
  /** Stages of leaving that the user goes through, in this order; absent where it does not leave. */
  stages: z.array(leavingStageSchema).optional(),
  /** Whether the last mailbox goes with the licences that are taken: its mail is kept for 30 days. Absent where none are taken. */
  losesMailbox: z.boolean().optional(),
});
export type PlannedRow = z.infer<typeof plannedRowSchema>;

/** Why a run is not begun. */
export const haltSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("source-empty") }),
  /** Percent of rows fewer. */
  z.object({ kind: z.literal("source-shrank"), before: z.number(), now: z.number(), most: z.number() }),
  z.object({ kind: z.literal("twice-in-source"), keys: z.array(z.string()), rows: z.number() }),
  z.object({ kind: z.literal("twice-in-destination"), keys: z.array(z.string()), rows: z.number() }),
  z.object({ kind: z.literal("over-limit"), action: limitedActionSchema, count: z.number(), most: z.number(), percent: z.number().nullable() }),
  /** Over what an administrator allows any job. */
  z.object({ kind: z.literal("over-managed-limit"), action: limitedActionSchema, count: z.number(), most: z.number() }),
  z.object({ kind: z.literal("rows-refused"), rows: z.number() }),
  /** Seats that the run needs and the tenant does not have. */
  z.object({ kind: z.literal("no-seats"), product: z.string(), needed: z.number(), free: z.number() }),
]);
export type Halt = z.infer<typeof haltSchema>;

export const sourceFactsSchema = z.object({
  columns: z.array(z.string()),
  rows: z.number(),
  /** What was found in the file, and used; null where it does not apply. */
  delimiter: z.string().nullable(),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  /** When the file was last changed, epoch milliseconds. */
  changedAt: z.number(),
});
export type SourceFacts = z.infer<typeof sourceFactsSchema>;

/** Seats that a run would take of a product (`skuId`), and those that are free. */
export const seatNeedSchema = z.object({ product: z.string(), partNumber: z.string(), needed: z.number(), free: z.number() });
export type SeatNeed = z.infer<typeof seatNeedSchema>;

export const jobPlanSchema = z.object({
  plan: z.string(),
  storeId: z.string(),
  job: z.string(),
  /** The revision of the identity store that the job was read from. */
  revision: z.number(),
  source: sourceFactsSchema,
  at: z.number(),
  counts: z.record(plannedActionSchema, z.number()),
  halts: z.array(haltSchema),
  /** Every product that a row names; empty where the job leaves licences alone. */
  seats: z.array(seatNeedSchema),
  /** Whether whoever applies it enters a first password. */
  asksPassword: z.boolean(),
});
export type JobPlan = z.infer<typeof jobPlanSchema>;

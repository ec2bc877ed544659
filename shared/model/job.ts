/** A synchronize job: rows of a source become mail objects of an identity store, and licences of its users. Holds no secret. */
import { z } from "zod";
import { readTyped } from "../rules/typed-value.ts";
import { deprovisionSchema } from "./leaver.ts";
import { mailObjectTypeSchema } from "./mail-object.ts";
import { passwordPolicySchema } from "./password-policy.ts";
import { scheduleSchema } from "./schedule.ts";
import { transformSchema } from "./transform.ts";

export const jobNameSchema = z.string().overwrite((text) => readTyped(text, "line")).min(1).max(64);

/**
 * A file of the computer that runs the job. Null of `delimiter` and `encoding` leaves them to what is found in the file; `header`: whether
 * the first line names the columns, which are `Column 1`, `Column 2` otherwise. Of a workbook `sheet` is read; null for its first.
 */
export const csvSourceSchema = z.object({
  kind: z.literal("csv"),
  path: z.string().max(1024),
  delimiter: z.enum([",", ";", "\t", "|"]).nullable(),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]).nullable(),
  header: z.boolean(),
});
export const excelSourceSchema = z.object({ kind: z.literal("excel"), path: z.string().max(1024), sheet: z.string().max(31).nullable(), header: z.boolean() });
export const jobSourceSchema = z.discriminatedUnion("kind", [csvSourceSchema, excelSourceSchema]);
export type JobSource = z.infer<typeof jobSourceSchema>;
export type CsvSource = z.infer<typeof csvSourceSchema>;
export type ExcelSource = z.infer<typeof excelSourceSchema>;

/**
 * What a row can say of an object: the properties of a mail request, and of a user of a cloud its usage location and subscriptions (part
 * numbers such as `ENTERPRISEPACK`).
 */
export const jobTargets = ["name", "accountName", "alias", "address", "externalAddress", "container", "usageLocation", "subscriptions"] as const;
export const jobTargetSchema = z.enum(jobTargets);
export type JobTarget = z.infer<typeof jobTargetSchema>;

export const fieldMappingSchema = z.object({ target: jobTargetSchema, transform: transformSchema });
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** By what a row and an object are known to be the same one. */
export const jobKeys = ["accountName", "address", "alias"] as const;
export const jobKeySchema = z.enum(jobKeys);
export type JobKey = z.infer<typeof jobKeySchema>;

/** What a run does with an object. `enable` gives a mail part to one that is there, `license` and `unlicense` change licences alone; `block` and `delete` are of users who left. */
export const limitedActions = ["create", "enable", "license", "unlicense", "block", "delete"] as const;
export const limitedActionSchema = z.enum(limitedActions);
export type LimitedAction = z.infer<typeof limitedActionSchema>;

/** At most so many objects, and so many of a hundred rows of the source; null where that sets no limit. */
export const jobLimitSchema = z.object({ count: z.number().int().min(0).max(1_000_000).nullable(), percent: z.number().min(0).max(100).nullable() });
export type JobLimit = z.infer<typeof jobLimitSchema>;

export const jobBrakesSchema = z.object({
  limits: z.record(limitedActionSchema, jobLimitSchema),
  /** A source with so many percent of rows fewer than at the last run that was applied halts the run; null where it does not. */
  shrink: z.number().min(1).max(100).nullable(),
  /** Objects that no run touches, by account name, address or name. */
  protected: z.array(z.string().min(1).max(320)).max(1000),
});
export type JobBrakes = z.infer<typeof jobBrakesSchema>;

/** `give` adds the mapped subscriptions, `exact` also takes those that a row does not name; `none` leaves licences alone. */
export const licensingSchema = z.enum(["none", "give", "exact"]);

/** Everything of a job but its id and the identity store that it writes to. */
export const jobSettingsSchema = z.object({
  name: jobNameSchema,
  /** Whose messaging provider makes mail parts and licences: that of the identity store that it writes to, or one for this job alone. */
  provider: z.enum(["destination", "own"]).default("destination"),
  description: z.string().max(500),
  /** A disabled one is not begun by its schedule. */
  enabled: z.boolean(),
  source: jobSourceSchema,
  /** Mail objects that hold somebody: groups come with their members, which is another job. */
  type: mailObjectTypeSchema,
  /** What to do with rows whose object is not there; leavers are never made. */
  missing: z.enum(["create", "skip"]),
  key: jobKeySchema,
  mapping: z.array(fieldMappingSchema).max(jobTargets.length),
  licensing: licensingSchema,
  /** Rows are users who left; null where they are not. */
  deprovision: deprovisionSchema.nullable().default(null),
  password: passwordPolicySchema,
  brakes: jobBrakesSchema,
  /** Null: run by hand alone. */
  schedule: scheduleSchema.nullable(),
});
export type JobSettings = z.infer<typeof jobSettingsSchema>;

export const jobSchema = jobSettingsSchema.extend({ id: z.string().min(1).max(64) });
export type Job = z.infer<typeof jobSchema>;

/** Runs of jobs that were applied, or held by a brake. */
import { z } from "zod";
import { faultSchema } from "../fault.ts";
import { haltSchema, plannedRowSchema } from "./job-plan.ts";

/** `halted`: a brake held before the first write. `interrupted`: nobody is at it, and it is not over. `with-failures`: over, and not all of it was done. */
export const jobRunStateSchema = z.enum(["running", "interrupted", "halted", "done", "with-failures", "failed", "cancelled"]);
export type JobRunState = z.infer<typeof jobRunStateSchema>;

export const jobRunSchema = z.object({
  id: z.string(),
  job: z.string(),
  jobName: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  /** The identity store's revision that the job was read from. */
  revision: z.number(),
  at: z.number(),
  endedAt: z.number().nullable(),
  by: z.string(),
  /** `person`: by a page or the command line. */
  begunBy: z.enum(["person", "schedule"]),
  /** The moment of its schedule that it was begun for, epoch milliseconds; null where a person began it. */
  due: z.number().nullable(),
  state: jobRunStateSchema,
  /** Rows that the source had. */
  rows: z.number(),
  /** Rows by planned action. */
  planned: z.record(z.string(), z.number()),
  /** Rows by what came of them. */
  outcomes: z.record(z.string(), z.number()),
  halts: z.array(haltSchema),
  /** Why it ended early; null where it did not. */
  fault: faultSchema.nullable(),
  /** The run of mail objects in the journal; null where none were made. */
  mailRun: z.string().nullable(),
  /** Sealed files with first passwords, in the order they were written: whoever goes on with a run gets another one, and each holds what no other does. */
  passwordFiles: z.array(z.string()),
});
export type JobRun = z.infer<typeof jobRunSchema>;

/** `planned`: nothing was written. `half-done`: some of it was. `unknown`: it was sent, and no answer came. */
export const jobRowStateSchema = z.enum(["planned", "done", "half-done", "unknown", "failed"]);
export type JobRowState = z.infer<typeof jobRowStateSchema>;

/** A row of a run that was to change something. */
export const jobRowSchema = plannedRowSchema.extend({
  run: z.string(),
  state: jobRowStateSchema,
  /** When it was last changed, epoch milliseconds. */
  at: z.number(),
  /** The address that the object has; null where none is known. */
  address: z.string().nullable(),
  /** Licences that were given and taken, as part numbers. */
  given: z.array(z.string()),
  taken: z.array(z.string()),
  fault: faultSchema.nullable(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

/** Leaving in stages: what a job does, one after the other, with users who left. */
import { z } from "zod";

/**
 * `notice`: nothing but that days are counted from now on, where sign-in is not blocked. `block`: the account is disabled and its sessions
 * end. `unlicense`: products are taken. `delete`: the user is deleted, and can be restored for 30 days.
 */
export const leavingStages = ["notice", "block", "unlicense", "delete"] as const;
export const leavingStageSchema = z.enum(leavingStages);
export type LeavingStage = z.infer<typeof leavingStageSchema>;

const daysSchema = z.number().int().min(0).max(3650);

/** What becomes of users whom the rows of a source name. Days are counted from when the first stage was done. */
export const deprovisionSchema = z.object({
  /** Part numbers that are taken, or every product that was given directly. */
  products: z.union([z.array(z.string().min(1).max(64)).min(1).max(100), z.literal("all")]),
  /** Blocks sign-in and ends sessions at once. */
  blockSignIn: z.boolean(),
  unlicenseAfterDays: daysSchema,
  /** Null: never. */
  deleteAfterDays: daysSchema.nullable(),
});
export type Deprovision = z.infer<typeof deprovisionSchema>;

/** How far a job has come with a user who left. */
export const leaverSchema = z.object({
  job: z.string(),
  /** The user's id. */
  user: z.string(),
  /** As the source named it. */
  key: z.string(),
  name: z.string(),
  /** The last stage that was begun; `begun` where nobody knows whether it was done. */
  stage: leavingStageSchema,
  state: z.enum(["begun", "done"]),
  /** When the first stage was done, epoch milliseconds; null until then. */
  since: z.number().nullable(),
  /** When it was last changed, epoch milliseconds. */
  at: z.number(),
  /** When what was left to do was called off because the user is back; null while it is not. */
  cancelledAt: z.number().nullable(),
});
export type Leaver = z.infer<typeof leaverSchema>;

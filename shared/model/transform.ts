/** How the value of a field comes from a row of the source: where it begins, and the steps that it goes through. */
import { z } from "zod";

const text = z.string().max(2000);
const count = z.number().int().min(0).max(1000);

/**
 * `static`: the text, in which `%NOW%` (ISO 8601), `%TODAY%` and `%COMPUTERNAME%` are replaced. `join`: columns that are not blank, with the
 * separator between them. `expression`: JSONata over the row, an object of texts by the names of the columns.
 */
export const transformBeginningSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("column"), column: z.string().max(255) }),
  z.object({ kind: z.literal("static"), text }),
  z.object({ kind: z.literal("join"), columns: z.array(z.string().max(255)).max(20), separator: z.string().max(20) }),
  z.object({ kind: z.literal("expression"), text: z.string().max(4000) }),
]);
export type TransformBeginning = z.infer<typeof transformBeginningSchema>;

/** Counts are of characters as a person counts them. */
export const transformStepSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trim") }),
  z.object({ kind: z.literal("left"), count }),
  z.object({ kind: z.literal("right"), count }),
  /** `start` characters are left out, `length` are taken. */
  z.object({ kind: z.literal("substring"), start: count, length: count }),
  z.object({ kind: z.literal("case"), to: z.enum(["lower", "upper", "title"]) }),
  /** Every occurrence of a text as it is typed. */
  z.object({ kind: z.literal("replace"), find: z.string().min(1).max(255), by: z.string().max(255) }),
  /** What is not in the table stays, becomes blank, or is wrong. Compared without case. */
  z.object({ kind: z.literal("lookup"), table: z.array(z.object({ from: z.string().max(255), to: z.string().max(255) })).max(500), otherwise: z.enum(["keep", "blank", "refuse"]) }),
  /** In the place of a blank. */
  z.object({ kind: z.literal("default"), text }),
  /** Letters of other scripts and with marks as ASCII ones: ü becomes ue. */
  z.object({ kind: z.literal("transliterate") }),
  /** Numbered from 2 where an earlier row of the source has the same, by case-insensitive comparison. */
  z.object({ kind: z.literal("unique") }),
]);
export type TransformStep = z.infer<typeof transformStepSchema>;

export const transformSchema = z.object({ from: transformBeginningSchema, steps: z.array(transformStepSchema).max(20) });

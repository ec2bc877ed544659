import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { expiryKindSchema } from "../model/identity-store.ts";

/** Something that ends on a date. */
export const expirySchema = z.object({
  id: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  kind: expiryKindSchema,
  /** What names it, as {@link expiryKindSchema} says. */
  subject: z.string(),
  at: z.number(),
});
export type Expiry = z.infer<typeof expirySchema>;

export const expiryContract = {
  list: oc.output(resultSchema(z.array(expirySchema))),
};

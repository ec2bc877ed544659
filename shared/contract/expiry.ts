import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";

/** Something that ends on a date: a certificate, a client secret, a vendor's support, a server's TLS certificate. */
export const expirySchema = z.object({
  id: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  kind: z.enum(["certificate", "secret", "support", "server-certificate"]),
  subject: z.string(),
  at: z.number(),
});
export type Expiry = z.infer<typeof expirySchema>;

export const expiryContract = {
  list: oc.output(resultSchema(z.array(expirySchema))),
  /** The same as an iCalendar (RFC 5545) file's text. */
  calendar: oc.output(resultSchema(z.string())),
};

/** What a configuration of Other holds. */
import { z } from "zod";
import { isMailDomain } from "../../../shared/rules/host-name.ts";

export const schema = z.object({
  domain: z.string({ error: "required" }).trim().min(1, { error: "required", abort: true }).refine(isMailDomain, "domain"),
  /** RFC 5321 allows 64 octets before the @; external systems may allow more or fewer. */
  maximumAliasLength: z.number({ error: "number" }).int("number").min(1, "range").max(1024, "range"),
  /** A .NET regular expression; the bench says whether it is one. Empty: every alias is allowed. */
  aliasPattern: z.string("text").max(4096, "too-long").nullish().transform((text) => text ?? ""),
  example: z.string("text").max(1024, "too-long").nullish().transform((text) => text ?? ""),
});
export type OtherConfiguration = z.infer<typeof schema>;

/** What an Office 365 configuration holds, and what is wrong with one that does not hold it. */
import { z } from "zod";
import { cloudIdSchema } from "../../../shared/model/identity-store.ts";
import { isMailDomain } from "../../../shared/rules/host-name.ts";
import { findCloud } from "../../network/microsoft-clouds.ts";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A configuration from elsewhere may name a cloud that Microsoft closed: that has a sentence of its own. */
function cloudIssue(input: unknown): string {
  if (typeof input !== "string" || input === "") return "required";
  return findCloud(input).state === "retired" ? "cloud-retired" : "cloud";
}

export const schema = z.object({
  cloud: z.enum(cloudIdSchema.options, { error: ({ input }) => cloudIssue(input) }),
  domain: z.string({ error: "required" }).trim().min(1, { error: "required", abort: true }).refine(isMailDomain, "domain"),
  applicationId: z.string({ error: "required" }).trim().min(1, { error: "required", abort: true }).regex(GUID, "guid"),
  /** yyyy-mm-dd: Entra shows when a secret expires but tells no application. */
  clientSecretExpires: z.union([z.iso.date("date"), z.literal("")], "date").nullish(),
});
export type Office365Configuration = z.infer<typeof schema>;

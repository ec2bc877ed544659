/** Other: an external provider reached by nothing but the addresses given to objects, such as Gmail or Yahoo. */
import { z } from "zod";
import { isMailDomain } from "../../../shared/rules/host-name.ts";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({
  domain: z.string({ error: "required" }).trim().min(1, { error: "required", abort: true }).refine(isMailDomain, "domain"),
  /** RFC 5321 allows 64 octets before the @; external systems may allow more or fewer. */
  maximumAliasLength: z.number({ error: "number" }).int("number").min(1, "range").max(1024, "range"),
  /** A .NET regular expression; the bench says whether it is one. Empty: every alias is allowed. */
  aliasPattern: z.string("text").max(4096, "too-long").nullish().transform((text) => text ?? ""),
  example: z.string("text").max(1024, "too-long").nullish().transform((text) => text ?? ""),
});
type OtherConfiguration = z.infer<typeof schema>;

export const other: MessagingProvider<OtherConfiguration> = {
  id: "other",
  descriptor: {
    id: "other",
    entries: [{ provider: "other", variant: null, supportEnds: null, available: true }],
    storeKinds: ["active-directory"],
    fields: [
      { kind: "text", name: "domain", format: "dns-name", placeholder: "googlegroups.com", required: true, maxLength: 253 },
      { kind: "number", name: "maximumAliasLength", required: true, min: 1, max: 1024 },
      {
        kind: "pattern",
        name: "aliasPattern",
        required: false,
        exampleField: "example",
        maxLengthField: "maximumAliasLength",
        domainField: "domain",
      },
    ],
    notices: [],
    servers: "none",
    testable: false,
    paces: {},
    prevents: ["mail-system"],
  },
  schema,
  defaults: () => ({ domain: "", maximumAliasLength: 64, aliasPattern: "", example: "" }),
  discovery: null,
  health: null,
  test: null,
  provisioning: null,
  expiries: () => [],
};

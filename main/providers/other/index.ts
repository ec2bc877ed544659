/** Other: an external provider reached by nothing but the addresses given to objects, such as Gmail or Yahoo. */
import type { MessagingProvider } from "../provider.ts";
import { schema, type OtherConfiguration } from "./configuration.ts";
import { provisioning } from "./provisioning.ts";

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
    rights: ["objects"],
  },
  schema,
  defaults: () => ({ domain: "", maximumAliasLength: 64, aliasPattern: "", example: "" }),
  discovery: null,
  health: null,
  test: null,
  provisioning,
  expiries: () => [],
};

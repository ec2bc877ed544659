/** Office 365: listed, so that people see what is coming; not available in this version. */
import { z } from "zod";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({ domain: z.never("not-available") });

export const office365: MessagingProvider<z.infer<typeof schema>> = {
  id: "office365",
  descriptor: {
    id: "office365",
    entries: [{ provider: "office365", variant: null, label: "Office 365", supportEnds: null, available: false }],
    storeKinds: ["active-directory", "entra-id"],
    fields: [],
    notices: [],
    servers: "single",
    testable: false,
    prevents: [],
  },
  schema,
  defaults: () => ({}),
  discovery: null,
  health: null,
  test: null,
  expiries: () => [],
};

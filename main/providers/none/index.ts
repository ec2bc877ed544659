/** None: there is no mail system, or nobody shall create mail-enabled objects in the identity store. */
import { z } from "zod";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({});

export const none: MessagingProvider<z.infer<typeof schema>> = {
  id: "none",
  descriptor: {
    id: "none",
    entries: [{ provider: "none", variant: null, label: "None", supportEnds: null, available: true }],
    storeKinds: ["active-directory", "entra-id"],
    fields: [],
    notices: [{ tone: "info", text: "Nobody can create mail-enabled users, groups or contacts in this identity store." }],
    servers: "none",
    testable: false,
    paces: {},
    prevents: [
      "Mail-enabled users, groups and contacts can no longer be created in this identity store.",
      "Existing mail-enabled objects keep their addresses; the console no longer changes them.",
    ],
  },
  schema,
  defaults: () => ({}),
  discovery: null,
  health: null,
  test: null,
  expiries: () => [],
};

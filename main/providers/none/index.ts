/** None: there is no mail system, or nobody shall create mail-enabled objects in the identity store. */
import { z } from "zod";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({});

export const none: MessagingProvider<z.infer<typeof schema>> = {
  id: "none",
  descriptor: {
    id: "none",
    entries: [{ provider: "none", variant: null, supportEnds: null, available: true }],
    storeKinds: ["active-directory", "entra-id"],
    fields: [],
    notices: [{ tone: "info", name: "nothing-created" }],
    servers: "none",
    testable: false,
    paces: {},
    prevents: ["creating", "changing"],
    rights: [],
  },
  schema,
  defaults: () => ({}),
  discovery: null,
  health: null,
  test: null,
  // Whoever asks is told why: `no-mail-system`.
  provisioning: null,
  expiries: () => [],
};

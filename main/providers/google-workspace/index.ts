/** Google Workspace: listed, so that people see what is coming; not available in this version. */
import { z } from "zod";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({ domain: z.never("not-available") });

export const googleWorkspace: MessagingProvider<z.infer<typeof schema>> = {
  id: "google-workspace",
  descriptor: {
    id: "google-workspace",
    entries: [{ provider: "google-workspace", variant: null, label: "Google Workspace", supportEnds: null, available: false }],
    storeKinds: ["active-directory"],
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

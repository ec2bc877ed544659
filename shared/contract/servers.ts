import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { serverStatusSchema } from "../model/mail-server.ts";
import { messagingConfigurationSchema } from "../model/messaging.ts";
import { feed } from "./feed.ts";
import { work } from "./progress.ts";

/** What is saved with its servers listed anew; `revision` is the one that holds it, null while none does. */
const relistedSchema = z.object({ configuration: messagingConfigurationSchema, revision: z.number().nullable() });
export type Relisted = z.infer<typeof relistedSchema>;

export const serversContract = {
  /** Live status of the servers in force and of the draft's besides, keyed by server name. */
  watch: oc.input(z.object({ storeId: z.string() })).output(feed(serverStatusSchema)),
  /** Lists the servers of what is saved, with the saved account; `save` makes it a revision. A draft is left alone. */
  relist: oc.input(z.object({ storeId: z.string(), save: z.boolean() })).output(work(relistedSchema)),
  /** Checks at once; null checks all. */
  check: oc.input(z.object({ storeId: z.string(), names: z.array(z.string()).nullable() })).output(resultSchema(z.null())),
  setPaused: oc.input(z.object({ storeId: z.string(), name: z.string(), paused: z.boolean() })).output(resultSchema(z.null())),
};

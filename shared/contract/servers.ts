import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { serverStatusSchema } from "../model/mail-server.ts";
import { feed } from "./feed.ts";

export const serversContract = {
  /** Live status of the servers in force and of the draft's besides, keyed by server name. */
  watch: oc.input(z.object({ storeId: z.string() })).output(feed(serverStatusSchema)),
  /** Checks at once; null checks all. */
  check: oc.input(z.object({ storeId: z.string(), names: z.array(z.string()).nullable() })).output(resultSchema(z.null())),
  setPaused: oc.input(z.object({ storeId: z.string(), name: z.string(), paused: z.boolean() })).output(resultSchema(z.null())),
};

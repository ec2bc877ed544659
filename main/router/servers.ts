import { ORPCError } from "@orpc/server";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, streamWork } from "./streams.ts";

export function serversRouter(os: Implementer["servers"], { servers, relistSaved }: Services) {
  return {
    watch: os.watch.handler(async ({ input, signal }) => {
      await servers.probesRead();
      const feed = servers.watch(input.storeId);
      if (!feed.ok) throw new ORPCError("NOT_FOUND");
      return followFeed(feed.value, signal);
    }),
    relist: os.relist.handler(({ input, signal }) => streamWork(signal, (options) => relistSaved(input.storeId, input.save, options))),
    check: os.check.handler(({ input }) => servers.check(input.storeId, input.names)),
    setPaused: os.setPaused.handler(({ input }) => servers.setPaused(input.storeId, input.name, input.paused)),
  };
}

import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function notificationsRouter(os: Implementer["notifications"], { notifications }: Services) {
  return {
    get: os.get.handler(({ input }) => notifications.get(input.storeId)),
    save: os.save.handler(({ input }) => notifications.save(input.storeId, input, input.expectedRevision)),
    clear: os.clear.handler(({ input }) => notifications.clear(input.storeId, input.expectedRevision)),
    test: os.test.handler(({ input, signal }) => streamWork(signal, (options) => notifications.test(input.storeId, input, input.to, options))),
  };
}

import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function subscriptionsRouter(os: Implementer["subscriptions"], { licences }: Services) {
  return {
    list: os.list.handler(({ input, signal }) => streamWork(signal, (options) => licences.list(input.storeId, options))),
    holder: os.holder.handler(({ input, signal }) => streamWork(signal, (options) => licences.holder(input.storeId, input.user, options))),
    change: os.change.handler(({ input, signal }) => streamWork(signal, (options) => licences.change(input.storeId, input, options))),
  };
}

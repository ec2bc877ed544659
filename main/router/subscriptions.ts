import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function subscriptionsRouter(os: Implementer["subscriptions"], { listSubscriptions }: Services) {
  return { list: os.list.handler(({ input, signal }) => streamWork(signal, (options) => listSubscriptions(input.storeId, options))) };
}

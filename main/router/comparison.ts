import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function comparisonRouter(os: Implementer["comparison"], { comparison }: Services) {
  return {
    compare: os.compare.handler(({ input, signal }) => streamWork(signal, (options) => comparison.compare(input.storeId, input.left, input.right, options))),
    takeOver: os.takeOver.handler(({ input }) => comparison.takeOver(input.storeId, input.seen)),
  };
}

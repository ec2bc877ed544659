import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function diagnosticsRouter(os: Implementer["diagnostics"], { diagnostics }: Services) {
  return { gather: os.gather.handler(({ input, signal }) => streamWork(signal, (options) => diagnostics.gather(input.names, input.readme, options))) };
}

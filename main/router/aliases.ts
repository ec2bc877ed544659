import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { signalOf } from "./streams.ts";

export function aliasesRouter(os: Implementer["aliases"], services: Services) {
  return { evaluate: os.evaluate.handler(({ input, signal }) => services.evaluateAliases(input, signalOf(signal))) };
}

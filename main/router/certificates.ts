import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";

export function certificatesRouter(os: Implementer["certificates"], services: Services) {
  return { inspect: os.inspect.handler(({ input }) => services.inspectCertificate(input.file, input.password, input.identity)) };
}

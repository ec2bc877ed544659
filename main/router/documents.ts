import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";

export function documentsRouter(os: Implementer["documents"], { documents }: Services) {
  return {
    read: os.read.handler(({ input }) => documents.read(input.storeId)),
    create: os.create.handler(({ input }) => documents.create(input)),
    apply: os.apply.handler(({ input }) => documents.apply(input.storeId, input, input.discardDraft)),
  };
}

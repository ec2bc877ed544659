import { succeed } from "../../shared/fault.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function handoverRouter(os: Implementer["handover"], { handover }: Services) {
  return {
    contents: os.contents.handler(({ input }) => handover.contents(input.storeIds)),
    words: os.words.handler(() => succeed({ passphrase: handover.suggestedPassphrase() })),
    key: os.key.handler(() => handover.publicKey()),
    newKey: os.newKey.handler(() => handover.newPublicKey()),
    shell: os.shell.handler(({ input }) => handover.shell(input.storeIds)),
    export: os.export.handler(({ input, signal }) => streamWork(signal, (options) => handover.export(input.storeIds, input.protection, options))),
    open: os.open.handler(({ input, signal }) => streamWork(signal, (options) => handover.open(input.file, input.passphrase, options))),
    apply: os.apply.handler(({ input, signal }) => streamWork(signal, (options) => handover.apply(input.bundle, input.stores, input.discardDrafts, options))),
    probe: os.probe.handler(({ input }) => handover.probePlan(input.storeIds)),
    openProbe: os.openProbe.handler(({ input }) => handover.openProbe(input.file)),
    applyProbe: os.applyProbe.handler(({ input }) => handover.applyProbe(input.file)),
    release: os.release.handler(({ input }) => {
      handover.release(input.bundle);
      return succeed(null);
    }),
  };
}

import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function editorRouter(os: Implementer["editor"], { editor }: Services) {
  return {
    open: os.open.handler(({ input }) => editor.open(input.storeId)),
    change: os.change.handler(({ input }) => editor.change(input.storeId, input.sight, input.changes)),
    discardDraft: os.discardDraft.handler(({ input }) => editor.discardDraft(input.storeId, input.version)),
    setSecret: os.setSecret.handler(({ input }) => editor.secrets.setSecret(input, input.value)),
    setCertificate: os.setCertificate.handler(({ input }) => editor.secrets.setCertificate(input, input.file)),
    chooseIdentity: os.chooseIdentity.handler(({ input }) => editor.secrets.chooseIdentity(input, input.thumbprint)),
    rebase: os.rebase.handler(({ input }) => editor.rebase(input.storeId, input.sight, input.picks)),
    review: os.review.handler(({ input }) => editor.review(input.storeId)),
    save: os.save.handler(({ input }) => editor.save(input.storeId, input.expectedRevision, input.draft)),
    test: os.test.handler(({ input, signal }) => streamWork(signal, (options) => editor.test(input.storeId, options))),
    sync: os.sync.handler(({ input, signal }) => streamWork(signal, (options) => editor.sync(input.storeId, options))),
  };
}

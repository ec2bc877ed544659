import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function editorRouter(os: Implementer["editor"], { editor }: Services) {
  return {
    open: os.open.handler(({ input }) => editor.open(input.storeId)),
    saveDraft: os.saveDraft.handler(({ input }) => editor.saveDraft(input.storeId, input.draft)),
    discardDraft: os.discardDraft.handler(({ input }) => editor.discardDraft(input.storeId)),
    setSecret: os.setSecret.handler(({ input }) => editor.setSecret(input, input.value)),
    setCertificate: os.setCertificate.handler(({ input }) => editor.setCertificate(input, input.file)),
    chooseIdentity: os.chooseIdentity.handler(({ input }) => editor.chooseIdentity(input, input.thumbprint)),
    review: os.review.handler(({ input }) => editor.review(input.storeId)),
    save: os.save.handler(({ input }) => editor.save(input.storeId, input.expectedRevision)),
    test: os.test.handler(({ input, signal }) => streamWork(signal, (options) => editor.test(input.storeId, options))),
    sync: os.sync.handler(({ input, signal }) => streamWork(signal, (options) => editor.sync(input.storeId, options))),
  };
}

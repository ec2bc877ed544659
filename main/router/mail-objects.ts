import { succeed } from "../../shared/fault.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, signalOf, streamWork } from "./streams.ts";

export function mailObjectsRouter(os: Implementer["mailObjects"], { mailObjects, mailBatches }: Services) {
  return {
    offer: os.offer.handler(({ input }) => mailObjects.offer(input.storeId)),
    containers: os.containers.handler(({ input }) => mailObjects.containers(input.storeId, input.parent)),
    propose: os.propose.handler(({ input }) => mailObjects.propose(input.storeId, input.type, input.name)),
    find: os.find.handler(({ input, signal }) => streamWork(signal, (options) => mailObjects.find(input.storeId, input.text, options))),
    plan: os.plan.handler(({ input, signal }) => mailObjects.plan(input.storeId, input.request, input.ask, signalOf(signal))),
    apply: os.apply.handler(({ input, signal }) => streamWork(signal, (options) => mailObjects.apply(input.storeId, input.request, input.password, options))),
    readBatch: os.readBatch.handler(({ input, signal }) => streamWork(signal, (options) => mailBatches.read(input, options))),
    applyBatch: os.applyBatch.handler(({ input, signal }) => streamWork(signal, (options) => mailBatches.apply(input, options))),
    releaseBatch: os.releaseBatch.handler(({ input }) => {
      mailBatches.release(input.batch);
      return succeed(null);
    }),
    rehearse: os.rehearse.handler(({ input }) => mailObjects.rehearse(input.storeId, input.request, input.failures)),
    resume: os.resume.handler(({ input, signal }) => streamWork(signal, (options) => mailObjects.resume(input.run, input.entry, input.password, options))),
    undo: os.undo.handler(({ input, signal }) => streamWork(signal, (options) => mailObjects.undo(input.entry, options))),
    journal: os.journal.handler(async ({ input }) => succeed(await mailObjects.journal(input))),
    journalNews: os.journalNews.handler(({ signal }) => followFeed(mailObjects.news, signal)),
  };
}

import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, signalOf, streamWork } from "./streams.ts";

export function storesRouter(os: Implementer["stores"], { stores, summaries }: Services) {
  return {
    watch: os.watch.handler(async ({ signal }) => followFeed(await summaries.current(), signal)),
    get: os.get.handler(({ input }) => stores.get(input.id)),
    create: os.create.handler(({ input }) => stores.create(input.name, input.connection, input.password, input.prepareOnly)),
    rename: os.rename.handler(({ input }) => stores.rename(input.id, input.name)),
    duplicate: os.duplicate.handler(({ input }) => stores.duplicate(input.id, input.name)),
    remove: os.remove.handler(({ input }) => stores.remove(input.id, input.confirmName)),
    updateConnection: os.updateConnection.handler(({ input }) =>
      stores.updateConnection(input.id, input.connection, input.password, input.expectedRevision),
    ),
    prepareOnly: os.prepareOnly.handler(({ input }) => stores.setPrepareOnly(input.id, input.on)),
    test: os.test.handler(({ input, signal }) =>
      streamWork(signal, (options) => stores.test(input.id, input.connection, input.password, options)),
    ),
    findControllers: os.findControllers.handler(({ input, signal }) =>
      stores.findControllers(input.id, input.domain, input.dnsServer, signalOf(signal)),
    ),
    presentedCertificate: os.presentedCertificate.handler(({ input: { id, ...request }, signal }) => stores.presentedCertificate(id, request, signalOf(signal))),
    revisions: os.revisions.handler(({ input }) => stores.revisions(input.id, input)),
    restore: os.restore.handler(({ input }) => stores.restore(input.id, input.number, input.expectedRevision)),
  };
}

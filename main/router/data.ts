import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, streamWork } from "./streams.ts";

export function dataRouter(os: Implementer["data"], { data }: Services) {
  return {
    watch: os.watch.handler(({ signal }) => followFeed(data.feed, signal)),
    test: os.test.handler(({ input, signal }) => streamWork(signal, (options) => data.test(input.place, input.signIn, options))),
    setUp: os.setUp.handler(({ input, signal }) => streamWork(signal, (options) => data.setUp(input.place, input.signIn, options))),
    join: os.join.handler(({ input, signal }) => streamWork(signal, (options) => data.join(input.place, input.signIn, options))),
    recover: os.recover.handler(({ input }) => data.recover(input.recoveryKey)),
    use: os.use.handler(({ input }) => data.use(input.kind)),
    forget: os.forget.handler(() => data.forget()),
    compare: os.compare.handler(({ input }) => data.compare(input.from)),
    move: os.move.handler(({ input, signal }) => streamWork(signal, (options) => data.move(input.from, options))),
    members: {
      approve: os.members.approve.handler(({ input }) => data.approve(input.member, input.code)),
      remove: os.members.remove.handler(({ input }) => data.remove(input.member)),
    },
  };
}

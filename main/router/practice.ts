import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed } from "./streams.ts";

export function practiceRouter(os: Implementer["practice"], { practice }: Services) {
  return {
    facts: os.facts.handler(() => practice.facts()),
    watch: os.watch.handler(({ signal }) => followFeed(practice.feed, signal)),
    run: os.run.handler(({ input }) => practice.run(input.verb, input.target, input.argument)),
    holdFile: os.holdFile.handler(({ input }) => practice.holdFile(input.name)),
  };
}

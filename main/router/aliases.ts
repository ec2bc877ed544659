import { succeed } from "../../shared/fault.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { signalOf, streamWork } from "./streams.ts";

export function aliasesRouter(os: Implementer["aliases"], services: Services) {
  const { aliasLists } = services;
  return {
    evaluate: os.evaluate.handler(({ input, signal }) => services.evaluateAliases(input, signalOf(signal))),
    judgeList: os.judgeList.handler(({ input, signal }) =>
      streamWork(signal, (options) => aliasLists.judge(input.file, input.column, input.rule, options)),
    ),
    listPage: os.listPage.handler(({ input }) => aliasLists.page(input)),
    releaseList: os.releaseList.handler(({ input }) => {
      aliasLists.release(input.list);
      return succeed(null);
    }),
  };
}

import { succeed } from "../../shared/fault.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { streamWork } from "./streams.ts";

export function filesRouter(os: Implementer["files"], { files }: Services) {
  return {
    pick: os.pick.handler(({ input }) => files.pick(input.purpose)),
    receive: os.receive.handler(({ input, signal }) => streamWork(signal, (options) => files.receive(input, options))),
    part: os.part.handler(({ input }) => files.take(input.transfer, input.at, input.base64)),
    readText: os.readText.handler(({ input }) => files.readText(input.file)),
    release: os.release.handler(({ input }) => {
      files.release(input.file);
      return succeed(null);
    }),
  };
}

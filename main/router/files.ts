import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";

export function filesRouter(os: Implementer["files"], { files }: Services) {
  return {
    pick: os.pick.handler(({ input }) => files.pick(input.purpose)),
    upload: os.upload.handler(({ input }) => files.upload(input.name, input.base64)),
    readText: os.readText.handler(({ input }) => files.readText(input.file)),
  };
}

import { succeed } from "../../shared/fault.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";

export function expiryRouter(os: Implementer["expiry"], { expiry }: Services) {
  return {
    list: os.list.handler(() => succeed(expiry.list())),
  };
}

/** What is read anew once main is heard again, for as long as a page stands. */
import type { Result } from "../../shared/result.ts";
import { whenOpen } from "../host/connection.ts";

export interface Return {
  /** As soon as main is heard. */
  soon(): void;
  /** Where nobody knows whether a call changed something. Answers its result. */
  afterChange<T>(result: Result<T>): Result<T>;
  dispose(): void;
}

export function createReturn(read: () => Promise<void>): Return {
  const page = new AbortController();
  const soon = () => void whenOpen(page.signal).then(read, () => undefined);
  return {
    soon,
    afterChange(result) {
      if (!result.ok && result.fault.kind === "no-connection" && result.fault.outcome === "unknown") soon();
      return result;
    },
    dispose: () => page.abort(),
  };
}

/** A contract client whose answers a test gives, by procedure (`stores.remove`). Calls without an answer fail. */
import { createORPCClient } from "@orpc/client";
import type { ConsoleClient } from "../../../renderer/host/client.ts";

export function standInClient(answers: Readonly<Record<string, (input: unknown, signal?: AbortSignal) => unknown>>): ConsoleClient {
  const client: ConsoleClient = createORPCClient({
    call: async (path, input, { signal }) => {
      const answer = answers[path.join(".")];
      if (answer === undefined) throw new Error(`the test answers no ${path.join(".")}`);
      return signal === undefined ? answer(input) : answer(input, signal);
    },
  });
  return client;
}

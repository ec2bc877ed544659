import { expect, it } from "vitest";
import { WorkerLine, workerUrl } from "../../../main/workers.ts";

it("answers a question that no thread can be sent as crashed, the first one and later ones", async () => {
  const line = new WorkerLine<unknown, { readonly error: string | null }>(workerUrl("aliases", "regex"), {});
  const uncloneable = { pattern: () => "a function cannot be copied" };
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed", error: { name: "DataCloneError" } });
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed" });
  await line.dispose();
});

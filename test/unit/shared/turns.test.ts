import { expect, it } from "vitest";
import { createTurns } from "../../../shared/turns.ts";

it("starts a job when the one before it has ended, and not sooner", async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const gate = Promise.withResolvers<string>();
  const first = inTurn(async () => {
    seen.push("first begins");
    const answer = await gate.promise;
    seen.push("first ends");
    return answer;
  });
  const second = inTurn(() => Promise.resolve(seen.push("second")));
  await new Promise(setImmediate);
  expect(seen).toEqual(["first begins"]);
  gate.resolve("answer");
  expect(await first).toBe("answer");
  expect(await second).toBe(3);
  expect(seen).toEqual(["first begins", "first ends", "second"]);
});

it("lets a job fail for its own caller alone", async () => {
  const inTurn = createTurns();
  const failing = inTurn(() => Promise.reject(new Error("planted")));
  const next = inTurn(() => Promise.resolve("still here"));
  await expect(failing).rejects.toThrow("planted");
  expect(await next).toBe("still here");
});

it("keeps queues apart", async () => {
  const [one, other] = [createTurns(), createTurns()];
  const gate = Promise.withResolvers<null>();
  const waiting = one(() => gate.promise);
  expect(await other(() => Promise.resolve("at once"))).toBe("at once");
  gate.resolve(null);
  await waiting;
});

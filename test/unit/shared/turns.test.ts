import { expect, it } from "vitest";
import { createTurns, createTurnsByKey } from "../../../shared/turns.ts";

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

it("keeps a queue for each key, also after it was empty", async () => {
  const inTurn = createTurnsByKey();
  const seen: string[] = [];
  const gate = Promise.withResolvers<null>();
  const first = inTurn("a", () => gate.promise);
  const second = inTurn("a", () => Promise.resolve(seen.push("second of a")));
  await inTurn("b", () => Promise.resolve(seen.push("b")));
  await new Promise(setImmediate);
  expect(seen).toEqual(["b"]);
  gate.resolve(null);
  await Promise.all([first, second]);
  await expect(inTurn("a", () => Promise.reject(new Error("planted")))).rejects.toThrow("planted");
  expect(await inTurn("a", () => Promise.resolve("still here"))).toBe("still here");
});

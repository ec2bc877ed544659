// @vitest-environment jsdom
/** Whoever presses something lets go of the same: what main says waits for the end of a press. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";
import { pressOver, watchPresses } from "../../../../renderer/host/pressing.ts";

let stop = () => {};
let heard: string[];
const point = (event: string) => window.dispatchEvent(new Event(event));
const settled = () => vi.advanceTimersByTimeAsync(0);

async function hear(name: string): Promise<void> {
  await pressOver();
  heard.push(name);
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> => typeof value === "object" && value !== null && Symbol.asyncIterator in value;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  stop = watchPresses();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it.each(["pointerup", "pointercancel"])("holds what is said to the end of a press by %s, behind the click, and keeps its order", async (end) => {
  point("pointerdown");
  void hear("a");
  void hear("b");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([]);
  point(end);
  // The click comes in the same turn.
  await Promise.resolve();
  expect(heard).toEqual([]);
  await settled();
  await hear("c");
  expect(heard).toEqual(["a", "b", "c"]);
});

it("waits no longer than two seconds", async () => {
  point("pointerdown");
  void hear("a");
  await vi.advanceTimersByTimeAsync(1_999);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual(["a"]);
});

it("loses nothing where it is no longer watched", async () => {
  point("pointerdown");
  void hear("a");
  stop();
  await settled();
  expect(heard).toEqual(["a"]);
  point("pointerdown");
  await hear("b");
  expect(heard).toEqual(["a", "b"]);
});

it("holds answers, refusals and every event of a stream", async () => {
  async function* events() {
    yield "first";
    yield "second";
  }
  const link = new ExchangeableLink();
  const answers: Record<string, () => Promise<unknown>> = {
    answer: () => Promise.resolve("answer"),
    refusal: () => Promise.reject(new Error("refusal")),
    stream: () => Promise.resolve(events()),
  };
  link.replace({ call: ([name]) => answers[String(name)]?.() ?? Promise.reject(new Error("unknown")) });
  const call = (name: string) => link.call([name], null, { context: {} });
  const stream = await call("stream");
  if (!isAsyncIterable(stream)) throw new Error("no stream");
  point("pointerdown");
  void call("answer").then((answer) => heard.push(String(answer)));
  void call("refusal").catch((error: Error) => heard.push(error.message));
  void stream[Symbol.asyncIterator]().next().then(({ value }) => heard.push(String(value)));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([]);
  point("pointerup");
  await settled();
  expect(heard.toSorted()).toEqual(["answer", "first", "refusal"]);
});

it("lets a call be given up during a press", async () => {
  const link = new ExchangeableLink();
  link.replace({ call: () => Promise.resolve("answer") });
  point("pointerdown");
  const call = link.call(["editor", "open"], null, { context: {} }).then(() => "answered", () => "given up");
  link.replace(null);
  expect(await call).toBe("given up");
});

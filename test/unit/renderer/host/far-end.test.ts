/** Main's silence, with a moved clock: noticed within seconds, and never a false alarm after a sleep. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "../../../../renderer/host/ask.ts";
import { currentConnection, onConnection, whenOpen } from "../../../../renderer/host/connection.ts";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";
import { carry, type CallHeaders } from "../../../../renderer/host/far-end.ts";
import { succeed } from "../../../../shared/fault.ts";
import { SILENT_AFTER_MS } from "../../../../shared/rules/liveness.ts";

const START = Date.parse("2026-11-20T09:14:00Z");

/** A main that beats once a second until it hangs. `sent` is what came in besides, with its headers. */
function main() {
  const state = { hangs: false, sent: [] as string[], headers: (() => ({})) as CallHeaders };
  async function* beats() {
    for (let beat = 100; ; beat += 1) {
      if (!state.hangs) yield beat;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  const over = (headers: CallHeaders) => {
    state.headers = headers;
    return {
      call: (path: readonly string[]) => {
        if (path.join(".") === "app.alive") return Promise.resolve(beats());
        state.sent.push(path.join("."));
        return state.hangs ? new Promise(() => undefined) : Promise.resolve("done");
      },
    };
  };
  return { state, over };
}

function save(link: ExchangeableLink) {
  return ask(async () => succeed(await link.call(["editor", "save"], null, { context: {} })));
}

function states(): { readonly seen: string[]; stop(): void } {
  const seen: string[] = [];
  return { seen, stop: onConnection(({ state }) => seen.push(state)) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

describe("a main process that hangs", () => {
  it("is noticed within seconds, with the time it was last heard, and calls fail until it beats again", async () => {
    const link = new ExchangeableLink();
    const { state, over } = main();
    const dropped = carry(link, over);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(currentConnection()).toEqual({ state: "open" });
    state.hangs = true;
    const underWay = save(link);
    await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS + 1000);
    expect(await underWay).toMatchObject({ fault: { outcome: "unknown" } });
    expect(currentConnection()).toEqual({ state: "silent", heardAt: START + 10_000 });
    expect(await save(link)).toMatchObject({ fault: { outcome: "not-done" } });
    const sent = state.sent.length;
    await vi.advanceTimersByTimeAsync(60_000);
    state.hangs = false;
    const back = whenOpen();
    await vi.advanceTimersByTimeAsync(2_000);
    await back;
    expect(state.sent).toHaveLength(sent);
    expect(await save(link)).toEqual(succeed("done"));
    dropped();
  });

  it("is given no call without the last beat, so that it can tell what came too late", async () => {
    const { state, over } = main();
    const dropped = carry(new ExchangeableLink(), over);
    expect(state.headers()).toEqual({});
    await vi.advanceTimersByTimeAsync(2_500);
    expect(state.headers()).toEqual({ heard: "102" });
    dropped();
  });

  it("is no longer watched once the connection has dropped", async () => {
    const { state, over } = main();
    const dropped = carry(new ExchangeableLink(), over);
    state.hangs = true;
    const { seen, stop } = states();
    expect(dropped()).toBe(START);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual([]);
    stop();
  });
});

describe("no false alarm", () => {
  let slept = 0;
  beforeEach(() => {
    const awake = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => awake() + slept);
  });
  afterEach(() => vi.restoreAllMocks());

  it("is given after the sleep of a laptop, in the middle of a pause between two beats", async () => {
    const { state, over } = main();
    const dropped = carry(new ExchangeableLink(), over);
    const { seen, stop } = states();
    for (let night = 0; night < 5; night += 1) {
      state.hangs = true;
      await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS - 2_000);
      // The page does not run: its clock goes on, its timers and main's messages do not.
      slept += 8 * 3_600_000;
      await vi.advanceTimersByTimeAsync(3_000);
      state.hangs = false;
      await vi.advanceTimersByTimeAsync(3_000);
    }
    expect(seen).toEqual([]);
    dropped();
    stop();
  });

  it("is given in a tab in the background, whose timers run once a minute", async () => {
    const { state, over } = main();
    const dropped = carry(new ExchangeableLink(), over);
    state.hangs = true;
    const { seen, stop } = states();
    for (let minute = 0; minute < 30; minute += 1) {
      slept += 59_000;
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(seen).toEqual([]);
    dropped();
    stop();
  });
});

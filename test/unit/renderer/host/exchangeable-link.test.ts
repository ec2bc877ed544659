import { describe, expect, it } from "vitest";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";

const answering = (answer: string) => ({ call: () => Promise.resolve(answer) });

describe("ExchangeableLink", () => {
  it("lets calls wait for a connection and carries them over the new one", async () => {
    const link = new ExchangeableLink();
    const call = link.call(["a"], null, { context: {} });
    link.replace(answering("first"));
    expect(await call).toBe("first");
    link.replace(answering("second"));
    expect(await link.call(["a"], null, { context: {} })).toBe("second");
  });

  it("lets a waiting call be cancelled", async () => {
    const link = new ExchangeableLink();
    const stop = new AbortController();
    const call = link.call(["a"], null, { context: {}, signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toThrow("cancelled");
  });
});

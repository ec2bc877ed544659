// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { enterAhead, takeCode } from "../../../../renderer/host/admission.ts";
import { onConnection } from "../../../../renderer/host/connection.ts";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";
import { connectLoopback } from "../../../../renderer/host/loopback.ts";
import { eventually } from "../../../lab/eventually.ts";

const SECRET = "one-time-code";

function open(hash: string) {
  window.history.replaceState(null, "", `/${hash}`);
}

/** What a browser says to a page that it reloads or leaves. */
const leave = () => window.dispatchEvent(new Event("pagehide"));

/** Puts a listener in place that admits or refuses; answers what it is offered. */
function admitting(admits: boolean): unknown[] {
  const offered: unknown[] = [];
  class Socket extends EventTarget {
    readonly readyState = 1;
    constructor(_url: string, protocols: readonly string[]) {
      super();
      offered.push(...protocols);
      queueMicrotask(() => this.dispatchEvent(new Event(admits ? "open" : "close")));
    }
  }
  vi.stubGlobal("WebSocket", Socket);
  return offered;
}

describe("the one-time code", () => {
  afterEach(() => {
    leave();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    window.sessionStorage.clear();
  });

  it("is taken out of the address bar at once", () => {
    open(`#code=${SECRET}`);
    expect(takeCode()).toBe(SECRET);
    expect(window.location.href).not.toContain(SECRET);
    expect(takeCode()).toBeNull();
  });

  it("is needed: without one the person is told, and nothing is sent", async () => {
    const fetch = vi.fn();
    vi.stubGlobal("fetch", fetch);
    open("#/stores");
    await expect(connectLoopback(new ExchangeableLink())).rejects.toMatchObject({ problem: "no-code" });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("is told apart: refused, and no answer", async () => {
    open(`#code=${SECRET}`);
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 403 })));
    await expect(connectLoopback(new ExchangeableLink())).rejects.toMatchObject({ problem: "code-refused" });
    open(`#code=${SECRET}`);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    await expect(connectLoopback(new ExchangeableLink())).rejects.toMatchObject({ problem: "no-answer" });
  });

  it("becomes a token that goes into the subprotocols and no lasting storage", async () => {
    const offered = admitting(true);
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "the-token" })));
    open(`#code=${SECRET}`);
    await connectLoopback(new ExchangeableLink());
    expect(offered).toEqual(["messaging-console.v1", "the-token"]);
    leave();
    expect(window.sessionStorage.getItem("messaging-console.token")).toBe("the-token");
    expect(window.sessionStorage).toHaveLength(1);
    expect(window.localStorage).toHaveLength(0);
    expect(document.cookie).toBe("");
  });

  it("is not needed again by the tab that came in", async () => {
    const offered = admitting(true);
    const fetch = vi.fn(() => Promise.resolve(Response.json({ token: "the-token" })));
    vi.stubGlobal("fetch", fetch);
    open(`#code=${SECRET}`);
    await connectLoopback(new ExchangeableLink());
    leave();
    open("#/stores");
    await connectLoopback(new ExchangeableLink());
    expect(offered.slice(2)).toEqual(["messaging-console.v1", "the-token"]);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it("is not needed again where the page is killed after its first view, either", async () => {
    admitting(true);
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "the-token" })));
    open(`#code=${SECRET}`);
    await connectLoopback(new ExchangeableLink());
    await eventually(() => expect(window.sessionStorage.getItem("messaging-console.token")).toBe("the-token"));
  });

  it("is needed where the kept token is another console's, which is then forgotten", async () => {
    window.sessionStorage.setItem("messaging-console.token", "of-another");
    admitting(false);
    open("#/stores");
    await expect(connectLoopback(new ExchangeableLink())).rejects.toMatchObject({ problem: "no-code" });
    expect(window.sessionStorage).toHaveLength(0);
  });

  it("comes in where the browser stores nothing", async () => {
    admitting(true);
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "the-token" })));
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    open(`#code=${SECRET}`);
    await expect(connectLoopback(new ExchangeableLink())).resolves.toBeUndefined();
  });
});

describe("a connection that was made ahead", () => {
  afterEach(() => {
    leave();
    vi.unstubAllGlobals();
    window.sessionStorage.clear();
  });

  it("is the one that is used, with its code taken at once", async () => {
    const offered = admitting(true);
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "the-token" })));
    open(`#code=${SECRET}`);
    enterAhead();
    expect(window.location.href).not.toContain(SECRET);
    await connectLoopback(new ExchangeableLink());
    expect(offered).toHaveLength(2);
  });

  it("takes the code at once, and asks to be let in when it may", async () => {
    const fetch = vi.fn(() => Promise.resolve(Response.json({ token: "the-token" })));
    vi.stubGlobal("fetch", fetch);
    admitting(true);
    open(`#code=${SECRET}`);
    const drawn = Promise.withResolvers<void>();
    enterAhead(drawn.promise);
    await new Promise((resolve) => setTimeout(resolve));
    expect(window.location.href).not.toContain(SECRET);
    expect(fetch).not.toHaveBeenCalled();
    drawn.resolve();
    await connectLoopback(new ExchangeableLink());
    expect(fetch).toHaveBeenCalledOnce();
  });

  it("tells its problem to who connects later", async () => {
    open("#/stores");
    enterAhead();
    await new Promise((resolve) => setTimeout(resolve));
    await expect(connectLoopback(new ExchangeableLink())).rejects.toMatchObject({ problem: "no-code" });
  });

  it("is made anew where it broke before anyone listened", async () => {
    let opened = 0;
    class Socket extends EventTarget {
      static readonly CLOSED = 3;
      /** The first is closed again by the time somebody looks. */
      readonly readyState = opened === 0 ? Socket.CLOSED : 1;
      constructor() {
        super();
        opened += 1;
        queueMicrotask(() => this.dispatchEvent(new Event("open")));
      }
    }
    vi.stubGlobal("WebSocket", Socket);
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "the-token" })));
    const heard: unknown[] = [];
    const stop = onConnection(({ state }) => heard.push(state));
    open(`#code=${SECRET}`);
    enterAhead();
    await connectLoopback(new ExchangeableLink());
    await eventually(() => expect(heard).toEqual(["lost", "open"]));
    expect(opened).toBe(2);
    stop();
  });
});

// @vitest-environment jsdom
import { EventEmitter } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PORT_CHANNEL } from "../../../shared/channel.ts";
import { eventually } from "../../lab/eventually.ts";

const { ipcRenderer } = vi.hoisted(() => ({ ipcRenderer: new (class {
    readonly sent: string[] = [];
    listener: ((event: { ports: unknown[] }) => void) | null = null;
  })() }));
vi.mock("electron", () => {
  const emitter = {
    once(_channel: string, listener: (event: { ports: unknown[] }) => void) {
      ipcRenderer.listener = listener;
    },
    send: (channel: string) => void ipcRenderer.sent.push(channel),
  };
  return { ipcRenderer: emitter };
});

afterEach(() => vi.restoreAllMocks());

describe("the preload script", () => {
  it("asks for a port and hands it over once the page has loaded, and does nothing else", async () => {
    const before = new Set(Object.getOwnPropertyNames(window));
    const posted = vi.spyOn(window, "postMessage").mockImplementation(() => undefined);
    await import("../../../preload/bridge.ts");
    expect(ipcRenderer.sent).toEqual([PORT_CHANNEL]);
    const port = new EventEmitter();
    ipcRenderer.listener?.({ ports: [port] });
    await Promise.resolve();
    expect(posted).not.toHaveBeenCalled();
    window.dispatchEvent(new Event("load"));
    await eventually(() => expect(posted).toHaveBeenCalledOnce());
    expect(posted).toHaveBeenCalledWith(PORT_CHANNEL, window.location.origin, [port]);
    expect(Object.getOwnPropertyNames(window).filter((name) => !before.has(name))).toEqual([]);
  });
});

/** The page's own connection, in this process: its code and token, its link, its watch over main, over a real WebSocket. */
import { WebSocket as NodeWebSocket } from "ws";
import { vi } from "vitest";
import { connect, type ConsoleClient } from "../../../renderer/host/client.ts";

/** Enters the console at `address` as a browser does, for the life of this process; the WebSocket goes by way of the port `by`. */
export async function enterAsPage(address: string, by: number): Promise<ConsoleClient> {
  const { origin, host, hash } = new URL(address);
  const kept = new Map<string, string>();
  const throughProxy = class extends NodeWebSocket {
    constructor(url: string, protocols: string[]) {
      super(url.replace(host, `127.0.0.1:${by}`), protocols, { headers: { host, origin } });
      // A connection that is refused or cut is told of by its close; what else it says goes nowhere in a browser either.
      this.on("error", () => undefined);
    }
  };
  vi.stubGlobal("window", {
    location: { protocol: "http:", host, hash, pathname: "/", search: "" },
    history: { replaceState: () => undefined },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    sessionStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) },
  });
  vi.stubGlobal("WebSocket", throughProxy);
  const direct = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => direct(`${origin}${path}`, { ...init, headers: { "content-type": "application/json", origin } }));
  return connect();
}

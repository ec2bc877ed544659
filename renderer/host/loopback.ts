/** The loopback host: a one-time code in the address becomes a token, the token opens a WebSocket. */
import { RPCLink } from "@orpc/client/websocket";
import { LOOPBACK_EXCHANGE_PATH, LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../shared/channel.ts";
import { announceConnection, backoff, ConnectError } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import type { Plugins } from "./plugins.ts";

/** Takes the one-time code out of the address bar, where it would otherwise stay in the history. Null without one. */
export function takeCode(): string | null {
  const match = /^#code=([^&]+)/.exec(window.location.hash);
  if (match?.[1] === undefined) return null;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return decodeURIComponent(match[1]);
}

async function exchange(code: string): Promise<string> {
  const response = await fetch(LOOPBACK_EXCHANGE_PATH, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
    cache: "no-store",
  }).catch(() => null);
  if (response === null) throw new ConnectError("no-answer");
  if (!response.ok) throw new ConnectError("code-refused");
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null || !("token" in answer) || typeof answer.token !== "string") {
    throw new ConnectError("code-refused");
  }
  return answer.token;
}

function open(token: string): Promise<WebSocket> {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${window.location.host}${LOOPBACK_SOCKET_PATH}`, [LOOPBACK_PROTOCOL, token]);
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(socket), { once: true });
    socket.addEventListener("close", () => reject(new ConnectError("no-answer")), { once: true });
  });
}

/** Where a tab keeps its token, so that it survives a reload. No other tab sees it, and no later console accepts it. */
const tokenKey = "messaging-console.token";

/** Null keeps none. A browser that stores nothing costs a new address after a reload, no more. */
function keepToken(token: string | null): void {
  try {
    if (token === null) window.sessionStorage.removeItem(tokenKey);
    else window.sessionStorage.setItem(tokenKey, token);
  } catch {
    // Storage is switched off or full.
  }
}

function keptToken(): string | null {
  try {
    return window.sessionStorage.getItem(tokenKey);
  } catch {
    return null;
  }
}

/** Comes in with the address's code, or as the tab that came in before it was reloaded. */
async function enter(): Promise<{ readonly token: string; readonly socket: WebSocket }> {
  const code = takeCode();
  if (code !== null) {
    const token = await exchange(code);
    keepToken(token);
    return { token, socket: await open(token) };
  }
  const token = keptToken();
  if (token === null) throw new ConnectError("no-code");
  try {
    return { token, socket: await open(token) };
  } catch {
    // Whoever served this page is not the console that the token was for.
    keepToken(null);
    throw new ConnectError("no-code");
  }
}

/** Keeps `link` connected for the life of the page. */
export async function connectLoopback(link: ExchangeableLink, plugins: Plugins): Promise<void> {
  const { token, socket: first } = await enter();

  const adopt = (socket: WebSocket) => {
    link.replace(new RPCLink({ websocket: socket, plugins }));
    socket.addEventListener("close", () => {
      link.replace(null);
      retry(1);
    });
    announceConnection({ state: "open" });
  };
  const retry = (attempt: number) => {
    announceConnection({ state: "lost", attempts: attempt });
    window.setTimeout(() => {
      open(token).then(adopt, () => retry(attempt + 1));
    }, backoff(attempt));
  };
  adopt(first);
}

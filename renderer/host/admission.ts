/**
 * How a page gets into the loopback host: the one-time code in the address becomes a token, the token opens a WebSocket.
 * Free of libraries, because a page asks for it first of all, while the console itself is still being read and compiled.
 */
import { LOOPBACK_EXCHANGE_PATH, LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../shared/channel.ts";
import { ConnectError, type ConnectProblem } from "./connection.ts";
import { askOtherTabs } from "./other-tabs.ts";

export interface Admission {
  readonly token: string;
  readonly socket: WebSocket;
}

/** Why a page did not come in. `fault`, undecoded, is the host's word on why there is no console. */
interface Refusal {
  readonly problem: ConnectProblem;
  readonly fault?: unknown;
}

declare global {
  interface Window {
    /** What a script that ran ahead began. Data, because the console's own script shares no code with it. */
    entering?: Promise<Admission | Refusal>;
  }
}

/** Takes the one-time code out of the address bar, where it would otherwise stay in the history. Null without one. */
export function takeCode(): string | null {
  const match = /^#code=([^&]+)/.exec(window.location.hash);
  if (match?.[1] === undefined) return null;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return decodeURIComponent(match[1]);
}

async function exchange(code: string): Promise<string | Refusal> {
  const response = await fetch(LOOPBACK_EXCHANGE_PATH, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
    cache: "no-store",
  }).catch(() => null);
  if (response === null) return { problem: "no-answer" };
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer !== "object" || answer === null) return { problem: "code-refused" };
  if ("fault" in answer) return { problem: "not-started", fault: answer.fault };
  return response.ok && "token" in answer && typeof answer.token === "string" ? answer.token : { problem: "code-refused" };
}

/** Resolves with an open socket; rejects where none can be had. */
export function openSocket(token: string): Promise<WebSocket> {
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

/** By then the first page stands. */
const KEEP_AFTER_MS = 1_000;

/** A while later, or when the page goes: a page that uses its storage the first time stands still until another process has answered. */
function keepTokenLater(token: string): void {
  const keep = () => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", keep);
    keepToken(token);
  };
  const timer = setTimeout(keep, KEEP_AFTER_MS);
  window.addEventListener("pagehide", keep);
}

async function enterWithCode(code: string): Promise<Admission | Refusal> {
  const token = await exchange(code);
  if (typeof token !== "string") return token;
  keepTokenLater(token);
  try {
    return { token, socket: await openSocket(token) };
  } catch {
    return { problem: "no-answer" };
  }
}

/** As the tab that came in before it was reloaded or left; null where it is none. */
async function enterAgain(): Promise<Admission | null> {
  const token = keptToken();
  if (token === null) return null;
  try {
    return { token, socket: await openSocket(token) };
  } catch {
    // Whoever served this page is not the console that the token was for.
    keepToken(null);
    return null;
  }
}

/** With the address's code, as a tab that was in before, or let in by one that is inside. The code is taken at once and used after `first`. */
async function enter(first?: Promise<void>): Promise<Admission | Refusal> {
  const code = takeCode();
  await first;
  if (code !== null) return enterWithCode(code);
  const again = await enterAgain();
  if (again !== null) return again;
  const invitation = await askOtherTabs();
  return invitation === null ? { problem: "no-code" } : enterWithCode(invitation);
}

/** Enters after `first`, for who asks for the {@link admission} later and hears how it went. */
export function enterAhead(first?: Promise<void>): void {
  window.entering = enter(first);
}

/** The admission that was had ahead, once; otherwise a new one. Rejects with `ConnectError`. */
export async function admission(): Promise<Admission> {
  const entering = window.entering ?? enter();
  delete window.entering;
  const entered = await entering;
  if ("problem" in entered) throw new ConnectError(entered.problem, entered.fault);
  return entered;
}

/** The first page's questions, asked before a page asks them. */
import { EventEmitter } from "node:events";
import type { WebSocket } from "ws";
import { isProtocolMessage } from "./contract-socket.ts";

/** What oRPC's handler needs of a socket. */
type Listening = Pick<WebSocket, "addEventListener" | "send">;

export const questions = ["/app/hello", "/app/preferences/get", "/app/network", "/stores/watch"];
/** What answers at all has answered by then; streams are ended. */
const endsAfterMs = 50;

/**
 * Code runs slowly the first time, and a person would wait for it. Before a page asks, while the browser still reads its
 * script, the same questions are asked and answered for nobody. None of them changes anything.
 */
export function rehearse(upgrade: (nobody: Listening) => void): void {
  const events = new EventEmitter();
  upgrade({
    addEventListener: (type, listener) => {
      if (typeof listener === "function") events.on(type, listener);
    },
    send: () => undefined,
  });
  questions.forEach((path, at) => {
    const question = Buffer.from(JSON.stringify({ i: String(at), p: { u: path } }));
    if (isProtocolMessage(question, false)) events.emit("message", { data: question.toString("utf8") });
  });
  setTimeout(() => events.emit("close"), endsAfterMs).unref();
}

/** The loopback host: the contract over a WebSocket, opened again whenever it breaks. */
import { RPCLink } from "@orpc/client/websocket";
import { admission, openSocket } from "./admission.ts";
import { announceConnection, backoff } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import type { Plugins } from "./plugins.ts";

/** Keeps `link` connected for the life of the page. */
export async function connectLoopback(link: ExchangeableLink, plugins: Plugins): Promise<void> {
  const { token, socket: first } = await admission();

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
      openSocket(token).then(adopt, () => retry(attempt + 1));
    }, backoff(attempt));
  };
  // It was opened ahead, and may have broken before anyone listened.
  if (first.readyState === WebSocket.CLOSED) retry(1);
  else adopt(first);
}

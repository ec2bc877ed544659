/** The loopback host: the contract over a WebSocket, opened again whenever it breaks. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { admission, openSocket } from "./admission.ts";
import { ask } from "./ask.ts";
import type { ConsoleClient } from "./client.ts";
import { announceConnection, backoff } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import { carry } from "./far-end.ts";
import { answerOtherTabs } from "./other-tabs.ts";

/** Keeps `link` connected for the life of the page. */
export async function connectLoopback(link: ExchangeableLink): Promise<void> {
  const { token, socket: first } = await admission();

  const adopt = (socket: WebSocket) => {
    // Heard before the library hears it, which would end the calls without a word on what is known of them.
    socket.addEventListener("close", () => retry(1, dropped()));
    const dropped = carry(link, (headers) => new RPCLink({ websocket: socket, headers }));
  };
  const retry = (attempts: number, heardAt: number) => {
    announceConnection({ state: "lost", attempts, heardAt });
    setTimeout(() => {
      openSocket(token).then(adopt, () => retry(attempts + 1, heardAt));
    }, backoff(attempts));
  };
  answerOtherTabs(async () => {
    const console: ConsoleClient = createORPCClient(link);
    const invited = await ask(() => console.app.invite());
    return invited.ok ? invited.value.code : null;
  });
  // It was opened ahead, and may have broken before anyone listened.
  if (first.readyState === WebSocket.CLOSED) retry(1, Date.now());
  else adopt(first);
}

/** The Electron host: the preload script hands over a MessagePort, once for each load of the page. */
import { RPCLink } from "@orpc/client/message-port";
import { PORT_CHANNEL } from "../../shared/channel.ts";
import { announceConnection } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import { carry } from "./far-end.ts";

/** Resolves with the first port. Later ones, after main was restarted below the page, take its place. */
export function connectMessagePort(link: ExchangeableLink): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_CHANNEL || port === undefined) return;
      // Heard before the library hears it, which would end the calls without a word on what is known of them.
      port.addEventListener("close", () => announceConnection({ state: "lost", attempts: 1, heardAt: dropped() }));
      const dropped = carry(link, (headers) => new RPCLink({ port, headers }));
      port.start();
      resolve();
    });
  });
}

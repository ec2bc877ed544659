/** The Electron host: the preload script hands over a MessagePort, once for each load of the page. */
import { RPCLink } from "@orpc/client/message-port";
import { PORT_CHANNEL } from "../../shared/channel.ts";
import { announceConnection } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import type { Plugins } from "./plugins.ts";

/** Resolves with the first port. Later ones, after main was restarted below the page, take its place. */
export function connectMessagePort(link: ExchangeableLink, plugins: Plugins): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_CHANNEL || port === undefined) return;
      link.replace(new RPCLink({ port, plugins }));
      port.addEventListener("close", () => {
        link.replace(null);
        announceConnection({ state: "lost", attempts: 1 });
      });
      port.start();
      announceConnection({ state: "open" });
      resolve();
    });
  });
}

/**
 * A loopback console in a process of its own, with the real services, database and provider, on a thousand saved servers.
 * The process that forked it says how the servers are to be found, and asks how long the event loop was held.
 */
import { createApp } from "../../../main/app.ts";
import { openFront } from "../../../main/hosts/loopback/front.ts";
import { startServer } from "../../../main/hosts/loopback/server.ts";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { machineNetwork } from "../../../main/hosts/shared/machine-network.ts";
import { openPreferences } from "../../../main/hosts/shared/preferences.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { portsWith } from "../../lab/ports.ts";
import { connection } from "../../unit/main/services/support.ts";
import { messagingWith, take } from "../../unit/main/store/support.ts";
import { watchLoop } from "../../lab/loop-watch.ts";
import { SERVERS, type Answer, type Order } from "./thousand-console.ts";

const [folder = "", frontEnds = ""] = process.argv.slice(2);
/** Nothing listens there. */
const CLOSED_PORT = 1;

let site: "up" | "refusing" | "nameless" = "refusing";
const ports = portsWith(folder, {
  network: machineNetwork,
  resolver: {
    // The directory is found, so that names that are gone are the servers' own fault.
    service: (name) => Promise.resolve(succeed([{ host: `dc1.${name}`, port: 389, priority: 0, weight: 100 }])),
    connectTo: (host) =>
      Promise.resolve(
        site === "nameless" && host.startsWith("ex")
          ? fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host })
          : succeed([{ address: "127.0.0.1", port: site === "up" ? Number(frontEnds) : CLOSED_PORT }]),
      ),
    authorities: [],
  },
  preferences: openPreferences(folder, silentLogger),
});

const app = take(await createApp(ports));
const servers = messagingWith(SERVERS).configuration.servers.map(({ name }, index) => ({ name, priority: index + 1 }));
const messaging = { provider: "exchange", variant: "2013", values: { domain: connection.domain, username: connection.username }, servers };
const { id: storeId } = take(await app.services.documents.create({ document: { name: "Contoso HQ", connection, messaging }, secrets: { "directory.password": "Pa55word!", "messaging.password": "secret-42" }, files: {} }));
const front = await openFront({ rendererDirectory: folder, clock: systemClock, logger: silentLogger });
const host = startServer({ router: app.router, front, clock: systemClock, logger: silentLogger });

const loop = watchLoop();
const answer = (said: Answer) => process.send?.(said);
process.on("message", (order: Order) => {
  if (order.type === "site") site = order.site;
  if (order.type === "holds") answer({ type: "holds", ...loop.longest() });
  if (order.type === "heap") {
    globalThis.gc?.();
    answer({ type: "heap", bytes: process.memoryUsage().heapUsed });
  }
  if (order.type === "end") void host.close().then(() => app.dispose()).then(() => process.exit(0));
});
answer({ type: "ready", port: front.port, token: front.grantToken(), storeId });

/** What a process of its own works with that the one which started it has killed: the practice organisation of that one, and its data folder. */
import { z } from "zod";
import { createAliasBench } from "../../../main/aliases/index.ts";
import { createCertificateReader } from "../../../main/certificates/index.ts";
import * as directory from "../../../main/directory/index.ts";
import type { NameResolver, Ports } from "../../../main/ports.ts";
import { remoteShells } from "../../../main/powershell/index.ts";
import { createExpressions } from "../../../main/jobs/expressions.ts";
import { createSealing } from "../../../main/handover/sealing.ts";
import { providers } from "../../../main/providers/index.ts";
import { createServices, type Foundation, type Services } from "../../../main/services/index.ts";
import { Reach } from "../../../main/services/reach.ts";
import { createActivity } from "../../../main/services/activity.ts";
import { openStore, openTeamStore } from "../../../main/store/index.ts";
import { createTeamEntrance } from "../../../main/store/team/entrance.ts";
import type { Store } from "../../../main/store/types.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { namelessResolver, portsWith } from "../../lab/ports.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";

/** How the practice organisation of another process is reached. */
export const waySchema = z.object({
  dataDirectory: z.string(),
  remoting: z.object({ executable: z.string(), edition: z.enum(["Core", "Desktop"]), leading: z.array(z.string()), environment: z.record(z.string(), z.string()) }),
  /** The practice organisation's names: records of services, and the loopback port behind `host:port`. */
  services: z.record(z.string(), z.array(z.object({ host: z.string(), port: z.number(), priority: z.number(), weight: z.number() }))),
  routes: z.record(z.string(), z.number()),
  authorities: z.array(z.string()),
});
export type Way = z.infer<typeof waySchema>;

const resolverOf = (orders: Way): NameResolver => ({
  authorities: orders.authorities,
  service: (name, given) => {
    const records = orders.services[name];
    return records === undefined ? namelessResolver.service(name, given) : Promise.resolve(succeed(records));
  },
  connectTo: (host, port, given) => {
    const route = orders.routes[`${host}:${port}`];
    return route === undefined ? namelessResolver.connectTo(host, port, given) : Promise.resolve(succeed([{ address: "127.0.0.1", port: route }]));
  },
});

/** As nobody's `finally` and no exit handler would see it. */
export function end(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

/** The services over the data folder, with what is written changed by `change`. */
export async function servicesOn(orders: Way, change: (store: Store) => Partial<Store>, more: Partial<Ports> = {}): Promise<Services> {
  const ports: Ports = portsWith(orders.dataDirectory, { host: "command-line", resolver: resolverOf(orders), remoting: orders.remoting, ...more });
  const { clock, logger, keyWrapping, dataDirectory } = ports;
  const file = take(await openStore({ dataDirectory, keyWrapping, clock: systemClock, logger: silentLogger }));
  const isOfTeam = take(file.home.read())?.inUse === true;
  const opened = isOfTeam ? take(await openTeamStore({ home: file.home, clock, logger })) : file;
  const store = { ...opened, ...change(opened) };
  const activity = createActivity(store, clock);
  const foundation: Foundation = {
    ports: { ...ports, user: store.team?.state().login ?? ports.user },
    store,
    data: { entrance: createTeamEntrance({ home: file.home, clock, logger }), fault: null, openOther: () => Promise.resolve(fail({ kind: "unsupported", why: "no-other" })) },
    providers,
    directory,
    certificates: createCertificateReader(clock),
    aliases: createAliasBench({ powershell: null, logger }),
    expressions: createExpressions(),
    sealing: createSealing(),
    ownKey: file.home.ownKey,
    prepareOnly: file.prepareOnly,
    reach: new Reach({ resolver: ports.resolver, proxy: ports.proxy, remoting: remoteShells(ports.remoting, logger) }, file.prepareOnly),
    record: activity.record,
  };
  return createServices(foundation, activity);
}

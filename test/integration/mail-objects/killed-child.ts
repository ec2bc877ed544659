/**
 * A process of its own that makes one group, and kills itself at one write of the journal. Told by JSON in its first argument; what it
 * reaches is the practice organisation of the process that started it.
 */
import { z } from "zod";
import { createAliasBench } from "../../../main/aliases/index.ts";
import { createCertificateReader } from "../../../main/certificates/index.ts";
import * as directory from "../../../main/directory/index.ts";
import type { NameResolver, Ports } from "../../../main/ports.ts";
import { remoteShells } from "../../../main/powershell/index.ts";
import { createExpressions } from "../../../main/jobs/expressions.ts";
import { createSealing } from "../../../main/handover/sealing.ts";
import { providers } from "../../../main/providers/index.ts";
import { createServices, type Foundation } from "../../../main/services/index.ts";
import { Reach } from "../../../main/services/reach.ts";
import { createActivity } from "../../../main/services/activity.ts";
import { openStore, openTeamStore } from "../../../main/store/index.ts";
import { createTeamEntrance } from "../../../main/store/team/entrance.ts";
import type { Journal } from "../../../main/store/types.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { namelessResolver, portsWith } from "../../lab/ports.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";
import { group, options } from "./practice-site.ts";

const ordersSchema = z.object({
  dataDirectory: z.string(),
  storeId: z.string(),
  name: z.string(),
  /** Which write it is, from 1 on, and on which side of it this process ends. */
  write: z.number(),
  when: z.enum(["before", "after"]),
  remoting: z.object({ executable: z.string(), edition: z.enum(["Core", "Desktop"]), leading: z.array(z.string()), environment: z.record(z.string(), z.string()) }),
  /** The practice organisation's names: records of services, and the loopback port behind `host:port`. */
  services: z.record(z.string(), z.array(z.object({ host: z.string(), port: z.number(), priority: z.number(), weight: z.number() }))),
  routes: z.record(z.string(), z.number()),
  authorities: z.array(z.string()),
});
export type KilledOrders = z.infer<typeof ordersSchema>;

const orders = ordersSchema.parse(JSON.parse(process.argv[2] ?? ""));

const resolver: NameResolver = {
  authorities: orders.authorities,
  service: (name, given) => {
    const records = orders.services[name];
    return records === undefined ? namelessResolver.service(name, given) : Promise.resolve(succeed(records));
  },
  connectTo: (host, port, given) => {
    const route = orders.routes[`${host}:${port}`];
    return route === undefined ? namelessResolver.connectTo(host, port, given) : Promise.resolve(succeed([{ address: "127.0.0.1", port: route }]));
  },
};

/** As nobody's `finally` and no exit handler would see it. */
function end(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

function dying(journal: Journal): Journal {
  let writes = 0;
  const wrap = <A extends unknown[], R>(write: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    writes += 1;
    if (writes !== orders.write) return write(...given);
    if (orders.when === "before") return end();
    await write(...given);
    return end();
  };
  const { begin, begun, ended, change, release } = journal;
  return { ...journal, begin: wrap(begin), begun: wrap(begun), ended: wrap(ended), change: wrap(change), release: wrap(release) };
}

const ports: Ports = portsWith(orders.dataDirectory, { host: "command-line", resolver, remoting: orders.remoting });
const { clock, logger, keyWrapping, dataDirectory } = ports;
const file = take(await openStore({ dataDirectory, keyWrapping, clock: systemClock, logger: silentLogger }));
const isOfTeam = take(file.home.read())?.inUse === true;
const opened = isOfTeam ? take(await openTeamStore({ home: file.home, clock, logger })) : file;
const store = { ...opened, journal: dying(opened.journal) };
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
const services = createServices(foundation, activity);
const done = take(await services.mailObjects.apply(orders.storeId, group(orders.name), null, options()));
process.stdout.write(`${JSON.stringify(done)}\n`);
process.exit(0);

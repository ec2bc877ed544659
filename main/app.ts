/** The one place where things are wired: ports in, router out. */
import { fail, succeed, type Result } from "../shared/fault.ts";
import { createAliasBench } from "./aliases/index.ts";
import { createCertificateReader } from "./certificates/index.ts";
import * as directory from "./directory/index.ts";
import { guardedClock } from "./guard.ts";
import type { Ports } from "./ports.ts";
import { providers } from "./providers/index.ts";
import { createRouter, type AppRouter } from "./router/index.ts";
import { createServices, type Foundation, type Services } from "./services/index.ts";
import { createActivity } from "./services/activity.ts";
import { openStore } from "./store/index.ts";
import { createTeamEntrance } from "./store/team/entrance.ts";
import { createTeamHome } from "./store/team/home.ts";

export interface App {
  /** For the RPC handler of any adapter; needs no context. */
  readonly router: AppRouter;
  readonly services: Services;
  /** Ends all work and closes the store. */
  dispose(): Promise<void>;
}

/** Opens the store and builds the services on it. Fails with `unreadable: database-damaged` and the like. */
export async function createApp(given: Ports): Promise<Result<App>> {
  const ports: Ports = { ...given, clock: guardedClock(given.clock, given.logger) };
  const { dataDirectory, keyWrapping, clock, logger } = ports;
  const opened = await openStore({ dataDirectory, keyWrapping, clock, logger });
  if (!opened.ok) return opened;
  const store = opened.value;
  const activity = createActivity(store, clock);
  const aliases = createAliasBench({ powershell: ports.powershell, logger });
  const certificates = createCertificateReader(clock);
  const foundation: Foundation = {
    ports,
    store,
    data: {
      entrance: createTeamEntrance({ home: createTeamHome(), clock, logger }),
      openOther: async () => fail({ kind: "not-found", what: "team" }),
    },
    providers,
    directory,
    certificates,
    aliases,
    record: (event, once) => activity.record(event, once),
  };
  const services = createServices(foundation, activity);
  // A console attends to everything from the start; a command only to what it was asked about.
  if (ports.host !== "command-line") services.attend();
  return succeed({
    router: createRouter(services, ports),
    services,
    dispose: async () => {
      await services.dispose();
      await aliases.dispose();
      await certificates.dispose();
      await store.close();
    },
  });
}

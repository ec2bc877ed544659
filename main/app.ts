/** The one place where things are wired: ports in, router out. */
import { fail, succeed, type Fault, type Result } from "../shared/fault.ts";
import { createAliasBench } from "./aliases/index.ts";
import { createCertificateReader } from "./certificates/index.ts";
import * as directory from "./directory/index.ts";
import { guardedClock } from "./guard.ts";
import type { Ports } from "./ports.ts";
import { remoteShells } from "./powershell/index.ts";
import { createSealing } from "./handover/sealing.ts";
import { createExpressions } from "./jobs/expressions.ts";
import { providers } from "./providers/index.ts";
import { createRouter, type AppRouter } from "./router/index.ts";
import { createServices, type Foundation, type Services } from "./services/index.ts";
import { createActivity } from "./services/activity.ts";
import { Reach } from "./services/reach.ts";
import { openStore, openTeamStore, type FileStore } from "./store/index.ts";
import { createTeamEntrance } from "./store/team/entrance.ts";
import type { Store } from "./store/types.ts";

export interface App {
  /** For the RPC handler of any adapter; needs no context. */
  readonly router: AppRouter;
  readonly services: Services;
  /** Ends all work and closes the store. */
  dispose(): Promise<void>;
}

interface Data {
  /** Always open: it keeps what this console needs of its team. */
  readonly file: FileStore;
  /** The one that the console works on. */
  readonly store: Store;
  /** Why that is the file although it was to be the team's database. */
  readonly fault: Fault | null;
}

/** Leaves no file open behind an error that nobody thought of: the next try is to find it closed. */
async function openTeamBeside(file: FileStore, { clock, logger }: Pick<Ports, "clock" | "logger">): Promise<Result<Store>> {
  try {
    return await openTeamStore({ home: file.home, clock, logger });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A team's database that is no more one to work on ends nothing: the console works on the file, and says so. */
async function openData({ dataDirectory, keyWrapping, clock, logger }: Ports): Promise<Result<Data>> {
  const opened = await openStore({ dataDirectory, keyWrapping, clock, logger });
  if (!opened.ok) return opened;
  const file = opened.value;
  const kept = file.home.read();
  if (kept.ok && kept.value?.inUse !== true) return succeed({ file, store: file, fault: null });
  const team = kept.ok ? await openTeamBeside(file, { clock, logger }) : kept;
  if (team.ok) return succeed({ file, store: team.value, fault: null });
  logger.error("the team's database could not be opened, so the console works on the file", { fault: team.fault });
  return succeed({ file, store: file, fault: team.fault });
}

/** The one of both that the console does not work on; whoever asked closes it. */
async function openOther({ file, store }: Omit<Data, "fault">, { clock, logger }: Ports): Promise<Result<Store>> {
  // The file stays open for what it keeps.
  if (store !== file) return succeed({ ...file, close: () => Promise.resolve() });
  const team = await openTeamStore({ home: file.home, clock, logger });
  const away = team.ok ? team.value.team?.state().away : null;
  if (!team.ok || away === null || away === undefined) return team;
  await team.value.close();
  return fail(away.fault);
}

/** Opens the store and builds the services on it. Fails with `unreadable: database-damaged` and the like. */
export async function createApp(given: Ports): Promise<Result<App>> {
  const clock = guardedClock(given.clock, given.logger);
  const opened = await openData({ ...given, clock });
  if (!opened.ok) return opened;
  const { file, store } = opened.value;
  // In a team's database who saves is whoever signed in to it: it takes no other name.
  const ports: Ports = { ...given, clock, user: store.team?.state().login ?? given.user };
  const { logger } = ports;
  const activity = createActivity(store, clock);
  const aliases = createAliasBench({ powershell: ports.powershell, logger });
  const certificates = createCertificateReader(clock);
  const sealing = createSealing();
  const expressions = createExpressions();
  // What a job's own provider may ask is its identity store's to say, and what it did is told of that.
  const prepareOnly = { ...file.prepareOnly, has: (id: string) => file.prepareOnly.has(store.identityStores.ownerOf(id)) };
  const foundation: Foundation = {
    ports,
    store,
    data: {
      entrance: createTeamEntrance({ home: file.home, clock, logger }),
      fault: opened.value.fault,
      openOther: () => openOther(opened.value, ports),
    },
    providers,
    directory,
    certificates,
    aliases,
    expressions,
    sealing,
    ownKey: file.home.ownKey,
    prepareOnly,
    reach: new Reach({ resolver: ports.resolver, proxy: ports.proxy, remoting: remoteShells(ports.remoting, logger) }, prepareOnly),
    record: (event, once) => activity.record({ ...event, storeId: event.storeId === null ? null : store.identityStores.ownerOf(event.storeId) }, once),
  };
  const services = createServices(foundation, activity);
  // A console attends to everything from the start; a command only to what it was asked about.
  if (ports.host !== "command-line") services.attend();
  return succeed({
    router: createRouter(services, ports),
    services,
    dispose: async () => {
      await services.dispose();
      sealing.dispose();
      await expressions.rest();
      await aliases.dispose();
      await certificates.dispose();
      await store.close();
      if (store !== file) await file.close();
    },
  });
}

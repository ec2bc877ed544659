/** One console on the loopback host: an app on a data folder, behind a listener of its own. */
import { succeed, type Result } from "../../../shared/fault.ts";
import type { Logger, RemotingLocation } from "../../ports.ts";
import { systemClock } from "../shared/clock.ts";
import { practiceDirectory } from "../shared/data-directory.ts";
import { announcePractice } from "../shared/practice-control.ts";
import { openPracticeOrganisation } from "../shared/practice.ts";
import { buildPorts } from "../shared/build-ports.ts";
import { securePrivateFolder } from "../shared/folder-rights.ts";
import { openLog } from "../shared/logger.ts";
import { pageThemeOf } from "../shared/page-theme.ts";
import { openReopenable } from "../shared/reopening.ts";
import { openFront, type Front } from "./front.ts";
import { startServer, type ContractServer } from "./server.ts";

export interface ConsoleOptions {
  /** Absolute. The practice organisation's console has a folder of its own below the real one's. */
  readonly dataDirectory: string;
  readonly rendererDirectory: string;
  readonly practice: boolean;
  readonly logger: Logger;
  /** Listens already. It is opened, and closed with the console; one that failed leaves it as it is. */
  readonly front: Front;
  /** Hears about every change in the number of open connections, the practice console's included. */
  readonly onConnections?: (open: number) => void;
  /** In place of this machine's own PowerShell remoting, which exists on Windows alone. No entry of the product gives one. */
  readonly remoting?: RemotingLocation;
}

export interface Console {
  /** The address to open, with a fresh one-time code. */
  url(): string;
  close(): Promise<void>;
}

/** Starts a console. Fails with the app's own fault, such as a database that cannot be opened. */
export async function startConsole(options: ConsoleOptions): Promise<Result<Console>> {
  const { dataDirectory, practice, logger, front } = options;
  const rights = securePrivateFolder(dataDirectory);
  if (!rights.ok) return rights;
  const connections = countConnections(options.onConnections);
  const opened = practice ? await openPracticeOrganisation(dataDirectory, logger) : null;
  if (opened?.ok === false) return opened;
  const organisation = opened?.value ?? null;
  const practiceConsole = practice ? null : once(() => startPractice({ ...options, onConnections: connections.part("practice") }));
  const openPractice = practiceConsole && (async () => {
    const started = await practiceConsole.start();
    return started.ok ? succeed({ url: started.value.url() }) : started;
  });
  const ports = await buildPorts({ host: "loopback", dataDirectory, rights: rights.value, openPractice, practice: organisation, logger, invite: front.invite, ...(options.remoting === undefined ? {} : { remoting: options.remoting }) });
  let server: ContractServer | null = null;
  const app = await openReopenable(ports, { closing: () => server?.pause(), opened: ({ router }) => server?.serve(router) });
  if (!app.ok) {
    await organisation?.dispose();
    return app;
  }
  const started = startServer({ router: app.value.app.router, front, clock: ports.clock, logger, onConnections: connections.part("own") });
  server = started;
  const withdraw = practice ? announcePractice(dataDirectory, { port: front.port, token: front.grantToken() }) : null;
  logger.info("the console is open", { port: front.port, practice, version: ports.version });
  return succeed({
    url: front.url,
    async close() {
      withdraw?.();
      await started.close();
      const beside = await practiceConsole?.started();
      if (beside?.ok === true) await beside.value.close();
      await app.value.dispose();
      await organisation?.dispose();
      logger.info("the console is closed");
    },
  });
}

/** The practice organisation's console beside the real one. */
async function startPractice(options: ConsoleOptions): Promise<Result<Console>> {
  const dataDirectory = practiceDirectory(options.dataDirectory);
  const logger = openLog(dataDirectory, "loopback");
  const front = await openFront({ rendererDirectory: options.rendererDirectory, theme: () => pageThemeOf(dataDirectory), clock: systemClock, logger });
  const started = await startConsole({ ...options, dataDirectory, practice: true, logger, front });
  if (!started.ok) await front.close();
  return started;
}

/** Starts at most one at a time; a failed start may be tried again. */
function once<T>(create: () => Promise<Result<T>>) {
  let running: Promise<Result<T>> | null = null;
  return {
    async start(): Promise<Result<T>> {
      running ??= create();
      try {
        const result = await running;
        if (!result.ok) running = null;
        return result;
      } catch (error) {
        running = null;
        throw error;
      }
    },
    started: (): Promise<Result<T>> | null => running,
  };
}

/** Adds up the connections of a console and of the practice console beside it. */
function countConnections(report: ((open: number) => void) | undefined) {
  const counts = new Map<string, number>();
  return {
    part: (name: string) => (open: number) => {
      counts.set(name, open);
      report?.([...counts.values()].reduce((sum, count) => sum + count, 0));
    },
  };
}

/** One console on the loopback host: an app on a data folder, behind a listener of its own. */
import { succeed, type Result } from "../../../shared/fault.ts";
import { createApp } from "../../app.ts";
import { systemClock } from "../shared/clock.ts";
import { practiceDirectory } from "../shared/data-directory.ts";
import { announcePractice } from "../shared/practice-control.ts";
import { openPracticeOrganisation } from "../shared/practice.ts";
import { buildPorts, openLog } from "../shared/build-ports.ts";
import { startServer } from "./server.ts";

export interface ConsoleOptions {
  /** Absolute. The practice organisation's console uses a folder of its own below it. */
  readonly dataDirectory: string;
  readonly rendererDirectory: string;
  readonly practice: boolean;
  /** Hears about every change in the number of open connections, the practice console's included. */
  readonly onConnections?: (open: number) => void;
}

export interface Console {
  readonly port: number;
  /** The address to open, with a fresh one-time code. */
  url(): string;
  close(): Promise<void>;
}

/** Starts a console. Fails with the app's own fault, such as a database that cannot be opened. */
export async function startConsole(options: ConsoleOptions): Promise<Result<Console>> {
  const dataDirectory = options.practice ? practiceDirectory(options.dataDirectory) : options.dataDirectory;
  const logger = openLog(dataDirectory, "loopback");
  const connections = countConnections(options.onConnections);
  const organisation = options.practice ? await openPracticeOrganisation(dataDirectory, logger) : null;
  const practiceConsole = options.practice ? null : once(() => startConsole({ ...options, practice: true, onConnections: connections.part("practice") }));
  const openPractice = practiceConsole && (async () => {
    const started = await practiceConsole.start();
    return started.ok ? succeed({ url: started.value.url() }) : started;
  });
  const ports = await buildPorts({ host: "loopback", dataDirectory, openPractice, practice: organisation, logger });
  const app = await createApp(ports);
  if (!app.ok) {
    await organisation?.dispose();
    return app;
  }
  const server = await startServer({
    router: app.value.router,
    rendererDirectory: options.rendererDirectory,
    clock: systemClock,
    logger,
    onConnections: connections.part("own"),
  });
  const withdraw = options.practice ? announcePractice(dataDirectory, { port: server.port, token: server.grantToken() }) : null;
  logger.info("the console is open", { port: server.port, practice: options.practice, version: ports.version });
  return succeed({
    port: server.port,
    url: server.url,
    async close() {
      withdraw?.();
      await server.close();
      const practice = await practiceConsole?.started();
      if (practice?.ok === true) await practice.value.close();
      await app.value.dispose();
      await organisation?.dispose();
      logger.info("the console is closed");
    },
  });
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

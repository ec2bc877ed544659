/** Windows with an app behind each: the real one, and the practice organisation's beside it. */
import path from "node:path";
import { session, type BrowserWindow, type WebContents } from "electron";
import { say } from "../../../renderer/text/text.ts";
import { succeed, type Result } from "../../../shared/fault.ts";
import type { App as ConsoleApp } from "../../app.ts";
import type { Logger } from "../../ports.ts";
import { practiceDirectory } from "../shared/data-directory.ts";
import { openFront } from "../loopback/front.ts";
import { startServer, type ContractServer } from "../loopback/server.ts";
import { systemClock } from "../shared/clock.ts";
import { buildPorts } from "../shared/build-ports.ts";
import { securePrivateFolder } from "../shared/folder-rights.ts";
import { openLog } from "../shared/logger.ts";
import { announcePractice } from "../shared/practice-control.ts";
import { openPracticeOrganisation } from "../shared/practice.ts";
import { openReopenable } from "../shared/reopening.ts";
import { nativeFilePicker } from "./file-picker.ts";
import { lockSession } from "./lockdown.ts";
import { openElectronPreferences } from "./preferences.ts";
import { handleScheme } from "./protocol.ts";
import { electronKeyWrapping } from "./safe-storage.ts";
import { createWindow, loadConsole, preloadScript } from "./window.ts";

export interface ConsolesOptions {
  readonly dataDirectory: string;
  /** Folder of the built main process; pages and preload lie beside it. */
  readonly mainDirectory: string;
}

export interface Consoles {
  /** Which app answers which page. */
  readonly windows: ReadonlyMap<WebContents, ConsoleApp>;
  /** Opens the console, or brings it to the front when it is open. */
  open(practice: boolean): Promise<Result<null>>;
  /** Whether a console is open or on its way: what fails beside it must not end the process. */
  inUse(): boolean;
  dispose(): Promise<void>;
}

export function createConsoles(options: ConsolesOptions): Consoles {
  const windows = new Map<WebContents, ConsoleApp>();
  const opened = new Map<boolean, { window: BrowserWindow | null; app: ConsoleApp; readonly logger: Logger }>();
  const starting = new Map<boolean, Promise<Result<null>>>();
  const disposals: (() => Promise<void>)[] = [];

  /** Lets the command line break and mend the practice organisation, as it does beside the loopback host. */
  async function admitCommandLine(app: ConsoleApp, dataDirectory: string, logger: Logger): Promise<ContractServer> {
    const rendererDirectory = path.join(options.mainDirectory, "..", "renderer");
    const front = await openFront({ rendererDirectory, clock: systemClock, logger });
    const server = startServer({ router: app.router, front, clock: systemClock, logger });
    const withdraw = announcePractice(dataDirectory, { port: front.port, token: front.grantToken() });
    return {
      ...server,
      close: () => {
        withdraw();
        return server.close();
      },
    };
  }

  async function startApp(practice: boolean): Promise<Result<null>> {
    const dataDirectory = practice ? practiceDirectory(options.dataDirectory) : options.dataDirectory;
    const logger = openLog(dataDirectory, "electron");
    const rights = securePrivateFolder(dataDirectory);
    if (!rights.ok) return rights;
    const started = practice ? await openPracticeOrganisation(dataDirectory, logger) : null;
    if (started?.ok === false) return started;
    const organisation = started?.value ?? null;
    const ports = await buildPorts({
      host: "electron",
      dataDirectory,
      rights: rights.value,
      practice: organisation,
      logger,
      openPractice: async () => {
        const result = await open(true);
        return result.ok ? succeed({ url: null }) : result;
      },
      own: {
        keyWrapping: electronKeyWrapping(dataDirectory),
        preferences: openElectronPreferences(dataDirectory, logger),
        filePicker: nativeFilePicker(() => opened.get(practice)?.window ?? null),
      },
    });
    let commandLine: ContractServer | null = null;
    const app = await openReopenable(ports, {
      closing: () => commandLine?.pause(),
      opened: (next) => {
        commandLine?.serve(next.router);
        replace(practice, next);
      },
    });
    if (!app.ok) {
      await organisation?.dispose();
      return app;
    }
    const admitted = practice ? await admitCommandLine(app.value.app, dataDirectory, logger) : null;
    commandLine = admitted;
    disposals.push(async () => {
      await admitted?.close();
      await app.value.dispose();
      await organisation?.dispose();
    });
    opened.set(practice, { window: null, app: app.value.app, logger });
    return succeed(null);
  }

  /** Another app answers from now on; an open page asks it for everything anew. */
  function replace(practice: boolean, app: ConsoleApp): void {
    const console = opened.get(practice);
    if (console === undefined) return;
    console.app = app;
    if (console.window === null) return;
    windows.set(console.window.webContents, app);
    console.window.webContents.reload();
  }

  /** However often a console is asked for while it starts, it starts once. */
  function startOnce(practice: boolean): Promise<Result<null>> {
    const begun = starting.get(practice) ?? startApp(practice).finally(() => starting.delete(practice));
    starting.set(practice, begun);
    return begun;
  }

  async function open(practice: boolean): Promise<Result<null>> {
    if (!opened.has(practice)) {
      const started = await startOnce(practice);
      if (!started.ok) return started;
    }
    const console = opened.get(practice);
    if (console === undefined) throw new Error("The console was started and is not there.");
    if (console.window === null) {
      // Storage of its own for each: nothing of the practice organisation shows up in the real console.
      const own = session.fromPartition(practice ? "practice" : "console");
      lockSession(own, console.logger);
      if (!own.protocol.isProtocolHandled("app")) handleScheme(own, path.join(options.mainDirectory, "..", "renderer"));
      const window = createWindow({
        session: own,
        preload: preloadScript(options.mainDirectory),
        stateFile: path.join(practice ? practiceDirectory(options.dataDirectory) : options.dataDirectory, "window.json"),
        title: say(practice ? "hosts.window-practice" : "hosts.window"),
      });
      const { webContents } = window;
      windows.set(webContents, console.app);
      console.window = window;
      window.on("closed", () => {
        windows.delete(webContents);
        console.window = null;
      });
      await loadConsole(window);
    } else {
      if (console.window.isMinimized()) console.window.restore();
      console.window.focus();
    }
    return succeed(null);
  }

  return {
    windows,
    open,
    inUse: () => windows.size > 0 || starting.size > 0,
    async dispose() {
      for (const dispose of disposals.splice(0)) await dispose();
    },
  };
}

/** Entry of the Electron host. */
import "../shared/thread-pool.ts";
import path from "node:path";
import { app, dialog } from "electron";
import { defaultDataDirectory } from "../shared/data-directory.ts";
import { openLog } from "../shared/build-ports.ts";
import { readArguments } from "./arguments.ts";
import { createConsoles } from "./consoles.ts";
import { lockApp } from "./lockdown.ts";
import { installMenu } from "./menu.ts";
import { handOutPorts } from "./message-port.ts";
import { registerScheme } from "./protocol.ts";

const quitLimitMs = 5_000;

const given = readArguments(process.argv.slice(1));
const dataDirectory = given.dataDirectory ?? defaultDataDirectory();

registerScheme();
app.enableSandbox();
// One console a data folder: Electron takes the lock in its own folder, so that one goes along.
if (given.dataDirectory !== null) app.setPath("userData", path.join(given.dataDirectory, "browser"));

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  const logger = openLog(dataDirectory, "electron");
  const consoles = createConsoles({ dataDirectory, mainDirectory: import.meta.dirname });
  const open = async (practice: boolean) => {
    const opened = await consoles.open(practice);
    if (opened.ok) return;
    logger.error("the console could not be opened", { fault: opened.fault });
    dialog.showErrorBox("Messaging Console cannot open its data", `${dataDirectory}\n\n${JSON.stringify(opened.fault, null, 2)}`);
    app.exit(1);
  };
  const failed = (error: unknown) => {
    logger.error("the console could not be opened", { error });
    app.exit(1);
  };
  lockApp(app, logger);
  app.on("second-instance", (_event, args) => {
    open(readArguments(args).practice).catch(failed);
  });
  app.on("activate", () => {
    open(given.practice).catch(failed);
  });
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", (event) => {
    event.preventDefault();
    const forced = setTimeout(() => app.exit(0), quitLimitMs);
    consoles
      .dispose()
      .catch((error: unknown) => logger.error("closing failed", { error }))
      .finally(() => {
        clearTimeout(forced);
        app.exit(0);
      });
  });
  app
    .whenReady()
    .then(() => {
      installMenu();
      handOutPorts(consoles.windows, logger);
      return open(given.practice);
    })
    .catch(failed);
}

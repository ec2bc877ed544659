/** Entry of the Electron host. */
import "../shared/thread-pool.ts";
import "../../../renderer/text/all-texts.ts";
import path from "node:path";
import { app, dialog } from "electron";
import { explain } from "../../../renderer/text/fault.ts";
import { say } from "../../../renderer/text/text.ts";
import type { Fault } from "../../../shared/fault.ts";
import { settledDataDirectory } from "../shared/data-directory.ts";
import { openLog } from "../shared/logger.ts";
import { redactText } from "../shared/redact.ts";
import { readArguments, type ElectronArguments } from "./arguments.ts";
import { createConsoles } from "./consoles.ts";
import { lockApp } from "./lockdown.ts";
import { installMenu } from "./menu.ts";
import { handOutPorts } from "./message-port.ts";
import { registerScheme } from "./protocol.ts";

const quitLimitMs = 5_000;

function read(): ElectronArguments {
  try {
    return readArguments(process.argv.slice(1));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(2);
  }
}

const given = read();
// One console a data folder: Electron takes the lock in its own folder, so that one goes along. Without a named folder
// Electron's stays in the roaming profile on Windows: the key of safeStorage is in it, and secrets sealed under it open
// from nowhere else (https://github.com/electron/electron/issues/39733).
if (given.dataDirectory !== null) app.setPath("userData", path.join(given.dataDirectory, "browser"));

if (app.requestSingleInstanceLock()) start(given.dataDirectory ?? (await settledDataDirectory("electron")));
else app.quit();

/** A fault as its sentence and next step, with the details below. */
function faultWords(fault: Fault): string {
  const { sentence, nextStep, detail } = explain(fault);
  return [`${sentence} ${nextStep}`, detail].filter((part) => part !== null).join("\n\n");
}

function start(dataDirectory: string): void {
  registerScheme();
  app.enableSandbox();
  const logger = openLog(dataDirectory, "electron");
  const consoles = createConsoles({ dataDirectory, mainDirectory: import.meta.dirname });
  /** Says why; the process ends only when nothing else is open in it. */
  const giveUp = (fields: Readonly<Record<string, unknown>>, detail: string) => {
    logger.error("the console could not be opened", fields);
    dialog.showErrorBox(say("hosts.not-opened"), `${dataDirectory}\n\n${detail}`);
    if (!consoles.inUse()) app.exit(1);
  };
  const failed = (error: unknown) => giveUp({ error }, error instanceof Error ? redactText(error.message) : "");
  const open = async (practice: boolean) => {
    await app.whenReady();
    const opened = await consoles.open(practice);
    if (!opened.ok) giveUp({ fault: opened.fault }, faultWords(opened.fault));
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

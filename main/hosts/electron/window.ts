/** The console's window. */
import path from "node:path";
import { BrowserWindow, dialog, nativeTheme, type Session } from "electron";
import { say } from "../../../renderer/text/text.ts";
import { pageAddress } from "./address.ts";
import { readWindowState, rememberWindowState } from "./window-state.ts";

export interface WindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly stateFile: string;
  readonly title: string;
}

/** Creates the window hidden and shows it with its first content. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const state = readWindowState(options.stateFile);
  const window = new BrowserWindow({
    ...state.bounds,
    // Pages hold up at this size; a small remote desktop at 200% has little more.
    minWidth: 320,
    minHeight: 256,
    show: false,
    title: options.title,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#292929" : "#ffffff",
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  rememberWindowState(window, options.stateFile);
  // A page that has something to lose keeps the window open, and Electron asks nobody by itself (`will-prevent-unload` of webContents).
  window.webContents.on("will-prevent-unload", (event) => {
    if (mayClose(window)) event.preventDefault();
  });
  return window;
}

function mayClose(window: BrowserWindow): boolean {
  const buttons = [say("hosts.close-stay"), say("hosts.close-confirm")];
  const chosen = dialog.showMessageBoxSync(window, {
    type: "question",
    title: say("hosts.window"),
    message: say("hosts.close-title"),
    detail: say("hosts.close-text"),
    buttons,
    defaultId: 0,
    cancelId: 0,
  });
  return chosen === 1;
}

export async function loadConsole(window: BrowserWindow): Promise<void> {
  await window.loadURL(pageAddress);
}

export function preloadScript(mainDirectory: string): string {
  return path.join(mainDirectory, "..", "preload", "bridge.cjs");
}

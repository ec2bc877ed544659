/** The console's window. */
import path from "node:path";
import { BrowserWindow, nativeTheme, type Session } from "electron";
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
    minWidth: 800,
    minHeight: 600,
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
  return window;
}

export async function loadConsole(window: BrowserWindow): Promise<void> {
  await window.loadURL(pageAddress);
}

export function preloadScript(mainDirectory: string): string {
  return path.join(mainDirectory, "..", "preload", "bridge.cjs");
}

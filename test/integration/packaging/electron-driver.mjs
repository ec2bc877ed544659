// Runs out/main/electron.js with a stand-in for the electron module and reports what it did as JSON.
// usage: node electron-driver.mjs ROOT DATA
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";

const [root = "", data = ""] = process.argv.slice(2);
const started = performance.now();
const calls = [];
const windows = [];
const handlers = new Map();
const boxes = [];

class WebContents extends EventEmitter {
  mainFrame = { url: "app://console/index.html", parent: null };
  posted = [];
  setWindowOpenHandler() {}
  postMessage(channel, _message, ports) {
    this.posted.push({ channel, ports });
  }
}
class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  constructor(options) {
    super();
    windows.push({ window: this, options, loaded: [] });
  }
  async loadURL(url) {
    windows.at(-1).loaded.push(url);
  }
  show() {}
  maximize() {}
  isMinimized() {
    return false;
  }
  focus() {
    this.focused = true;
  }
}
const session = {
  setPermissionRequestHandler() {},
  setPermissionCheckHandler() {},
  setDevicePermissionHandler() {},
  on() {},
  webRequest: { onBeforeRequest() {} },
  protocol: { isProtocolHandled: (scheme) => handlers.has(scheme), handle: (scheme, handler) => handlers.set(scheme, handler) },
};
/** Node's ports, with the event object Electron's have. */
class MessagePortMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
    port.on("message", (message) => this.emit("message", { data: message, ports: [] }));
    port.on("close", () => this.emit("close"));
  }
  postMessage(message) {
    this.port.postMessage(message, []);
  }
  start() {
    this.port.start();
  }
  close() {
    this.port.close();
  }
}
function MessageChannelMain() {
  const { port1, port2 } = new MessageChannel();
  return { port1: new MessagePortMain(port1), port2 };
}
/** As Electron's: one moment, for however many wait for it. */
const ready = new Promise((resolve) => setTimeout(resolve, 50));
const app = Object.assign(new EventEmitter(), {
  enableSandbox: () => calls.push("enableSandbox"),
  requestSingleInstanceLock: () => calls.push("requestSingleInstanceLock") > 0,
  whenReady: () => ready,
  setPath: (name, folder) => calls.push(`setPath ${name} ${path.relative(data, folder)}`),
  quit() {},
  exit: (code) => process.exit(code),
  getPath: () => data,
  getVersion: () => "0.0.0",
});
const stand = {
  app,
  BrowserWindow,
  MessageChannelMain,
  ipcMain: new EventEmitter(),
  session: { fromPartition: () => session },
  protocol: { registerSchemesAsPrivileged: (schemes) => calls.push(`registerSchemesAsPrivileged ${schemes.map(({ scheme }) => scheme).join(" ")}`) },
  dialog: { showErrorBox: (_title, text) => boxes.push(text) },
  screen: { getAllDisplays: () => [] },
  nativeTheme: { shouldUseDarkColors: false },
  safeStorage: { isEncryptionAvailable: () => false },
  Menu: { buildFromTemplate: () => null, setApplicationMenu() {} },
  shell: {},
};
globalThis.electronStandIn = stand;
registerHooks({
  resolve: (specifier, context, next) => (specifier === "electron" ? { url: "stand-in:electron", shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) =>
    url === "stand-in:electron"
      ? {
          format: "module",
          shortCircuit: true,
          source: `const electron = globalThis.electronStandIn; export default electron; export const { ${Object.keys(stand).join(", ")} } = electron;`,
        }
      : next(url, context),
});

const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};
// A file where the practice organisation's folder belongs: its console cannot open.
mkdirSync(data, { recursive: true });
writeFileSync(path.join(data, "practice"), "");
process.argv.push("--data", data);
await import(pathToFileURL(path.join(root, "out/main/electron.js")).href);
// The same program started again while the first start is under way.
for (let again = 0; again < 3; again += 1) app.emit("second-instance", {}, ["electron", "."]);
app.emit("second-instance", {}, ["electron", ".", "--practice"]);
await until(() => windows.length > 0 && windows[0].loaded.length > 0 && boxes.length > 0);
rmSync(path.join(data, "practice"));
const quickStarts = { windows: windows.length, boxes: boxes.length };

/** How often this process has the real console's database open: once an app. Null where the system does not tell. */
function openDatabases() {
  if (process.platform !== "linux") return null;
  const files = readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // The listing's own, closed by now.
    }
  });
  return files.filter((file) => file === path.join(data, "messaging-console.db")).length;
}

const { window, options, loaded } = windows[0];
const serve = handlers.get("app");
const page = await serve({ url: "app://console/index.html", method: "GET" });
const outside = await serve({ url: "app://console/..%2fmain/electron.js", method: "GET" });

const stranger = new WebContents();
stand.ipcMain.emit("messaging-console:port", { sender: stranger, senderFrame: stranger.mainFrame });
stand.ipcMain.emit("messaging-console:port", { sender: window.webContents, senderFrame: window.webContents.mainFrame });
const [port] = window.webContents.posted[0].ports;
const { createORPCClient } = await import("@orpc/client");
const { RPCLink } = await import("@orpc/client/message-port");
const client = createORPCClient(new RPCLink({ port }));
port.start();
const hello = await client.app.hello();
const opened = await client.app.openPractice();
const practice = { opened, titles: windows.map(({ options }) => options.title), control: existsSync(path.join(data, "practice", "control.json")) };

process.stdout.write(
  JSON.stringify({
    calls,
    webPreferences: { ...options.webPreferences, session: undefined },
    loaded,
    page: { status: page.status, policy: page.headers.get("content-security-policy"), text: await page.text() },
    outside: outside.status,
    strangerGotPort: stranger.posted.length > 0,
    hello,
    quickStarts,
    databases: openDatabases(),
    practice,
    milliseconds: Math.round(performance.now() - started),
  }),
  () => app.emit("will-quit", { preventDefault() {} }),
);

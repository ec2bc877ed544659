/** The parts of Electron the host uses, recording what is asked of them. */
import { EventEmitter } from "node:events";
import { vi } from "vitest";

export class FakeWebContents extends EventEmitter {
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly posted: { readonly channel: string; readonly message: unknown; readonly ports: readonly unknown[] }[] = [];
  readonly mainFrame = { url: "app://console/index.html", parent: null };
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  postMessage(channel: string, message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, message, ports });
  }
}

export class FakeSession {
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | null = null;
  permissionCheck: ((contents: null, permission: string) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | null = null;
  readonly listeners = new EventEmitter();
  readonly handled = new Map<string, unknown>();
  readonly protocol = {
    isProtocolHandled: (scheme: string) => this.handled.has(scheme),
    handle: (scheme: string, handler: unknown) => void this.handled.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<FakeSession["beforeRequest"]>) => {
      this.beforeRequest = handler;
    },
  };
  setPermissionRequestHandler(handler: FakeSession["permissionRequest"]): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession["permissionCheck"]): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession["devicePermission"]): void {
    this.devicePermission = handler;
  }
  on(name: string, listener: (...args: unknown[]) => void): void {
    this.listeners.on(name, listener);
  }
}

export class FakeBrowserWindow extends EventEmitter {
  static readonly created: FakeBrowserWindow[] = [];
  readonly options: Readonly<Record<string, unknown>>;
  readonly webContents = new FakeWebContents();
  readonly loaded: string[] = [];
  shown = false;
  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    FakeBrowserWindow.created.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    await Promise.resolve();
  }
  show(): void {
    this.shown = true;
  }
  maximize(): void {
    this.emit("maximize");
  }
  isMaximized(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.emit("focus");
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
}

export class FakePort extends EventEmitter {
  started = false;
  closed = false;
  start(): void {
    this.started = true;
  }
  close(): void {
    this.closed = true;
  }
  postMessage(message: unknown): void {
    this.emit("posted", message);
  }
}

export class FakeMessageChannel {
  static readonly created: FakeMessageChannel[] = [];
  constructor() {
    FakeMessageChannel.created.push(this);
  }
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
}

export const session = { created: new Map<string, FakeSession>(), fromPartition: (name: string) => session.created.get(name) ?? addSession(name) };

function addSession(name: string): FakeSession {
  const added = new FakeSession();
  session.created.set(name, added);
  return added;
}

export const ipcMain = new EventEmitter();
export const safeStorage = {
  available: true,
  backend: "gnome_libsecret",
  isEncryptionAvailable: () => safeStorage.available,
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptString: (text: string) => Buffer.from(`sealed:${text}`),
  decryptString: (sealed: Buffer) => {
    if (!sealed.toString().startsWith("sealed:")) throw new Error("not sealed here");
    return sealed.toString().slice("sealed:".length);
  },
};
export const dialog = {
  showOpenDialog: vi.fn<(...args: unknown[]) => Promise<{ canceled: boolean; filePaths: string[] }>>(),
  showMessageBoxSync: vi.fn<(...args: unknown[]) => number>(),
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
export const nativeTheme = { shouldUseDarkColors: false };
export const protocol = { registerSchemesAsPrivileged: vi.fn<(schemes: unknown) => void>() };
export const BrowserWindow = FakeBrowserWindow;
export const MessageChannelMain = FakeMessageChannel;
export const Menu = { buildFromTemplate: vi.fn<(template: unknown) => unknown>(), setApplicationMenu: vi.fn<(menu: unknown) => void>() };

/** Hands a fake over as the real thing. A fake has only what the host uses, so the compiler cannot be asked to agree. */
export function standIn<T>(fake: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return fake as T;
}

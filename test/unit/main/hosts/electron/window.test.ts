import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readArguments } from "../../../../../main/hosts/electron/arguments.ts";
import { nativeFilePicker } from "../../../../../main/hosts/electron/file-picker.ts";
import { menuTemplate } from "../../../../../main/hosts/electron/menu.ts";
import { registerScheme, servePage } from "../../../../../main/hosts/electron/protocol.ts";
import { electronKeyWrapping, safeStorageProtects } from "../../../../../main/hosts/electron/safe-storage.ts";
import { createWindow, loadConsole } from "../../../../../main/hosts/electron/window.ts";
import { readWindowState } from "../../../../../main/hosts/electron/window-state.ts";
import { securityHeaders } from "../../../../../main/hosts/shared/page-headers.ts";
import { systemKeyWrapping } from "../../../../../main/hosts/shared/key-wrapping.ts";
import { dialog, FakeBrowserWindow, protocol, safeStorage, standIn } from "./fake-electron.ts";

vi.mock("electron", () => import("./fake-electron.ts"));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-electron-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the window", () => {
  const make = () => {
    const window = createWindow({ session: standIn({}), preload: "/preload/bridge.cjs", stateFile: path.join(folder, "window.json"), title: "Console" });
    const fake = FakeBrowserWindow.created.at(-1);
    if (fake === undefined) throw new Error("no window");
    return { window, fake };
  };

  it("is sandboxed and isolated, with nothing of Node in its pages", () => {
    expect(make().fake.options["webPreferences"]).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      preload: "/preload/bridge.cjs",
    });
  });

  it("shows itself with its first content, not before", async () => {
    const { window, fake } = make();
    await loadConsole(window);
    expect(fake.loaded).toEqual(["app://console/index.html"]);
    expect(fake.shown).toBe(false);
    fake.emit("ready-to-show");
    expect(fake.shown).toBe(true);
  });

  it.each([
    ["stays open", 0, 0],
    ["closes when that is what was chosen", 1, 1],
  ])("asks when the page has something to lose, and %s", (_what, chosen, times) => {
    dialog.showMessageBoxSync.mockReturnValueOnce(chosen);
    const preventDefault = vi.fn();
    make().fake.webContents.emit("will-prevent-unload", { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(times);
    expect(dialog.showMessageBoxSync.mock.lastCall?.[1]).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ["Stay", "Close"] });
  });

  it("may be as small as a page that is magnified four times", () => {
    // 1280 by 1024 at 400% are 320 by 256: what WCAG 1.4.10 asks a page to hold up at, and less than any scaled desktop.
    expect(make().fake.options).toMatchObject({ minWidth: 320, minHeight: 256 });
  });

  it("remembers where it was", () => {
    make().fake.emit("close");
    expect(readWindowState(path.join(folder, "window.json"))).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, maximized: false });
  });

  it.each([
    ["a display that is gone", { x: 5000, y: 5000, width: 1000, height: 700, maximized: false }],
    ["a size that makes no sense", { x: 0, y: 0, width: 3, height: 700, maximized: false }],
    ["something else", "text"],
  ])("forgets %s", (_what, stored) => {
    writeFileSync(path.join(folder, "window.json"), JSON.stringify(stored));
    expect(readWindowState(path.join(folder, "window.json")).bounds).toEqual({ width: 1280, height: 860 });
  });
});

const headersInLowerCase = Object.fromEntries(Object.entries(securityHeaders).map(([name, value]) => [name.toLowerCase(), value]));

describe("app://", () => {
  beforeEach(() => {
    mkdirSync(path.join(folder, "renderer"));
    writeFileSync(path.join(folder, "renderer", "index.html"), "page");
    writeFileSync(path.join(folder, "secret.js"), "outside");
    symlinkSync(path.join(folder, "secret.js"), path.join(folder, "renderer", "link.js"));
  });
  const get = (url: string, method = "GET") => servePage(path.join(folder, "renderer"), { url, method });

  it("is standard and secure", () => {
    registerScheme();
    expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([expect.objectContaining({ scheme: "app", privileges: expect.objectContaining({ standard: true, secure: true }) })]);
    expect(JSON.stringify(protocol.registerSchemesAsPrivileged.mock.calls)).not.toMatch(/bypassCSP|allowServiceWorkers|corsEnabled/);
  });

  it("serves pages with the strict policy", async () => {
    const answer = await get("app://console/index.html");
    expect(await answer.text()).toBe("page");
    expect(Object.fromEntries(answer.headers)).toMatchObject(headersInLowerCase);
    expect(answer.headers.get("content-type")).toContain("text/html");
  });

  it.each([
    ["app://console/../secret.js", 404],
    ["app://console/%2e%2e/secret.js", 404],
    ["app://console/..%5csecret.js", 404],
    ["app://console/link.js", 404],
    ["app://console/missing.js", 404],
    ["app://other/index.html", 403],
    ["file:///etc/passwd", 403],
  ])("answers %s with %i", async (url, status) => {
    const answer = await get(url);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe("");
    expect(Object.fromEntries(answer.headers)).toMatchObject(headersInLowerCase);
  });

  it("knows reading only", async () => {
    expect((await get("app://console/index.html", "POST")).status).toBe(405);
  });
});

describe("safeStorage", () => {
  beforeEach(() => {
    safeStorage.available = true;
    safeStorage.backend = "gnome_libsecret";
  });

  it.each([
    ["a keyring", "linux", true, "kwallet6", true],
    ["a constant password", "linux", true, "basic_text", false],
    ["a backend nobody knows", "linux", true, "unknown", false],
    ["no encryption", "linux", false, "gnome_libsecret", false],
    ["DPAPI", "win32", true, "unknown", true],
    ["the keychain", "darwin", true, "unknown", true],
  ] as const)("with %s on %s counts accordingly", (_what, platform, available, backend, expected) => {
    safeStorage.available = available;
    safeStorage.backend = backend;
    expect(safeStorageProtects(platform)).toBe(expected);
  });

  it("wraps, and also opens what the loopback host wrapped", async () => {
    const [own, ...others] = electronKeyWrapping(folder);
    expect([own?.protection, others.at(-1)?.protection]).toEqual(["safe-storage", "key-file"]);
    const key = new Uint8Array([1, 2, 3]);
    const wrapped = await own?.wrap(key);
    expect(wrapped?.ok === true && (await own?.unwrap(wrapped.value))).toMatchObject({ ok: true, value: Buffer.from(key) });
    const loopbacks = await systemKeyWrapping(folder).at(-1)?.wrap(key);
    expect(loopbacks?.ok === true && (await others.at(-1)?.unwrap(loopbacks.value))).toMatchObject({ ok: true, value: Buffer.from(key) });
  });

  it("says unreadable when the platform refuses", async () => {
    const broken = await electronKeyWrapping(folder)[0]?.unwrap(Buffer.from([3, 1, 1, 1]));
    expect(broken).toEqual({ ok: false, fault: { kind: "unreadable", what: "secret-unreadable" } });
  });

  it.skipIf(process.platform !== "linux")("wraps nothing where it protects nothing, and stays in the list (Linux alone has such a backend)", async () => {
    safeStorage.backend = "basic_text";
    const [own] = electronKeyWrapping(folder);
    expect(own?.protection).toBe("safe-storage");
    expect(await own?.wrap(new Uint8Array(32))).toMatchObject({ ok: false });
  });
});

describe("the file picker", () => {
  const picker = nativeFilePicker(() => null);

  it("reads the chosen file", async () => {
    const file = path.join(folder, "hq-mail.pfx");
    writeFileSync(file, "bytes");
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] });
    expect(await picker.pick("certificate")).toEqual({ ok: true, value: { name: "hq-mail.pfx", bytes: new Uint8Array(readFileSync(file)) } });
    expect(JSON.stringify(dialog.showOpenDialog.mock.lastCall)).toContain('["pfx","p12"]');
  });

  it("reads one byte beyond the limit of a large file and no more", async () => {
    const file = path.join(folder, "large.pfx");
    writeFileSync(file, Buffer.alloc(3 * 1024 * 1024));
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] });
    const picked = await picker.pick("certificate");
    expect(picked.ok && picked.value?.bytes.length).toBe(1024 * 1024 + 1);
  });

  it("answers null when it was cancelled, a fault when the file is gone", async () => {
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
    expect(await picker.pick("aliases")).toEqual({ ok: true, value: null });
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [path.join(folder, "gone")] });
    expect(await picker.pick("authority")).toEqual({ ok: false, fault: { kind: "unreadable", what: "file-unreadable" } });
  });
});

describe("the rest", () => {
  it("offers no developer tools and no reload in the menu", () => {
    expect(JSON.stringify(menuTemplate("win32"))).not.toMatch(/devtools|reload/i);
  });

  it("reads its own arguments among Chromium's", () => {
    expect(readArguments(["--no-sandbox", ".", "--data", "d", "--practice"])).toEqual({ dataDirectory: path.resolve("d"), practice: true });
    expect(readArguments(["--data=e"])).toEqual({ dataDirectory: path.resolve("e"), practice: false });
    expect(readArguments(["--data", "--practice"])).toEqual({ dataDirectory: null, practice: true });
    expect(() => readArguments(["--data="])).toThrow("--data takes a folder");
  });
});

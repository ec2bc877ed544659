import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { isOwnPage } from "../../../../../main/hosts/electron/address.ts";
import { lockApp, lockContents, lockSession } from "../../../../../main/hosts/electron/lockdown.ts";
import { FakeSession, FakeWebContents, standIn } from "./fake-electron.ts";

vi.mock("electron", () => import("./fake-electron.ts"));
const logger = { info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error: vi.fn<() => void>() };

const foreign = [
  "https://evil.example/",
  "file:///etc/passwd",
  "app://other/index.html",
  "app://console.evil/index.html",
  "app://user@console/index.html",
  "app://console:80@evil/",
  "javascript:alert(1)",
  "about:blank",
  "data:text/html,x",
  "http://127.0.0.1:1/",
  "",
];

describe("isOwnPage", () => {
  it("knows the console's pages", () => {
    for (const own of ["app://console/index.html", "app://console/index.html#/stores", "app://console/"]) expect(isOwnPage(own)).toBe(true);
  });
  it.each(foreign)("does not know %j", (address) => {
    expect(isOwnPage(address)).toBe(false);
  });
});

describe("lockSession", () => {
  const session = new FakeSession();
  lockSession(standIn(session), logger);

  it("grants no permission but copying text", () => {
    for (const permission of ["media", "geolocation", "notifications", "clipboard-read", "openExternal", "usb", "fullscreen"]) {
      const answers: boolean[] = [];
      session.permissionRequest?.(null, permission, (granted) => answers.push(granted));
      expect(answers).toEqual([false]);
    }
    expect(session.permissionCheck?.(null, "clipboard-read")).toBe(false);
    expect(session.permissionCheck?.(null, "clipboard-sanitized-write")).toBe(true);
    expect(session.devicePermission?.()).toBe(false);
  });

  it.each(foreign.filter((address) => !address.startsWith("data:")))("lets no request out to %j", (url) => {
    const answers: boolean[] = [];
    session.beforeRequest?.({ url }, ({ cancel }) => answers.push(cancel));
    expect(answers).toEqual([true]);
  });

  it("serves its own pages and what they made themselves", () => {
    for (const url of ["app://console/assets/a.js", "blob:app://console/1", "data:image/png;base64,AA"]) {
      session.beforeRequest?.({ url }, ({ cancel }) => expect(cancel).toBe(false));
    }
    expect.assertions(3);
  });

  it("saves only what a page made itself", () => {
    const prevented: string[] = [];
    for (const url of ["https://evil.example/x.exe", "blob:app://console/1"]) {
      session.listeners.emit("will-download", { preventDefault: () => prevented.push(url) }, { getURL: () => url });
    }
    expect(prevented).toEqual(["https://evil.example/x.exe"]);
  });
});

describe("lockContents", () => {
  const contents = new FakeWebContents();
  lockContents(standIn(contents), logger);

  it.each(["will-navigate", "will-redirect", "will-frame-navigate"])("refuses to leave by %s", (name) => {
    const prevented: string[] = [];
    for (const url of [...foreign, "app://console/index.html"]) contents.emit(name, { url, preventDefault: () => prevented.push(url) });
    expect(prevented).toEqual(foreign);
  });

  it("opens no windows and embeds no pages", () => {
    expect(contents.windowOpenHandler?.({ url: "app://console/index.html" })).toEqual({ action: "deny" });
    const prevented = vi.fn<() => void>();
    contents.emit("will-attach-webview", { preventDefault: prevented });
    expect(prevented).toHaveBeenCalledOnce();
  });
});

describe("lockApp", () => {
  it("locks every page that is ever made, trusts no certificate and offers none", () => {
    const app = new EventEmitter();
    lockApp(standIn(app), logger);
    const contents = new FakeWebContents();
    app.emit("web-contents-created", {}, contents);
    expect(contents.windowOpenHandler).not.toBeNull();
    const preventDefault = vi.fn<() => void>();
    const trusted = vi.fn<(trust: boolean) => void>();
    app.emit("certificate-error", { preventDefault }, null, "", "", null, trusted);
    expect(trusted).toHaveBeenCalledWith(false);
    const offered = vi.fn<() => void>();
    app.emit("select-client-certificate", { preventDefault }, null, "", [], offered);
    expect(offered).toHaveBeenCalledWith();
    app.emit("login", { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(3);
  });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { readArguments } from "../../../../../main/hosts/loopback/arguments.ts";
import { opener, openInBrowser, redirectPage } from "../../../../../main/hosts/loopback/browser.ts";
import { watchIdle } from "../../../../../main/hosts/loopback/idle.ts";
import { fileFor } from "../../../../../main/hosts/shared/page-files.ts";
import { succeed } from "../../../../../shared/fault.ts";

const root = path.resolve("/pages");

describe("fileFor", () => {
  it.each([
    ["/", "index.html"],
    ["/index.html", "index.html"],
    ["/index.html?x=1", "index.html"],
    ["/assets/index-Ab_1.js", "assets/index-Ab_1.js"],
  ])("finds %s", (target, file) => {
    expect(fileFor(root, target)).toBe(path.join(root, file));
  });

  it.each([
    "/../secret.js",
    "/assets/../../secret.js",
    "/%2e%2e/secret.js",
    "/%2e%2e%2fsecret.js",
    "/..%5csecret.js",
    "/..\\secret.js",
    "/C:/Windows/win.js",
    "/index.html::$DATA",
    "//host/share.js",
    "/.hidden/x.js",
    "/assets/.env.js",
    "/index.html.",
    "/index.html%00.js",
    "/%",
    "/%ff.js",
    "/assets/",
    "/main/loopback.ts",
    "/vault.key",
    "/messaging-console.db",
    "index.html",
    "http://127.0.0.1/index.html",
    "*",
    "",
  ])("knows no %j", (target) => {
    expect(fileFor(root, target)).toBeNull();
  });
});

describe("redirectPage", () => {
  it("cannot be broken out of by an address", () => {
    expect(redirectPage('http://127.0.0.1:1/#code="><script>')).not.toContain("<script>");
  });
});

describe("opener", () => {
  const search = (platform: NodeJS.Platform, environment: Record<string, string>) => ({ platform, environment, isProgram: () => true });
  it.each([
    ["win32", { SystemRoot: "D:\\Windows", Path: "C:\\evil" }, "D:\\Windows\\System32\\rundll32.exe", ["url.dll,FileProtocolHandler", "/data/open.html"]],
    ["darwin", { PATH: "/evil" }, "/usr/bin/open", ["/data/open.html"]],
    ["linux", { PATH: ".:bin:/usr/bin" }, "/usr/bin/xdg-open", ["/data/open.html"]],
  ] as const)("hands %s a file, never the address, through a program by its whole path", (platform, environment, program, args) => {
    expect(opener("/data/open.html", search(platform, environment))).toEqual([program, args]);
  });

  it("knows when there is nothing to open a page with", () => {
    expect(opener("/data/open.html", { platform: "linux", environment: { PATH: "/usr/bin" }, isProgram: () => false })).toBeNull();
  });
});

describe("openInBrowser", () => {
  const noProgram = { PATH: process.env["PATH"] };
  const folder = mkdtempSync(path.join(tmpdir(), "mc-open-"));
  beforeEach(() => {
    process.env["PATH"] = "";
  });
  afterEach(() => Object.assign(process.env, noProgram));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves a page that leads on to the address, until it is taken away", () => {
    const remove = openInBrowser("http://127.0.0.1:1/#code=one-time", folder);
    expect(readdirSync(folder)).toEqual([`open-${process.pid}.html`]);
    remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves no one-time code where other accounts may read it", () => {
    openInBrowser("http://127.0.0.1:1/#code=one-time", folder, () => succeed("open"));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("readArguments", () => {
  it("reads what the start script passes", () => {
    expect(readArguments(["--data", "d", "--practice", "--no-open", "--idle-minutes", "0.5", "--without-electron", "--end-with-stdin"])).toEqual({
      dataDirectory: path.resolve("d"),
      practice: true,
      open: false,
      idleMs: 30_000,
      withoutElectron: true,
      endWithStdin: true,
    });
  });

  it.each([["--idle-minutes", "0"], ["--idle-minutes", "soon"], ["--port", "80"], ["word"], ["--data", ""], ["--data= "]])("refuses %s %s", (...args) => {
    expect(() => readArguments(args)).toThrow(Error);
  });
});

describe("watchIdle", () => {
  function fakeClock() {
    const timers = new Map<number, { at: number; callback: () => void }>();
    let now = 0;
    let next = 0;
    return {
      now: () => now,
      elapsed: () => now,
      random: () => 0,
      after(ms: number, callback: () => void) {
        next += 1;
        const id = next;
        timers.set(id, { at: now + ms, callback });
        return () => void timers.delete(id);
      },
      pass(ms: number) {
        now += ms;
        for (const [id, timer] of timers) {
          if (timer.at > now) continue;
          timers.delete(id);
          timer.callback();
        }
      },
    };
  }

  it("ends only after the whole time without a connection", () => {
    const clock = fakeClock();
    let ended = 0;
    const idle = watchIdle(clock, 1000, () => {
      ended += 1;
    });
    clock.pass(900);
    idle.connections(1);
    clock.pass(5000);
    idle.connections(2);
    idle.connections(1);
    clock.pass(5000);
    expect(ended).toBe(0);
    idle.connections(0);
    clock.pass(999);
    expect(ended).toBe(0);
    clock.pass(1);
    expect(ended).toBe(1);
  });

  it("ends when nobody ever came", () => {
    const clock = fakeClock();
    let ended = false;
    watchIdle(clock, 1000, () => {
      ended = true;
    });
    clock.pass(1000);
    expect(ended).toBe(true);
  });
});

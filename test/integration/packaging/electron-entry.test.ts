/** Loads the built Electron entry in plain Node with a stand-in for Electron, and looks at what it asks of it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../../..");
const reportSchema = z.object({
  calls: z.array(z.string()),
  webPreferences: z.record(z.string(), z.unknown()),
  loaded: z.array(z.string()),
  page: z.object({ status: z.number(), policy: z.string().nullable(), text: z.string() }),
  outside: z.number(),
  strangerGotPort: z.boolean(),
  hello: z.record(z.string(), z.unknown()),
  quickStarts: z.object({ windows: z.number(), boxes: z.number() }),
  databases: z.number().nullable(),
  practice: z.object({ opened: z.unknown(), titles: z.array(z.string()), control: z.boolean() }),
  milliseconds: z.number(),
});

let folder: string;
let report: z.infer<typeof reportSchema>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-electron-entry-"));
  const done = spawnSync(process.execPath, [path.join(import.meta.dirname, "electron-driver.mjs"), root, path.join(folder, "data")], { encoding: "utf8", timeout: 60_000 });
  if (done.stderr !== "") throw new Error(done.stderr);
  report = reportSchema.parse(JSON.parse(done.stdout));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the built Electron entry", () => {
  it("takes its lock before anything else, then registers its scheme and the sandbox", () => {
    expect(report.calls).toEqual(["setPath userData browser", "requestSingleInstanceLock", "registerSchemesAsPrivileged app", "enableSandbox"]);
  });

  it("opens one console, in one window, however often it is started at once, and stays when the practice console beside it cannot open", () => {
    expect(report.quickStarts).toEqual({ windows: 1, boxes: 1 });
    expect(report.databases).toBe(process.platform === "linux" ? 1 : null);
  });

  it("opens one window on its own page, locked up", () => {
    expect(report.loaded).toEqual(["app://console/index.html"]);
    expect(report.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
    expect(existsSync(String(report.webPreferences["preload"]))).toBe(true);
  });

  it("serves the pages under a strict policy, and nothing beside them", () => {
    expect(report.page.status).toBe(200);
    expect(report.page.text.toLowerCase()).toContain("<!doctype html>");
    expect(report.page.policy).toContain("default-src 'none'");
    expect(report.outside).toBe(404);
  });

  it("opens the practice organisation in a window of its own, within the command line's reach, and withdraws it at the end", () => {
    expect(report.practice).toEqual({ opened: { ok: true, value: { url: null } }, titles: ["Messaging Console", "Messaging Console (practice)"], control: true });
    expect(existsSync(path.join(folder, "data", "practice", "control.json"))).toBe(false);
  });

  it("answers the contract over the port it hands out, and gives strangers none", () => {
    expect(report.strangerGotPort).toBe(false);
    expect(report.hello).toMatchObject({ host: "electron", practice: false, filePicker: "native", dataDirectory: path.join(folder, "data") });
  });
});

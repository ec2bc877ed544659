import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultPreferences } from "../../../../../shared/contract/default-preferences.ts";
import { openPreferences, preferencesPort, readPreferences, removeLeftovers } from "../../../../../main/hosts/shared/preferences.ts";

const logger = { info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error: vi.fn<() => void>() };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-preferences-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => path.join(folder, "preferences.json");

describe("preferences", () => {
  it("begin with defaults and survive a restart", async () => {
    const first = openPreferences(folder, logger);
    expect(first.get()).toEqual(defaultPreferences);
    expect(await first.set({ theme: "dark" })).toEqual({ ...defaultPreferences, theme: "dark" });
    expect(openPreferences(folder, logger).get().theme).toBe("dark");
  });

  it("keep every one of several changes that are made at once", async () => {
    const preferences = openPreferences(folder, logger);
    await Promise.all([preferences.set({ theme: "dark" }), preferences.set({ checkIntervalSeconds: 60 })]);
    expect(openPreferences(folder, logger).get()).toMatchObject({ theme: "dark", checkIntervalSeconds: 60 });
  });

  it("see at once what another host saved", async () => {
    const one = openPreferences(folder, logger);
    await openPreferences(folder, logger).set({ checkIntervalSeconds: 60 });
    expect(one.get().checkIntervalSeconds).toBe(60);
  });

  it.each([
    ["a value out of range", { theme: "light", checkIntervalSeconds: 1 }, { ...defaultPreferences, theme: "light" }],
    ["a value of another type", { theme: 3, checkIntervalSeconds: 90 }, { ...defaultPreferences, checkIntervalSeconds: 90 }],
    ["nothing", null, defaultPreferences],
    ["a text", "dark", defaultPreferences],
  ])("fall back one by one for %s", (_what, stored, expected) => {
    expect(readPreferences(stored)).toEqual(expected);
  });

  it("start over from a truncated file", async () => {
    writeFileSync(file(), '{"theme":"da');
    const preferences = openPreferences(folder, logger);
    expect(preferences.get()).toEqual(defaultPreferences);
    await preferences.set({ theme: "light" });
    expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({ theme: "light" });
  });

  it("hold a change until the process ends when it cannot be written", async () => {
    const port = preferencesPort(
      {
        read: () => ({}),
        writer: () =>
          Promise.resolve(() => {
            throw new Error("disk full");
          }),
      },
      logger,
    );
    expect((await port.set({ theme: "dark" })).theme).toBe("dark");
    expect(port.get().theme).toBe("dark");
    expect(logger.warn).toHaveBeenCalledWith("preferences could not be saved", expect.anything());
  });

  it("lose only leftovers of killed writes that are older than a minute", () => {
    const old = path.join(folder, "preferences.json.tmp-1");
    const fresh = path.join(folder, "preferences.json.tmp-2");
    for (const each of [old, fresh, file()]) writeFileSync(each, "{}");
    removeLeftovers(folder, 100_000, (each) => (each === old ? 0 : 90_000));
    expect([old, fresh, file()].map((each) => existsSync(each))).toEqual([false, true, true]);
  });
});

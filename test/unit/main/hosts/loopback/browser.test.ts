import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openInBrowser } from "../../../../../main/hosts/loopback/browser.ts";
import { systemSearch } from "../../../../../main/programs.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
const { folder } = place;
const page = path.join(folder, `open-${process.pid}.html`);
beforeEach(() => {
  vi.stubEnv("PATH", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  place.remove();
});

const isWindows = systemSearch.platform === "win32";
it.skipIf(isWindows)(`leaves the page with the one-time code to this account alone, whatever the mask${isWindows ? " (Windows has rights of its own)" : ""}`, () => {
  const before = process.umask(0);
  const remove = openInBrowser("http://127.0.0.1:1/#code=one-time", folder);
  process.umask(before);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  remove();
  expect(readdirSync(folder)).toEqual([]);
});

it("takes the pages of consoles that were killed away", () => {
  openInBrowser("http://127.0.0.1:1/#code=one-time", folder)();
  writeFileSync(path.join(folder, "open-1.html"), "an old code");
  writeFileSync(path.join(folder, "open-notes.html"), "somebody's own");
  openInBrowser("http://127.0.0.1:1/#code=one-time", folder)();
  expect(readdirSync(folder)).toEqual(["open-notes.html"]);
});

it("leaves no page with a one-time code where other accounts may read it", () => {
  mkdirSync(folder, { recursive: true });
  openInBrowser("http://127.0.0.1:1/#code=one-time", folder, () => succeed("open"));
  expect(readdirSync(folder)).toEqual([]);
});

/** The desktop app's consoles: locked up from the start, closed whole at the end. */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { createConsoles } from "../../../../../main/hosts/electron/consoles.ts";
import { canListOpenFiles, openFilesBelow } from "../../../../lab/open-files.ts";
import { take, temporaryFolder } from "../../store/support.ts";
import { FakeBrowserWindow, session } from "./fake-electron.ts";

vi.mock("electron", () => import("./fake-electron.ts"));
vi.mock("electron-store", () => ({
  default: class {
    readonly store = {};
    set(): void {}
  },
}));

const place = temporaryFolder();
const { folder } = place;
afterEach(() => {
  session.created.clear();
  place.remove();
});

function consoles() {
  mkdirSync(folder, { recursive: true });
  return createConsoles({ dataDirectory: folder, mainDirectory: path.join(folder, "out", "main") });
}

it("locks the session of every window before its page is loaded, each with storage of its own", async () => {
  const all = consoles();
  for (const practice of [false, true]) take(await all.open(practice));
  expect([...session.created.keys()]).toEqual(["console", "practice"]);
  for (const own of session.created.values()) {
    expect([own.permissionRequest, own.permissionCheck, own.devicePermission, own.beforeRequest].filter((handler) => handler === null)).toEqual([]);
    expect(own.listeners.listenerCount("will-download")).toBe(1);
  }
  await all.dispose();
});

const where = canListOpenFiles ? "" : " (open files can be listed on Linux only)";
it.skipIf(!canListOpenFiles)(`closes its databases and the practice organisation at the end, and takes the way in for the command line away${where}`, async () => {
  const all = consoles();
  for (const practice of [false, true]) take(await all.open(practice));
  expect(openFilesBelow(folder).length).toBeGreaterThan(0);
  const note = path.join(folder, "practice", "control.json");
  expect(existsSync(note)).toBe(true);
  await all.dispose();
  expect([openFilesBelow(folder), existsSync(note)]).toEqual([[], false]);
  await expect.poll(() => process.getActiveResourcesInfo().filter((each) => each === "TCPServerWrap")).toEqual([]);
});

it("leaves nothing of a practice organisation whose console could not be opened", async () => {
  const all = consoles();
  mkdirSync(path.join(folder, "practice", "messaging-console.db"), { recursive: true });
  expect((await all.open(true)).ok).toBe(false);
  await expect.poll(() => process.getActiveResourcesInfo().filter((each) => each === "TCPServerWrap")).toEqual([]);
  await all.dispose();
});

it("answers no page of a window that was closed", async () => {
  const all = consoles();
  take(await all.open(false));
  expect([all.windows.size, all.inUse()]).toEqual([1, true]);
  FakeBrowserWindow.created.at(-1)?.emit("closed");
  expect([all.windows.size, all.inUse()]).toEqual([0, false]);
  await all.dispose();
});

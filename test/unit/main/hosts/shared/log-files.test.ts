/** The log read back: the newest of all hosts, and nothing in it that looks like a secret. */
import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLogger } from "../../../../../main/hosts/shared/logger.ts";
import { readLog } from "../../../../../main/hosts/shared/log-files.ts";
import { systemClock } from "../../store/support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-log-"));
  mkdirSync(path.join(folder, "logs"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string, at: number) => {
  const file = path.join(folder, "logs", name);
  writeFileSync(file, text);
  utimesSync(file, at, at);
};

it("comes with the file that was written last first, and nothing that is no log", async () => {
  write("loopback.log.1", `{"message":"earlier"}\n`, 100);
  write("electron.log", `{"message":"other host"}\n`, 300);
  write("loopback.log", `{"message":"now"}\nhalf a line`, 200);
  write("notes.txt", "mine", 400);
  expect(await readLog(folder)).toEqual([
    { name: "electron", cut: false, lines: [{ message: "other host" }] },
    { name: "loopback", cut: false, lines: [{ message: "now" }, "half a line"] },
    { name: "loopback.1", cut: false, lines: [{ message: "earlier" }] },
  ]);
});

it("is looked through for what looks like a secret, whoever wrote it", async () => {
  write("loopback.log", `{"message":"password=hunter2","token":"abc"}\nAuthorization: Bearer abcdefgh\n`, 100);
  const [log] = await readLog(folder);
  expect(JSON.stringify(log)).not.toMatch(/hunter2|abc/);
});

it("is read as the logger writes it, and is none where there is none", async () => {
  createFileLogger({ directory: path.join(folder, "logs"), clock: systemClock, host: "loopback" }).warn("a thing", { host: "exa" });
  expect(await readLog(folder)).toMatchObject([{ name: "loopback", lines: [{ level: "warn", message: "a thing", host: "exa" }] }]);
  expect(await readLog(path.join(folder, "nowhere"))).toEqual([]);
});

it("lets others have their turn while it is long", async () => {
  write("loopback.log", `{"message":"${"a word and ".repeat(20)}"}\n`.repeat(4_000), 200);
  let turns = 0;
  const count = setInterval(() => (turns += 1), 0);
  const [log] = await readLog(folder);
  clearInterval(count);
  expect({ lines: log?.lines.length, isShared: turns >= 10 }).toEqual({ lines: 4_000, isShared: true });
});

it("is cut at its beginning where it is long, between two lines", async () => {
  write("loopback.log", `{"message":"${"x".repeat(5 * 1024 * 1024)}"}\n{"message":"end"}\n`, 200);
  write("loopback.log.1", `{"message":"${"y".repeat(1000)}"}\n`, 100);
  const [log, earlier] = await readLog(folder);
  expect({ log, hasEarlier: earlier !== undefined }).toEqual({ log: { name: "loopback", cut: true, lines: [{ message: "end" }] }, hasEarlier: true });
});

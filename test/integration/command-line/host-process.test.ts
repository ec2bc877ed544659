/** The loopback host and `npm start` as processes: one line, and a clean end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../lab/eventually.ts";
import { connectTo } from "../wine/console-client.ts";
import { root, start, type Running } from "./processes.ts";

const address = /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/;
/** util-linux's script gives a program a terminal; without one nobody presses Enter. */
const noTerminal = !existsSync("/usr/bin/script");
let folder: string;
let number = 0;
const started: Running[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-process-"));
});
afterAll(() => {
  for (const { child } of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function host(...args: readonly string[]): Running {
  number += 1;
  const running = start("out/main/loopback.js", ["--no-open", "--data", path.join(folder, `data-${number}`), ...args]);
  started.push(running);
  return running;
}

describe("the loopback host as a process", () => {
  it("prints exactly one line and nothing to standard error", async () => {
    const running = host();
    await running.until(address);
    running.child.kill("SIGTERM");
    const { code, stdout, stderr } = await running.ended();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Messaging Console: http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{43}\n$/);
    expect(stderr).toBe("");
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends cleanly on %s", async (signal) => {
    const running = host();
    await running.until(address);
    running.child.kill(signal);
    expect((await running.ended()).code).toBe(0);
  });

  it("ends when whoever started it closes standard input, and only if it was asked to", async () => {
    const asked = host("--end-with-stdin");
    await asked.until(address);
    asked.child.stdin.end();
    expect((await asked.ended()).code).toBe(0);
    const other = host();
    const url = await other.until(address);
    other.child.stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await fetch(new URL("/", url))).status).toBe(200);
    other.child.kill();
    await other.ended();
  });

  it("prints another address each time Enter is pressed, and the last one alone opens the console", async () => {
    const running = host("--end-with-stdin");
    await running.until(address);
    running.child.stdin.write("\n");
    await running.until(/(#code=[^]*){2}\n/);
    running.child.stdin.write("\n");
    await running.until(/(#code=[^]*){3}\n/);
    const [first, second, third] = [...running.stdout().matchAll(/http\S+/g)].map(([url]) => url);
    for (const used of [first, second]) await expect(connectTo(used ?? "")).rejects.toThrow("The code was refused: 403");
    const { client, close } = await connectTo(third ?? "");
    expect((await client.app.hello()).host).toBe("loopback");
    close();
    running.child.stdin.end();
    expect((await running.ended()).code).toBe(0);
  });

  it.skipIf(noTerminal)(`started by npm start in a terminal says that Enter prints another address, and does${noTerminal ? " (skipped: no program script here)" : ""}`, async () => {
    const started = ["--host", "loopback", "--no-open", "--data", path.join(folder, "data-terminal")];
    const words = [process.execPath, path.join(root, "build/start.mjs"), ...started].map((word) => `'${word}'`).join(" ");
    const child = spawn("script", ["-qefc", words, "/dev/null"], { cwd: root, stdio: ["pipe", "pipe", "ignore"] });
    let shown = "";
    child.stdout.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    try {
      await eventually(() => expect(shown).toContain("Press Enter for another one"));
      child.stdin.write("\n");
      await eventually(() => expect(shown.match(/#code=[\w-]{43}/g)).toHaveLength(2));
      const urls = [...shown.matchAll(/http:\/\/127[^\s]*/g)].map(([url]) => url);
      const connected = await connectTo(urls[1] ?? "");
      connected.close();
    } finally {
      // Ctrl+C, as a person ends it.
      child.stdin.write("\u0003");
      await once(child, "exit");
    }
  });

  it("goes on when standard input was closed from the start", async () => {
    const running = host("--end-with-stdin");
    running.child.stdin.end();
    const url = await running.until(address);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await fetch(new URL("/", url))).status).toBe(200);
    running.child.kill();
    await running.ended();
  });

  it("ends by itself when nobody is connected, and not while somebody is", async () => {
    const running = host("--idle-minutes", "0.02");
    const connected = await connectTo(await running.until(address));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await connected.client.app.hello()).host).toBe("loopback");
    connected.close();
    expect((await running.ended()).code).toBe(0);
  });

  it("opens the practice organisation beside itself, with data and an address of its own", async () => {
    const running = host();
    const url = await running.until(address);
    const connected = await connectTo(url);
    const opened = await connected.client.app.openPractice();
    const practiceUrl = opened.ok ? (opened.value.url ?? "") : "";
    expect(new URL(practiceUrl).port).not.toBe(new URL(url).port);
    const practice = await connectTo(practiceUrl);
    expect(await practice.client.app.hello()).toMatchObject({ practice: true, dataDirectory: path.join(folder, `data-${number}`, "practice") });
    expect((await connected.client.app.hello()).practice).toBe(false);
    expect((await practice.client.app.openPractice()).ok).toBe(false);
    const again = await connected.client.app.openPractice();
    expect(new URL(again.ok ? (again.value.url ?? "") : "").port).toBe(new URL(practiceUrl).port);
    for (const each of [practice, connected]) each.close();
    running.child.kill();
    expect((await running.ended()).code).toBe(0);
    expect(existsSync(path.join(folder, `data-${number}`, "practice", "control.json"))).toBe(false);
  });

  it("refuses arguments that make no sense", async () => {
    const running = start("out/main/loopback.js", ["--nonsense"]);
    const { code, stdout } = await running.ended();
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("says why it cannot start on a folder that is a file", async () => {
    const running = start("out/main/loopback.js", ["--no-open", "--data", path.join(import.meta.dirname, "processes.ts")]);
    const { code, stderr } = await running.ended();
    expect(code).toBe(1);
    expect(stderr).toContain("could not be started");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("keeps the one-time code out of its log", async () => {
    const running = host();
    const url = await running.until(address);
    const connected = await connectTo(url);
    connected.close();
    running.child.kill();
    await running.ended();
    const logs = path.join(folder, `data-${number}`, "logs");
    const { readFileSync } = await import("node:fs");
    const text = readdirSync(logs).map((name) => readFileSync(path.join(logs, name), "utf8")).join("");
    expect(text).toContain("the console is open");
    expect(text).not.toContain(new URL(url).hash.slice("#code=".length));
  });
});

describe("npm start", () => {
  it("builds nothing again and prints one line when everything is built", async () => {
    const args = ["--host", "loopback", "--no-open", "--data", path.join(folder, "start")];
    const building = start("build/start.mjs", args);
    started.push(building);
    await building.until(address);
    building.child.kill();
    await building.ended();
    const running = start("build/start.mjs", args);
    started.push(running);
    await running.until(address);
    running.child.stdin.end();
    const { code, stdout, stderr } = await running.ended();
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain("Building");
    expect(code).toBe(0);
  });

  it("falls back to loopback with one line that says so where no window can be opened", async () => {
    const running = start("build/start.mjs", ["--no-open", "--data", path.join(folder, "fallback")], { DISPLAY: undefined, WAYLAND_DISPLAY: undefined });
    started.push(running);
    await running.until(address);
    expect(running.stdout()).toMatch(/^No Electron runtime here, so the console runs in the browser: http\S+\n$/);
    running.child.kill("SIGINT");
    expect((await running.ended()).code).toBe(0);
  });

  it.each([["--host", "toaster"], ["--frobnicate"]])("refuses %s %s with its usage", async (...args) => {
    const { code, stdout, stderr } = await start("build/start.mjs", args).ended();
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("usage: npm start");
  });
});

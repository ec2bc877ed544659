/** Whatever becomes of a script, its child does not outlive it. A program that only reads stands in: what it answers is no matter here. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RemotingLocation } from "../../../../main/ports.ts";
import { PowerShellSession, remoteShells } from "../../../../main/powershell/index.ts";
import type { RemoteShell } from "../../../../main/powershell/types.ts";
import { fail } from "../../../../shared/fault.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { temporaryFolder } from "../store/support.ts";

const place = temporaryFolder();
const executable = path.join(place.folder, "reader");
const started = path.join(place.folder, "started");
const logger = recordingLogger();
let session: PowerShellSession;
beforeEach(() => {
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(executable, `#!${process.execPath}\nrequire("node:fs").appendFileSync(${JSON.stringify(started)}, process.pid + " " + (process.env.PLANTED ?? "-") + "\\n");\nprocess.stdin.resume();\n`);
  chmodSync(executable, 0o700);
  session = new PowerShellSession({ location: { executable, edition: "Core" }, logger });
});
afterEach(() => {
  session.dispose();
  place.remove();
});

/** The children so far: process id, and the secret each was given. */
const children = () => (existsSync(started) ? readFileSync(started, "utf8").trim().split("\n") : []).map((line) => line.split(" "));

function isRunning(pid: string | undefined): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

const call = { script: "param($Argument)\n1", argument: null } as const;
const isWindows = process.platform === "win32";
const where = isWindows ? " (a script starts as a program on POSIX systems only)" : "";

it.skipIf(isWindows)(`a child with a secret in its environment is its script's own, and ends with it${where}`, async () => {
  const stop = new AbortController();
  const running = session.run({ ...call, secrets: { PLANTED: "secret" }, timeoutMs: 60_000, signal: stop.signal });
  await expect.poll(children).toHaveLength(1);
  const [[pid, secret] = []] = children();
  expect([secret, isRunning(pid)]).toEqual(["secret", true]);
  stop.abort();
  expect(await running).toEqual(fail({ kind: "cancelled" }));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

it.skipIf(isWindows)(`a child whose script took too long is killed, and the next one has no secret of the last${where}`, async () => {
  const late = { ...call, timeoutMs: 1 };
  expect(await session.run({ ...late, secrets: { PLANTED: "secret" } })).toEqual(fail({ kind: "timeout", phase: "powershell", afterMs: 1 }));
  const stop = new AbortController();
  const running = session.run({ ...call, timeoutMs: 60_000, signal: stop.signal });
  await expect.poll(() => children().some(([, secret]) => secret === "-")).toBe(true);
  stop.abort();
  await running;
  for (const [pid] of children()) await expect.poll(() => isRunning(pid)).toBe(false);
});

it.skipIf(isWindows)(`a session that is over leaves no child and does not listen for the process's end${where}`, async () => {
  const before = process.listenerCount("exit");
  const running = session.run({ ...call, timeoutMs: 60_000 });
  await expect.poll(children).toHaveLength(1);
  const [[pid] = []] = children();
  expect(process.listenerCount("exit")).toBe(before + 1);
  session.dispose();
  expect((await running).ok).toBe(false);
  await expect.poll(() => isRunning(pid)).toBe(false);
  session.dispose();
  expect(process.listenerCount("exit")).toBe(before);
});

it("a program that is not there is told as missing", async () => {
  const missing = new PowerShellSession({ location: { executable: path.join(place.folder, "none"), edition: "Core" }, logger });
  expect(await missing.run({ ...call, timeoutMs: 5_000 })).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-missing" } });
  missing.dispose();
});

/** A shell that is kept, on the program that only reads. */
const kept = (more: Partial<RemotingLocation> = {}) => remoteShells({ executable, edition: "Core", ...more }, logger)?.({ PLANTED: "secret" });
const SILENT = fail({ kind: "unsupported", why: "powershell-silent" });

it.skipIf(isWindows)(`a kept shell has its secrets from its start, and none follows it after a script took too long${where}`, async () => {
  const shell = kept();
  expect(await shell?.run({ ...call, timeoutMs: 300 })).toEqual(fail({ kind: "timeout", phase: "powershell", afterMs: 300 }));
  await expect.poll(children).toHaveLength(1);
  const [[pid, secret] = []] = children();
  expect(secret).toBe("secret");
  await expect.poll(() => isRunning(pid)).toBe(false);
  expect(await shell?.run({ ...call, timeoutMs: 60_000 })).toEqual(SILENT);
  expect(children()).toHaveLength(1);
});

it.skipIf(isWindows)(`a kept shell is over after an abort, after its death and when it is disposed of${where}`, async () => {
  const stop = new AbortController();
  const ends: readonly ((shell: RemoteShell, pid: number) => void)[] = [() => stop.abort(), (_shell, pid) => process.kill(pid, "SIGKILL"), (shell) => shell.dispose()];
  const before = process.listenerCount("exit");
  for (const [index, end] of ends.entries()) {
    const shell = kept();
    if (shell === undefined) throw new Error("there is a program");
    const running = shell.run({ ...call, timeoutMs: 60_000, signal: stop.signal });
    const waiting = shell.run({ ...call, timeoutMs: 60_000 });
    await expect.poll(children).toHaveLength(index + 1);
    const pid = children()[index]?.[0];
    end(shell, Number(pid));
    expect((await running).ok).toBe(false);
    expect(await waiting).toEqual(SILENT);
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(await shell.run({ ...call, timeoutMs: 60_000 })).toEqual(SILENT);
  }
  expect(children()).toHaveLength(ends.length);
  expect(process.listenerCount("exit")).toBe(before);
});

it.skipIf(isWindows)(`many kept shells listen for the process's end once, and what comes first for a program comes first${where}`, async () => {
  const before = process.listenerCount("exit");
  const script = path.join(place.folder, "stand-in.cjs");
  writeFileSync(script, `require("node:fs").appendFileSync(${JSON.stringify(started)}, process.pid + " " + [process.env.WHERE, ...process.argv.slice(2)].join(",") + "\\n");\nprocess.stdin.resume();\n`);
  const shells = [1, 2, 3].map(() => kept({ executable: process.execPath, leading: [script], environment: { WHERE: "practice" } }));
  const running = shells.map(async (shell) => shell?.run({ ...call, timeoutMs: 60_000 }));
  await expect.poll(children).toHaveLength(3);
  expect(children()[0]?.[1]).toBe("practice,-NoProfile,-NonInteractive,-NoExit,-Command,-");
  expect(process.listenerCount("exit")).toBe(before + 1);
  for (const shell of shells) shell?.dispose();
  await Promise.all(running);
  expect(process.listenerCount("exit")).toBe(before);
});

it("a kept shell whose program is not there says so once, and is over", async () => {
  const shell = kept({ executable: path.join(place.folder, "none") });
  expect(await shell?.run({ ...call, timeoutMs: 5_000 })).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-missing" } });
  expect(await shell?.run({ ...call, timeoutMs: 5_000 })).toEqual(SILENT);
});

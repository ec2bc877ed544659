import { spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { invocationLine } from "../../../main/powershell/command-line.ts";
import { PowerShellSession } from "../../../main/powershell/index.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { recordingLogger } from "../../lab/loggers.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const logger = recordingLogger();
const SECRET = "s3cret-$(value)`'\"";

describe.skipIf(powershellHere === null)(`a PowerShell session (${powershellWords})`, () => {
  const location = powershellHere ?? { executable: "pwsh", edition: "Core" as const };
  const session = new PowerShellSession({ location, logger });
  // The tests share one child, which starts with the first script.
  beforeAll(() => run("1"));
  afterAll(() => session.dispose());
  const run = (script: string, argument: unknown = null, more: { timeoutMs?: number; signal?: AbortSignal; secrets?: Record<string, string> } = {}) =>
    session.run({ script: `param($Argument)\n${script}`, argument, timeoutMs: 30_000, ...more });

  test("hands an argument over as data and brings an object back", async () => {
    const argument = { text: "$(throw 'run')`n'\"; exit", list: [1, [2]], nothing: null };
    const script = "[ordered]@{ text = $Argument.text; first = $Argument.list[0]; deep = @{ a = @{ b = @{ c = 1 } } } }";
    expect(await run(script, argument)).toEqual({ ok: true, value: { text: argument.text, first: 1, deep: { a: { b: { c: 1 } } } } });
  });

  test("keeps one child for many calls, in order", async () => {
    const answers = await Promise.all([1, 2, 3].map((number) => run("[ordered]@{ pid = $PID; number = $Argument }", number)));
    const values = answers.map((answer) => (answer.ok ? answer.value : null));
    expect(values).toMatchObject([{ number: 1 }, { number: 2 }, { number: 3 }]);
    expect(new Set(values.map((value) => JSON.stringify(Object.values(value ?? {})[0]))).size).toBe(1);
  });

  test("an error in a script is a failure, and the next call works", async () => {
    expect(await run("throw 'the text stays inside'")).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-script" } });
    expect(await run("Write-Error 'even one that does not terminate'; 1")).toMatchObject({ ok: false, fault: { why: "powershell-script" } });
    expect(await run("if (")).toMatchObject({ ok: false, fault: { why: "powershell-script" } });
    expect(logger.lines.join("\n")).not.toContain("the text stays inside");
    expect(await run("'here'")).toEqual({ ok: true, value: "here" });
  });

  test("a script that runs too long is killed, and a new child takes the next call", async () => {
    const before = await run("$PID");
    const started = performance.now();
    expect(await run("Start-Sleep -Seconds 60", null, { timeoutMs: 300 })).toEqual({ ok: false, fault: { kind: "timeout", phase: "powershell", afterMs: 300 } });
    expect(performance.now() - started).toBeLessThan(30_000);
    const after = await run("$PID");
    expect(after.ok).toBe(true);
    expect(after).not.toEqual(before);
  });

  test("an abort kills as well", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    expect(await run("Start-Sleep -Seconds 60", null, { signal: stop.signal })).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(await run("'again'")).toEqual({ ok: true, value: "again" });
  });

  test("a child that ends without an answer is a failure although it exits with 0, and is replaced", async () => {
    expect(await run("[Environment]::Exit(0)")).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-silent" } });
    expect(await run("'again'")).toEqual({ ok: true, value: "again" });
  });

  test("a secret is in the environment of a child of its own and nowhere else", async () => {
    const script = "$value = $env:CONSOLE_SECRET; Remove-Item Env:CONSOLE_SECRET; $line = [Environment]::CommandLine; [ordered]@{ value = $value; gone = ($null -eq $env:CONSOLE_SECRET); line = $line }";
    const answer = await run(script, null, { secrets: { CONSOLE_SECRET: SECRET } });
    expect(answer).toMatchObject({ ok: true, value: { value: SECRET, gone: true } });
    expect(JSON.stringify(answer)).toContain("-NoProfile");
    expect(JSON.stringify(answer).split(JSON.stringify(SECRET).slice(1, -1))).toHaveLength(2);
    expect(await run("[string]$env:CONSOLE_SECRET")).toEqual({ ok: true, value: "" });
    expect(logger.lines.join("\n")).not.toContain(SECRET.slice(0, 6));
  });

  test("scripts use nothing that Windows PowerShell 5.1 does not know", () => {
    const scripts = globSync("main/**/*.ps1", { cwd: root });
    expect(scripts).not.toEqual([]);
    const folder = mkdtempSync(path.join(tmpdir(), "scripts-"));
    const [planted, line] = [path.join(folder, "planted.ps1"), path.join(folder, "line.ps1")];
    writeFileSync(planted, "$a = $b ?? 1\n$c = $b ? 1 : 2\n$d = ${b}?.Length\nGet-Date && Get-Date\nfunction f { clean { } }\n1..2 | ForEach-Object -Parallel { $_ }\n");
    // The first line that a process is asked with carries what every other one needs.
    writeFileSync(line, invocationLine({ script: "1", argument: null, mark: "mark", known: new Set() }));
    const check = path.join(root, "test/lab/check-syntax.ps1");
    const find = (files: readonly string[]) => {
      const { stdout, stderr, status } = spawnSync(location.executable, ["-NoProfile", "-NonInteractive", "-File", check, ...files], {
        encoding: "utf8",
        cwd: root,
        env: { ...process.env, TERM: "dumb", NO_COLOR: "1", POWERSHELL_TELEMETRY_OPTOUT: "1" },
      });
      if (status !== 0) throw new Error(stderr + stdout);
      return stdout.split(/\r?\n/).filter((line) => line !== "");
    };
    const found = find([planted]);
    const inLine = find([line]);
    rmSync(folder, { recursive: true });
    expect(found.map((line) => line.replace(/^.*: /, "")).toSorted()).toEqual(["?.", "??", "clean", "parallel", "pipeline chain", "ternary"]);
    expect(inLine).toEqual([]);
    expect(find(scripts)).toEqual([]);
    for (const script of scripts) expect(readFileSync(path.join(root, script), "utf8")).toMatch(/^[\n -~]*$/);
  });
});

describe("a PowerShell that is none", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "no-powershell-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const sessions: PowerShellSession[] = [];
  afterEach(() => {
    for (const session of sessions.splice(0)) session.dispose();
  });
  const run = (executable: string) => {
    const session = new PowerShellSession({ location: { executable, edition: "Core" }, logger });
    sessions.push(session);
    return session.run({ script: "1", argument: null, timeoutMs: 5_000 });
  };

  test("a missing one is a fault, time after time", async () => {
    const missing = path.join(folder, "missing");
    expect(await run(missing)).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-missing" } });
    expect(await run(missing)).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "powershell-missing" } });
  });

  test.skipIf(process.platform === "win32")("one that exits at once with 0 is a fault (needs a shell script to stand in for it)", async () => {
    const silent = path.join(folder, "silent");
    writeFileSync(silent, "#!/bin/sh\nexit 0\n");
    chmodSync(silent, 0o755);
    expect(await run(silent)).toMatchObject({ ok: false, fault: { kind: "unsupported" } });
  });
});

import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAliasBench } from "../../../main/aliases/index.ts";
import { dpapiWrapping } from "../../../main/hosts/shared/dpapi.ts";
import { attemptStart, endWithDescendants, programOnPath, runProgram, startProgram } from "../../../main/programs.ts";
import { WorkerLine } from "../../../main/workers.ts";
import { silentLogger } from "../../lab/loggers.ts";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;
/** A path below a file: the system answers ENOTDIR, which Node throws at once, as it throws Windows' EPERM and UNKNOWN. */
let refused: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-programs-"));
  writeFileSync(path.join(folder, "file"), "");
  refused = path.join(folder, "file", "pwsh");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("starting a program", () => {
  it("answers null where the system refuses at once, and a child where it says so later", async () => {
    expect(startProgram(refused, [], {})).toBeNull();
    const child = startProgram(path.join(folder, "missing"), [], {});
    if (child === null) throw new Error("expected a child");
    expect(await once(child, "error")).toMatchObject([{ code: "ENOENT" }]);
  });

  it("takes no bare name", () => {
    expect(() => startProgram("rundll32.exe", [], {})).toThrow("not an absolute path");
    expect(() => runProgram("icacls.exe", [], 1000)).toThrow("not an absolute path");
  });

  it.each([
    ["linux", ".:bin::/usr/bin", "/usr/bin/tool"],
    ["win32", ".;bin;;C:\\Windows", "C:\\Windows\\tool"],
  ] as const)("on %s takes nothing from the working folder, whatever PATH says", (platform, PATH, expected) => {
    const looked: string[] = [];
    const isProgram = (file: string) => looked.push(file) > 0;
    expect(programOnPath("tool", { platform, environment: { PATH }, isProgram })).toBe(expected);
    expect(looked).toEqual([expected]);
  });

  it("hides no error of another kind", () => {
    expect(() => attemptStart(() => JSON.parse("{") as unknown)).toThrow(SyntaxError);
  });

  it("is done in one place of the console", () => {
    const starts = /import \{[^}]*\b(?:spawn|exec|execFile|fork)(?:Sync)?\b[^}]*\} from "node:child_process"/;
    const found = globSync("main/**/*.ts", { cwd: root }).filter((file) => starts.test(readFileSync(path.join(root, file), "utf8")));
    expect(found).toEqual([path.join("main", "programs.ts")]);
    expect(starts.test('import { spawn } from "node:child_process";')).toBe(true);
  });
});

describe("ending a program", () => {
  it("ends what it started too, however deep", async () => {
    const waits = "setTimeout(() => {}, 60_000); process.stdout.write('.')";
    const startsOne = (script: string) => `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(script)}], { stdio: "inherit" })`;
    const child = startProgram(process.execPath, ["-e", startsOne(startsOne(waits))], { stdio: ["ignore", "pipe", "inherit"] });
    if (child?.stdout == null) throw new Error("expected a child with an output");
    await once(child.stdout, "data");
    endWithDescendants(child);
    // The output ends with the last program that holds it.
    await once(child, "close");
    expect(child.signalCode ?? child.exitCode).not.toBeNull();
    expect(() => endWithDescendants(child)).not.toThrow();
  });
});

describe("a machine whose policy forbids PowerShell", () => {
  it("has an alias bench that answers, again and again", async () => {
    const bench = createAliasBench({ powershell: { executable: refused, edition: "Desktop" }, logger: silentLogger });
    const question = { pattern: "^a$", aliases: ["a"], maximumLength: null, domain: null };
    for (let time = 0; time < 2; time += 1) {
      expect(await bench.evaluate(question, new AbortController().signal)).toMatchObject({ ok: true, value: { engine: "JavaScript", verdicts: [{ matches: true }] } });
    }
    await bench.dispose();
  });

  it("is told that DPAPI does not work", async () => {
    expect(await dpapiWrapping(refused).wrap(new Uint8Array(32))).toMatchObject({ ok: false });
  });
});

describe("a worker that cannot be started", () => {
  it("crashes the question, not the line", async () => {
    const line = new WorkerLine(new URL("https://example.com/no.worker.js"), {});
    for (let time = 0; time < 2; time += 1) expect(await line.ask("", { timeoutMs: 1000 })).toMatchObject({ kind: "crashed" });
    await line.dispose();
  });
});

/** The .NET SDK and PowerShell on this machine, where there are any. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { powerShellTool } from "../../build/powershell-tool.ts";
import { findPowerShell } from "../../main/hosts/shared/powershell.ts";
import type { PowerShellLocation } from "../../main/ports.ts";
import type { PatternCase } from "./pattern-grammar.ts";
import type { RegexRow } from "./vectors.ts";

/** A build server that lacks a part is a failure, not a skip. */
function expected<T>(part: T | null, name: string): T | null {
  if (part === null && (process.env["CI"] ?? "") !== "") throw new Error(`${name} is not on this build server`);
  return part;
}

/** Null where there is no SDK that runs a single file (10 or later). */
export function findDotNetSdk(): string | null {
  const { stdout, status } = spawnSync("dotnet", ["--version"], { encoding: "utf8" });
  return expected(status === 0 && Number.parseInt(stdout, 10) >= 10 ? stdout.trim() : null, "The .NET SDK");
}

function locatePowerShell(): PowerShellLocation | null {
  const tool = powerShellTool();
  return expected(tool === null ? findPowerShell() : { executable: tool, edition: "Core" }, "PowerShell");
}

/** The PowerShell that the test command installed, else the machine's own; null where there is neither. */
export const powershellHere = locatePowerShell();

/** Words for the title of tests that need it. */
export const powershellWords = powershellHere?.executable ?? "not on this machine; `npm test integration` installs it where the .NET SDK is";

const answerSchema = z.array(z.tuple([z.boolean(), z.array(z.number())]));

const units = (text: string) => Array.from({ length: text.length }, (_none, i) => text.charCodeAt(i));

const regexAnswerSchema = z.array(z.object({ refused: z.boolean(), reason: z.string(), offset: z.number().nullable(), spans: z.array(z.number()) }));

export interface RegexAnswer {
  readonly refused: boolean;
  /** A name of RegexParseError; empty where .NET gives none, as for options. */
  readonly reason: string;
  readonly offset: number | null;
  /** One a text, null without a match. */
  readonly spans: readonly ({ readonly start: number; readonly end: number } | null)[];
  /** Whether a text took longer than a second. */
  readonly stopped: boolean;
}

/** What .NET says to each expression and its texts, asked through one PowerShell. */
export function askPowerShell(cases: readonly PatternCase[]): readonly RegexAnswer[] {
  if (powershellHere === null) throw new Error("there is no PowerShell to ask");
  const folder = mkdtempSync(path.join(tmpdir(), "ask-regex-"));
  try {
    const [question, answer] = [path.join(folder, "question.json"), path.join(folder, "answer.json")];
    writeFileSync(question, JSON.stringify(cases.map(({ pattern, options, texts }) => ({ pattern: units(pattern), options, texts: texts.map(units) }))));
    const script = path.join(import.meta.dirname, "ask-regex.ps1");
    const environment = { ...process.env, TERM: "dumb", NO_COLOR: "1" };
    const { status, stderr } = spawnSync(powershellHere.executable, ["-NoProfile", "-NonInteractive", "-File", script, question, answer], { encoding: "utf8", env: environment, timeout: 110_000 });
    if (status !== 0) throw new Error(`PowerShell ended with ${String(status)}: ${stderr}`);
    return regexAnswerSchema.parse(JSON.parse(readFileSync(answer, "utf8"))).map(({ spans, ...rest }) => ({ ...rest, spans: pairs(spans), stopped: spans.includes(-2) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pairs(numbers: readonly number[]): RegexAnswer["spans"] {
  return Array.from({ length: numbers.length / 2 }, (_none, i) => {
    const [start = -1, end = -1] = numbers.slice(2 * i, 2 * i + 2);
    return start < 0 ? null : { start, end };
  });
}

/** What the engine itself answers to each row. */
export function askDotNet(rows: readonly RegexRow[]): readonly { readonly success: boolean; readonly value: string }[] {
  const input = JSON.stringify(rows.map((row) => ({ pattern: row.pattern, options: row.options, input: units(row.input) })));
  const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" };
  const program = path.join(import.meta.dirname, "dotnet-match.cs");
  // A program that was built before and is newer is otherwise handed to the shared compiler, past what its properties say.
  const { stdout, stderr, status } = spawnSync("dotnet", ["run", "--no-cache", program], { input, encoding: "utf8", maxBuffer: 1 << 26, env: environment, timeout: 110_000 });
  if (status !== 0) throw new Error(`dotnet run ended with ${String(status)}: ${stderr}${stdout}`);
  return answerSchema.parse(JSON.parse(stdout)).map(([success, value]) => ({ success, value: String.fromCharCode(...value) }));
}

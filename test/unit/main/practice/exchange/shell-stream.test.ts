import { expect, it } from "vitest";
import { invocationLine, readFrame } from "../../../../../main/powershell/command-line.ts";
import { frameAnswer, readShellLine, scriptName } from "../../../../../main/practice/exchange/shell-stream.ts";

const script = "# Messaging Console: invoke\nparam($Argument)\n'größe'";
const told = '[Console]::Error.Write("abc`n"); [Console]::Out.Write("abc`n")';
const between = (command: string) => `${told}; ${command}; ${told}`;

it("reads the line that the product writes, and frames what the product reads", () => {
  const argument = { text: "$(x)`n'\"", list: [1] };
  const scripts = new Map<string, string>();
  const line = (known: readonly string[]) => between(invocationLine({ script, argument, mark: "frame0123", known: new Set(known) }));
  expect(readShellLine(line([script]), scripts)).toEqual({ kind: "unknown", line: line([script]) });
  for (const known of [[], [script], [script]]) expect(readShellLine(line(known), scripts)).toEqual({ kind: "script", script, argument, mark: "frame0123", delimiter: "abc" });
  expect(readFrame(`noise\r\n${frameAnswer("frame0123", "answer", { a: "東" })}\r\n`, "frame0123")).toEqual({ ok: true, value: { a: "東" } });
  expect(readFrame(frameAnswer("frame0123", "error", { type: "T", id: "I" }), "frame0123")).toMatchObject({ ok: false, fault: { detail: "T, I" } });
});

it("takes everything else for what it does not know, and runs none of it", () => {
  const call = invocationLine({ script, argument: {}, mark: "frame0123", known: new Set() });
  for (const line of ["Get-Date", told, call, between("Get-Date"), `${told}; ${call}; ${told.replaceAll("abc", "abd")}`, "exit"]) expect(readShellLine(line, new Map())).toEqual({ kind: "unknown", line });
  expect(readShellLine("  ", new Map())).toEqual({ kind: "empty" });
});

it("knows the product's scripts by their first line", () => {
  expect(scriptName(script)).toBe("invoke");
  expect(scriptName(`\n${script}`)).toBeNull();
  expect(scriptName("Get-Date")).toBeNull();
});

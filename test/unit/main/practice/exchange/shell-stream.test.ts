import { expect, it } from "vitest";
import { invocationLine, readFrame } from "../../../../../main/powershell/command-line.ts";
import { frameAnswer, readShellLine, scriptName } from "../../../../../main/practice/exchange/shell-stream.ts";

const script = "# Messaging Console: invoke\nparam($Argument)\n'größe'";

it("reads the line that the product writes, and frames what the product reads", () => {
  const argument = { text: "$(x)`n'\"", list: [1] };
  expect(readShellLine(invocationLine(script, argument, "frame0123"))).toEqual({ kind: "script", script, argument, mark: "frame0123" });
  expect(readFrame(`noise\r\n${frameAnswer("frame0123", "answer", { a: "東" })}\r\n`, "frame0123")).toEqual({ ok: true, value: { a: "東" } });
  expect(readFrame(frameAnswer("frame0123", "error", { type: "T", id: "I" }), "frame0123")).toMatchObject({ ok: false, fault: { detail: "T, I" } });
});

it("reads the lines with which the library tells answers apart", () => {
  expect(readShellLine('[Console]::Out.WriteLine("abc")')).toEqual({ kind: "write", to: "stdout", text: "abc" });
  expect(readShellLine('[Console]::Error.WriteLine("abc")\r')).toEqual({ kind: "write", to: "stderr", text: "abc" });
});

it("takes everything else for what it does not know, and runs none of it", () => {
  for (const line of ["Get-Date", '[Console]::Out.WriteLine("$(Get-Date)")', "& { $mark = 'a' + 'b'; }", "exit"]) expect(readShellLine(line)).toEqual({ kind: "unknown", line });
  expect(readShellLine("  ")).toEqual({ kind: "empty" });
});

it("knows the product's scripts by their first line", () => {
  expect(scriptName(script)).toBe("invoke");
  expect(scriptName(`\n${script}`)).toBeNull();
  expect(scriptName("Get-Date")).toBeNull();
});

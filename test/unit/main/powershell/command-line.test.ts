import { describe, expect, test } from "vitest";
import { invocationLine, readFrame } from "../../../../main/powershell/command-line.ts";

const MARK = "frame0123456789";
const framed = (state: string, value: unknown) => `noise\r\n${MARK}:${state}:${Buffer.from(JSON.stringify(value)).toString("base64")}:${MARK}\r\nPS>`;

describe("the line that goes in", () => {
  const carried = { script: "param($Argument)\n'$(x)'", argument: { text: "'; Remove-Item / ; $env:PATH `n \u2019ü😀\n" }, mark: MARK };
  const line = invocationLine({ ...carried, known: new Set() });
  test("is one line of ASCII, whatever the script and its argument hold", () => {
    expect(line).toMatch(/^[ -~]+$/);
  });
  test("holds nothing of them that PowerShell would read", () => {
    expect(line).not.toContain("Remove-Item");
    expect(line).not.toContain("$env:PATH");
    expect(line).not.toContain("$(x)");
  });
  test("carries a script that the process has not had, and names one that it has", () => {
    const second = invocationLine({ ...carried, known: new Set(["another one"]) });
    const again = invocationLine({ ...carried, known: new Set([carried.script]) });
    const [script] = [Buffer.from(carried.script).toString("base64")];
    expect([line, second, again].map((each) => [each.includes("ScriptBlock"), each.includes(script)])).toEqual([[true, true], [false, true], [false, false]]);
    expect(second.startsWith(again)).toBe(true);
    expect(invocationLine({ ...carried, script: "param($Argument)\n'$(y)'", known: new Set(["another one"]) }).slice(0, 120)).not.toBe(second.slice(0, 120));
  });
  test("is no answer when it is echoed", () => {
    expect(readFrame(line, MARK)).toEqual({ ok: false, fault: { kind: "unsupported", why: "powershell-silent" } });
  });
});

describe("what comes out", () => {
  test("an answer is read out of the noise around it", () => {
    expect(readFrame(framed("answer", { text: "ü😀" }), MARK)).toEqual({ ok: true, value: { text: "ü😀" } });
  });
  test("an exception has its type and id, not its text", () => {
    const fault = { kind: "unsupported", why: "powershell-script", detail: "System.Exception, Thrown" };
    expect(readFrame(framed("error", { type: "System.Exception", id: "Thrown" }), MARK)).toEqual({ ok: false, fault });
  });
  test.each(["", "all went well", `${MARK}:answer:`, `${MARK}:answer:bm9uc2Vuc2U=:${MARK}`])("%j is a failure", (output) => {
    expect(readFrame(output, MARK)).toEqual({ ok: false, fault: { kind: "unsupported", why: "powershell-silent" } });
  });
});

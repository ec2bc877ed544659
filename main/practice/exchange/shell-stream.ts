/**
 * PowerShell's part of a conversation over standard streams, as far as the console's library has it: lines that write a text to an
 * output, and lines that carry a script (main/powershell/command-line.ts). Everything else is no command here.
 */

/** One line of what the library writes. */
export type ShellLine =
  | { readonly kind: "empty" }
  | { readonly kind: "write"; readonly to: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "script"; readonly script: string; readonly argument: unknown; readonly mark: string }
  | { readonly kind: "unknown"; readonly line: string };

const WRITE = /^\[Console\]::(Out|Error)\.WriteLine\("([^"`$]*)"\)$/;
const MARK = /\$mark = '([^']+)' \+ '([^']+)';/;
const BASE64 = /FromBase64String\('([A-Za-z0-9+/=]*)'\)/g;

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

/** Reads a line. Never throws. */
export function readShellLine(line: string): ShellLine {
  const text = line.trim();
  if (text === "") return { kind: "empty" };
  const write = WRITE.exec(text);
  if (write !== null) return { kind: "write", to: write[1] === "Out" ? "stdout" : "stderr", text: write[2] ?? "" };
  const mark = MARK.exec(text);
  const [script, argument] = [...text.matchAll(BASE64)].map((match) => decoded(match[1] ?? ""));
  if (mark === null || script === undefined || argument === undefined) return { kind: "unknown", line: text };
  try {
    return { kind: "script", script, argument: JSON.parse(argument), mark: `${mark[1] ?? ""}${mark[2] ?? ""}` };
  } catch {
    return { kind: "unknown", line: text };
  }
}

/** The framed answer to a script. */
export function frameAnswer(mark: string, state: "answer" | "error", value: unknown): string {
  return `${mark}:${state}:${Buffer.from(JSON.stringify(value), "utf8").toString("base64")}:${mark}`;
}

/** The name of one of the console's scripts; null for another script. */
export function scriptName(script: string): string | null {
  return /^# Messaging Console: ([a-z-]+)\s*$/.exec(script.split("\n", 1)[0] ?? "")?.[1] ?? null;
}

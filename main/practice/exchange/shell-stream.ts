/**
 * PowerShell's part of a conversation over standard streams, as far as the console's library has it: lines that carry a script
 * (main/powershell/command-line.ts) between two delimiters (main/powershell/child.ts). Everything else is no command here.
 */

/** One line of what the library writes. */
export type ShellLine =
  | { readonly kind: "empty" }
  | { readonly kind: "script"; readonly script: string; readonly argument: unknown; readonly mark: string; readonly delimiter: string }
  | { readonly kind: "unknown"; readonly line: string };

/** A command between two texts to both outputs, which are the same. */
const LINE = /^\[Console\]::Error\.Write\("(\w+)`n"\); \[Console\]::Out\.Write\("\1`n"\); (.*); \[Console\]::Error\.Write\("\1`n"\); \[Console\]::Out\.Write\("\1`n"\)$/;
const CALL = /& \$global:MessagingConsoleAnswer '(\w+)' '(\w+)' '([0-9a-f]{64})' '([A-Za-z0-9+/=]*)'(?: '([A-Za-z0-9+/=]+)')?$/;

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

/** Reads a line, and keeps in `scripts` those that come with it, by name, for the lines that name them. Never throws. */
export function readShellLine(line: string, scripts: Map<string, string>): ShellLine {
  const text = line.trim();
  if (text === "") return { kind: "empty" };
  const [, delimiter = "", command = ""] = LINE.exec(text) ?? [];
  const [, first = "", second = "", name = "", argument = "", carried] = CALL.exec(command) ?? [];
  const script = carried === undefined ? scripts.get(name) : decoded(carried);
  if (script === undefined) return { kind: "unknown", line: text };
  scripts.set(name, script);
  try {
    return { kind: "script", script, argument: JSON.parse(decoded(argument)), mark: `${first}${second}`, delimiter };
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

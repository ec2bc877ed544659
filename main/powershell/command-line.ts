/** The one line of PowerShell that carries a script and its argument, and the frame its answer comes back in. */
import { createHash } from "node:crypto";
import type { Fault } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/** Levels of a script's answer that reach JSON. */
const ANSWER_DEPTH = 8;

/** What a line carries. */
export interface Invocation {
  readonly script: string;
  readonly argument: unknown;
  readonly mark: string;
  /** Scripts that the process has had: each is parsed once, which takes longer than most of them run. */
  readonly known: ReadonlySet<string>;
}

/** What every line asks for. It is in the first one, and stays in the process. */
const ANSWER = [
  "$global:MessagingConsoleScripts = @{};",
  "$global:MessagingConsoleAnswer = { param($first, $second, $name, $argument, $script)",
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; $utf8 = [System.Text.Encoding]::UTF8;",
  "$mark = $first + $second;",
  "try {",
  "if ($script) { $global:MessagingConsoleScripts[$name] = [ScriptBlock]::Create($utf8.GetString([Convert]::FromBase64String($script))) };",
  "$argument = ConvertFrom-Json -InputObject $utf8.GetString([Convert]::FromBase64String($argument));",
  "$state = 'answer'; $answer = & $global:MessagingConsoleScripts[$name] $argument",
  // The id of a thrown text is that text, which may quote anything.
  "} catch { $state = 'error'; $id = [string]$_.FullyQualifiedErrorId; if ($id -eq $_.Exception.Message) { $id = $null };",
  "$answer = [ordered]@{ type = $_.Exception.GetBaseException().GetType().FullName; id = $id } };",
  `$json = ConvertTo-Json -InputObject $answer -Compress -Depth ${ANSWER_DEPTH};`,
  "[Console]::Out.WriteLine($mark + ':' + $state + ':' + [Convert]::ToBase64String($utf8.GetBytes([string]$json)) + ':' + $mark) };",
].join(" ");

/**
 * ASCII alone, and one line: Windows PowerShell reads its standard input in the console's code page and runs blocks only
 * after an empty line. Script and argument are base64, so nothing in them is ever read as PowerShell outside the script.
 * The answer is base64 too: the output's code page and width cannot touch it. `mark` frames it; it is put together
 * from two halves so that an echo of this line is no answer.
 */
export function invocationLine({ script, argument, mark, known }: Invocation): string {
  const half = Math.floor(mark.length / 2);
  const name = createHash("sha256").update(script).digest("hex");
  const given = [mark.slice(0, half), mark.slice(half), name, base64(JSON.stringify(argument)), ...(known.has(script) ? [] : [base64(script)])];
  return `${known.size === 0 ? `${ANSWER} ` : ""}& $global:MessagingConsoleAnswer ${given.map((text) => `'${text}'`).join(" ")}`;
}

export type FramedAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault };

const failed = (why: string, detail?: string): FramedAnswer => ({
  ok: false,
  fault: detail === undefined ? { kind: "unsupported", why } : { kind: "unsupported", why, detail },
});

/** The framed answer in what the child wrote. Nothing written is a failure, whatever the exit code. */
export function readFrame(output: string, mark: string): FramedAnswer {
  const start = output.indexOf(`${mark}:`);
  const end = output.indexOf(`:${mark}`, start + mark.length);
  if (start === -1 || end === -1) return failed("powershell-silent");
  const [state, encoded = ""] = output.slice(start + mark.length + 1, end).split(":");
  const value = parseJson(Buffer.from(encoded, "base64").toString("utf8"));
  if (value === undefined) return failed("powershell-silent");
  if (state === "answer") return { ok: true, value };
  const { type, id } = value !== null && typeof value === "object" ? (value as { type?: unknown; id?: unknown }) : {};
  return failed("powershell-script", [type, id].filter((part) => typeof part === "string").join(", "));
}

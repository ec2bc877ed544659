/** How a verb failed: one shape for every way, for people and as JSON. */
import { explain } from "../../../renderer/text/fault.ts";
import { say } from "../../../renderer/text/text.ts";
import type { Fault } from "../../../shared/fault.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "./exit-codes.ts";
import { program } from "./help.ts";
import { printable } from "./output.ts";
import { NotWritten, UsageError, VerbFailure } from "./verb.ts";

/** What --json prints on standard error, on one line. Scripts may rely on its fields. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** The fault as data; `usage` for a command line that makes no sense, `not-written` for its output, `bug` for what nobody expected. */
  readonly fault: Fault | { readonly kind: "usage" | "not-written" | "bug" };
  readonly sentence: string;
  readonly nextStep: string;
  readonly detail: string | null;
}

/** Anything that a verb threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof VerbFailure) return { exitCode: exitCodeOf(error.fault), fault: error.fault, ...explain(error.fault) };
  if (error instanceof UsageError) {
    const nextStep = say("command-line.usage-next", { command: [program, ...error.topic, "--help"].join(" ") });
    return { exitCode: exitCodes.usage, fault: { kind: "usage" }, sentence: asSentence(error.message), nextStep, detail: null };
  }
  if (error instanceof NotWritten) return notWritten(error);
  const detail = error instanceof Error ? error.message : String(error);
  return { exitCode: exitCodes.failed, fault: { kind: "bug" }, sentence: say("faults.internal"), nextStep: say("command-line.bug-next"), detail };
}

/** Output could not be written, such as on a full disk. */
export function notWritten(error: Error): Failure {
  return { exitCode: exitCodes.failed, fault: { kind: "not-written" }, sentence: say("command-line.not-written"), nextStep: say("command-line.not-written-next"), detail: error.message };
}

export function failureText({ sentence, nextStep, detail }: Failure): string {
  const details = detail === null ? [] : detail.split("\n").map((line) => `  ${printable(line)}`);
  return [printable(`${sentence} ${nextStep}`), ...details].join("\n");
}

function asSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;
}

/** What a verb of the command line is. One file a verb in verbs/, one line in verbs/index.ts. */
import type { Readable, Writable } from "node:stream";
import type { ParseArgsOptionsConfig } from "node:util";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../../shared/contract/index.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { ExitCode } from "./exit-codes.ts";

/** The contract's client: an app in this process, or a console that is running. */
export type ConsoleClient = ContractRouterClient<Contract>;

export interface VerbContext {
  /** Words after the verb. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly json: boolean;
  readonly stdin: Readable;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  /** Opens the data folder, or connects to the running practice console, on first use. */
  readonly client: () => Promise<ConsoleClient>;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

export interface Verb {
  readonly name: string;
  /** Lines of --help: what is typed, and what it does. */
  readonly usage: readonly (readonly [synopsis: string, meaning: string])[];
  readonly options: ParseArgsOptionsConfig;
  /** Throws {@link VerbFailure} to end with a fault, {@link UsageError} when it was typed wrongly. */
  run(context: VerbContext): Promise<ExitCode>;
}

/** Ends a verb with an expected failure. Thrown so that a verb reads as its successful course. */
export class VerbFailure extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = "VerbFailure";
    this.fault = fault;
  }
}

export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** What a verb of the command line is. One file a verb in verbs/, one line in verbs/index.ts. */
import type { Readable, Writable } from "node:stream";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../../shared/contract/index.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { ShowProgress } from "./progress-line.ts";

/** The contract's client: an app in this process, or a console that is running. */
export type ConsoleClient = ContractRouterClient<Contract>;

/** Values by name; a list for an option that may be repeated, where it is given. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface VerbContext {
  /** Words after the verb and the word that chose the form. As many as the form says. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly json: boolean;
  readonly stdin: Readable;
  /** Aborts on Ctrl+C, and when nobody reads standard output any more. */
  readonly signal: AbortSignal;
  /** Opens the data folder, or connects to the running practice console, on first use. */
  readonly client: () => Promise<ConsoleClient>;
  readonly stdout: Writable;
  /** Shows what is being waited for, where a person looks. */
  readonly progress: ShowProgress;
}

/** What may stand in a place, for completion: a file, a folder, an identity store's name, or one of a few words. */
export type Completion = "file" | "folder" | "store" | readonly string[];

/** A place for a word that is no option. */
export interface WordHelp {
  /** As the synopsis writes it, such as `FILE`. */
  readonly name: string;
  /** May be left out; only words that may be left out follow. */
  readonly optional?: true;
  /** May be repeated; the last one. */
  readonly many?: true;
  readonly completes?: Completion;
}

export interface OptionHelp {
  /** The name of its value, such as `SECONDS`; null for an option that takes none. */
  readonly value: string | null;
  readonly meaning: string;
  readonly required?: true;
  /** May be given several times. */
  readonly many?: true;
  readonly completes?: Completion;
}

/** A whole command line as a person types it, with the program's name, and perhaps others before and after. */
export interface Example {
  readonly line: string;
  readonly meaning: string;
}

/** One way to use a verb, with its help: what is not named here is refused. */
export interface VerbForm {
  /** What chooses it: the word after the verb, such as `add`, or an option, such as `--batch`; null for the verb as it is. */
  readonly choice: string | null;
  /** One line of --help. */
  readonly meaning: string;
  readonly words: readonly WordHelp[];
  /** By name, without the one that chooses the form. */
  readonly options: Readonly<Record<string, OptionHelp>>;
  /** Lines below the options in the form's own help. */
  readonly notes?: readonly string[];
  readonly examples: readonly [Example, ...Example[]];
  /** How long it may take to end after it was called off, in milliseconds; two seconds unless said otherwise. */
  readonly endsWithin?: number;
  /** Throws {@link VerbFailure} to end with a fault, {@link UsageError} when it was typed wrongly. */
  run(context: VerbContext): Promise<ExitCode>;
}

export interface Verb {
  readonly name: string;
  /** Stands in --help instead of a line for each form, where these are many and seldom needed. */
  readonly summary?: string;
  readonly forms: readonly [VerbForm, ...VerbForm[]];
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

/** What a verb was to write could not be written. The message is the system's own. */
export class NotWritten extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotWritten";
  }
}

/** The command line makes no sense. The message begins with a small letter unless it is a whole sentence. */
export class UsageError extends Error {
  /** The verb, and the form's word, whose help says how it is meant; empty where none was found. */
  readonly topic: readonly string[];
  constructor(message: string, topic: readonly string[] = []) {
    super(message);
    this.name = "UsageError";
    this.topic = topic;
  }
}

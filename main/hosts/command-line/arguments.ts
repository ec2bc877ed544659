/** Reads the command line: a verb, its words and options. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { namedDataDirectory } from "../shared/data-directory.ts";
import { exitCodeHelp } from "./exit-codes.ts";
import { secretsHelp } from "./secrets-input.ts";
import { UsageError, type Verb } from "./verb.ts";

const everywhere = {
  data: { type: "string" },
  json: { type: "boolean" },
  practice: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;

export interface CommandLine {
  /** Null for --help and --version alone. */
  readonly verb: Verb | null;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Null: the folder every host shares. */
  readonly dataDirectory: string | null;
  readonly json: boolean;
  readonly practice: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** Throws {@link UsageError} when it makes no sense. Options may stand before or after the verb. */
export function readCommandLine(args: readonly string[], verbs: readonly Verb[]): CommandLine {
  const verb = findVerb(args, verbs);
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: { ...verb?.options, ...everywhere }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const options = parsed.values as CommandLine["options"];
  const [name, ...words] = parsed.positionals;
  const asks = options["help"] === true || options["version"] === true;
  if (verb === null && !asks) throw new UsageError(name === undefined ? "a verb is missing" : `there is no verb "${name}"`);
  const data = options["data"];
  return {
    verb,
    words,
    options,
    dataDirectory: typeof data === "string" ? named(data) : null,
    json: options["json"] === true,
    practice: options["practice"] === true || verb?.name === "practice",
    help: options["help"] === true,
    version: options["version"] === true,
  };
}

function named(data: string): string {
  try {
    return namedDataDirectory(data);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The verb is the first word; its options are known only then, so a first look parses loosely. */
function findVerb(args: readonly string[], verbs: readonly Verb[]): Verb | null {
  const { positionals } = parseArgs({ args: [...args], options: everywhere, allowPositionals: true, strict: false });
  return verbs.find((verb) => verb.name === positionals[0]) ?? null;
}

export function helpText(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap((verb) => verb.usage);
  const width = Math.max(...lines.map(([synopsis]) => synopsis.length));
  return [
    "Messaging Console on the command line",
    "",
    ...lines.map(([synopsis, meaning]) => `  ${synopsis.padEnd(width)}  ${meaning}`),
    "",
    "With each:",
    "  --data DIR   the data folder; without it the one the console uses",
    "  --json       JSON on standard output, one document a line; failures as JSON on standard error",
    "  --practice   the running practice console instead of this machine's configuration",
    "  --help, --version",
    "",
    secretsHelp,
    "",
    exitCodeHelp,
  ].join("\n");
}

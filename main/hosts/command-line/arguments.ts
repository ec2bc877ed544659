/** Reads the command line: a verb, the form of it, its words and options. What the form does not name is refused. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { namedDataDirectory } from "../shared/data-directory.ts";
import { nearest } from "./nearest.ts";
import { everywhere } from "./options.ts";
import { UsageError, type OptionHelp, type Options, type Verb, type VerbForm } from "./verb.ts";

export interface CommandLine {
  /** What is to be done; null where only help or the version was asked for. */
  readonly form: VerbForm | null;
  /** The verb that help was asked of, and the word that chose its form; null where it was not asked for. */
  readonly help: { readonly verb: Verb | null; readonly form: VerbForm | null } | null;
  readonly words: readonly string[];
  readonly options: Options;
  /** Null: the folder every host shares. */
  readonly dataDirectory: string | null;
  readonly json: boolean;
  readonly practice: boolean;
  readonly version: boolean;
}

/** One argument as parseArgs took it apart. */
type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

/** Throws {@link UsageError} when it makes no sense. Options may stand before or after the verb. */
export function readCommandLine(args: readonly string[], verbs: readonly Verb[]): CommandLine {
  // Which options there are is known once the verb is; which of them take a value is the same for all.
  const all = verbs.flatMap(({ forms }) => forms).reduce<Readonly<Record<string, OptionHelp>>>((known, form) => ({ ...known, ...optionsOf(form) }), everywhere);
  const { values, positionals, tokens } = parseArgs({ args: [...args], options: config(all), allowPositionals: true, strict: false, tokens: true });
  const options = values as Options;
  const asked = positionals[0] === "help";
  const [name, ...rest] = asked ? positionals.slice(1) : positionals;
  const verb = verbs.find((candidate) => candidate.name === name) ?? null;
  if (verb === null && name !== undefined) throw unknown("verb", name, verbs.map((each) => each.name));
  if (asked || options["help"] === true) return { ...global(options), form: null, help: { verb, form: verb === null ? null : chosenByWord(verb, rest[0]) }, words: [] };
  if (options["version"] === true) return { ...global(options), form: null, help: null, words: [] };
  if (verb === null) throw new UsageError("a verb is missing");
  const form = chosenByWord(verb, rest[0]) ?? chosenByOption(verb, options);
  const words = form.choice === rest[0] ? rest.slice(1) : rest;
  const topic = topicOf(verb, form);
  checkOptions(tokens, { ...everywhere, ...optionsOf(form) }, topic);
  checkWords(verb, form, words, topic);
  const given = { ...options, ...listsIn(tokens, optionsOf(form)) };
  for (const [option, { required }] of Object.entries(form.options)) {
    if (required === true && (options[option] ?? "") === "") throw new UsageError(`--${option} is missing`, topic);
  }
  return { ...global(given), form, help: null, words, practice: options["practice"] === true || verb.name === "practice" };
}

/** The options of a form with the one that chooses it. */
export function optionsOf({ choice, options, meaning }: VerbForm): Readonly<Record<string, OptionHelp>> {
  return choice?.startsWith("--") === true ? { [choice.slice(2)]: { value: null, meaning }, ...options } : options;
}

function config(options: Readonly<Record<string, OptionHelp>>): ParseArgsOptionsConfig {
  const entries = Object.entries(options).map(([name, { value }]) => [name, { type: value === null ? "boolean" : "string", ...(name === "help" ? { short: "h" } : {}) }] as const);
  return Object.fromEntries(entries);
}

function global(options: Options): Pick<CommandLine, "options" | "dataDirectory" | "json" | "practice" | "version"> {
  const data = options["data"];
  return { options, dataDirectory: typeof data === "string" ? named(data) : null, json: options["json"] === true, practice: options["practice"] === true, version: options["version"] === true };
}

function named(data: string): string {
  try {
    return namedDataDirectory(data);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function chosenByWord({ forms }: Verb, word: string | undefined): VerbForm | null {
  return word === undefined ? null : (forms.find(({ choice }) => choice === word) ?? null);
}

function chosenByOption({ forms }: Verb, options: Options): VerbForm {
  const chosen = forms.find(({ choice }) => choice?.startsWith("--") === true && options[choice.slice(2)] === true);
  return chosen ?? forms.find(({ choice }) => choice === null) ?? forms[0];
}

/** What to ask help of. */
function topicOf(verb: Verb, { choice }: VerbForm): readonly string[] {
  return choice === null || choice.startsWith("--") ? [verb.name] : [verb.name, choice];
}

function unknown(what: string, typed: string, names: readonly string[], topic: readonly string[] = []): UsageError {
  const near = nearest(typed, names);
  return new UsageError(`there is no ${what} "${typed}"${near === null ? "" : `: "${near}" is the nearest`}`, topic);
}

function checkOptions(tokens: readonly Token[], known: Readonly<Record<string, OptionHelp>>, topic: readonly string[]): void {
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = known[token.name];
    if (option === undefined) throw unknown("option", token.rawName, Object.keys(known).map((name) => `--${name}`), topic);
    if (option.value === null && token.value !== undefined) throw new UsageError(`--${token.name} takes no value`, topic);
    if (option.value !== null) checkValue(token, option.value, given.has(token.name) && option.many !== true, topic);
    given.add(token.name);
  }
}

/** Every value of each option that may be repeated. */
function listsIn(tokens: readonly Token[], options: Readonly<Record<string, OptionHelp>>): Readonly<Record<string, readonly string[]>> {
  const values = (name: string) => tokens.flatMap((token) => (token.kind === "option" && token.name === name && token.value !== undefined ? [token.value] : []));
  const many = Object.keys(options).filter((name) => options[name]?.many === true);
  return Object.fromEntries(many.map((name) => [name, values(name)] as const).filter(([, list]) => list.length > 0));
}

function checkValue(token: Extract<Token, { kind: "option" }>, value: string, again: boolean, topic: readonly string[]): void {
  if (again) throw new UsageError(`--${token.name} is given twice`, topic);
  if (token.value === undefined) throw new UsageError(`--${token.name} takes ${value}`, topic);
  if (!token.inlineValue && /^-./.test(token.value)) {
    throw new UsageError(`--${token.name} takes ${value}: one that begins with a hyphen is written --${token.name}=${token.value}`, topic);
  }
}

function checkWords(verb: Verb, form: VerbForm, words: readonly string[], topic: readonly string[]): void {
  const missing = form.words[words.length];
  if (missing !== undefined && missing.optional !== true) throw new UsageError(`${missing.name} is missing`, topic);
  const first = words[form.words.length];
  if (first === undefined || form.words.at(-1)?.many === true) return;
  const choices = verb.forms.flatMap(({ choice }) => (choice === null || choice.startsWith("--") ? [] : [choice]));
  if (form.choice === null && choices.length > 0 && form.words.length === 0) throw unknown(verb.name, first, choices, topic);
  throw new UsageError(`"${first}" is one word too many`, topic);
}

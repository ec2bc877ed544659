/** What --help prints: of everything in a few lines, and of each verb in full. */
import { exitCodeHelp } from "./exit-codes.ts";
import { everywhere } from "./options.ts";
import { printable } from "./output.ts";
import type { Example, OptionHelp, Verb, VerbContext, VerbForm } from "./verb.ts";

export const program = "messaging-console";

/** A command line on the same data as this one, for whoever goes on with what it began. */
export function commandAgain({ options }: Pick<VerbContext, "options">, words: readonly string[]): string {
  const { data, practice } = options;
  return printable([program, ...words, ...(practice === true ? ["--practice"] : []), ...(typeof data === "string" ? ["--data", JSON.stringify(data)] : [])].join(" "));
}

/** What is typed after the program's name, such as `stores set NAME FILE [--secrets]`. */
export function synopsis(verb: Verb, form: VerbForm): string {
  const words = form.words.map(({ name, optional, many }) => {
    const place = many === true ? `${name}…` : name;
    return optional === true ? `[${place}]` : place;
  });
  const options = Object.entries(form.options).map(([name, { value, required, many }]) => {
    const option = value === null ? `--${name}` : `--${name} ${value}${many === true ? "…" : ""}`;
    return required === true ? option : `[${option}]`;
  });
  return [verb.name, form.choice, ...words, ...options].filter((part) => part !== null).join(" ");
}

/** Everything in a few lines. */
export function helpText(verbs: readonly Verb[]): string {
  const forms = verbs.flatMap(({ name, summary, forms: own }): readonly (readonly [string, string])[] =>
    summary === undefined ? own.map(({ choice, meaning }) => [[name, choice].filter((part) => part !== null).join(" "), meaning]) : [[`${name} …`, summary]],
  );
  return [
    `Messaging Console on the command line: ${program} VERB …`,
    "",
    ...columns([...forms, ["help VERB", "how a verb is used, with examples"]]),
    "",
    "With each:",
    ...columns(optionLines(everywhere)),
    "",
    exitCodeHelp,
  ].join("\n");
}

/** A verb in full, or one form of it. */
export function verbHelp(verb: Verb, form: VerbForm | null): string {
  const shown = form === null ? verb.forms : [form];
  return [...shown.flatMap((each) => [...formHelp(verb, each), ""]), `With each verb: ${Object.keys(everywhere).map((name) => `--${name}`).join(", ")}`, "", exitCodeHelp].join("\n");
}

function formHelp(verb: Verb, form: VerbForm): readonly string[] {
  const options = optionLines(form.options);
  return [
    `${program} ${synopsis(verb, form)}`,
    `  ${form.meaning}`,
    ...(options.length === 0 ? [] : ["", ...columns(options)]),
    ...(form.notes === undefined ? [] : ["", ...form.notes.map((line) => (line === "" ? "" : `  ${line}`))]),
    "",
    ...form.examples.flatMap(exampleLines),
  ];
}

function exampleLines({ line, meaning }: Example): readonly string[] {
  return [`  # ${meaning}`, `  ${line}`];
}

function optionLines(options: Readonly<Record<string, OptionHelp>>): readonly (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, meaning }]) => [value === null ? `--${name}` : `--${name} ${value}`, meaning]);
}

function columns(lines: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

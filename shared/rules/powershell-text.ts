/** Values in commands that are shown to be typed into PowerShell. What the console itself runs takes its values as data. */

/** What PowerShell takes for a single quotation mark: U+0027 and its typographic forms (its tokenizer's `IsSingleQuote`). */
const SINGLE_QUOTES = /['\u2018-\u201B]/g;

/** The text between single quotation marks, where nothing expands. As `CodeGeneration.EscapeSingleQuotedStringContent`: each mark inside is doubled. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll(SINGLE_QUOTES, "$&$&")}'`;
}

/** A command with its parameters in their order; null leaves one out, true is a switch. Values are PowerShell already. */
export function powerShellCommand(name: string, parameters: Readonly<Record<string, string | true | null>>): string {
  const given = Object.entries(parameters).flatMap(([parameter, value]) => (value === null ? [] : [`-${parameter}`, ...(value === true ? [] : [value])]));
  return [name, ...given].join(" ");
}

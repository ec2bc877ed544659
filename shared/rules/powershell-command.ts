/** Commands that a person copies into PowerShell, with values as it reads them back, whatever they hold. */

/** PowerShell takes each of these for a quotation mark (PowerShell language specification, 2.3.5.2). */
const QUOTES = /['\u2018\u2019\u201A\u201B]/g;
/** What ends or hides a line of a command. */
const UNPRINTED = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** A text as one expression on one line; nothing in it is expanded. */
export function powershellLiteral(text: string): string {
  const quoted = (part: string) => `'${part.replaceAll(QUOTES, (quote) => quote + quote)}'`;
  if (!UNPRINTED.test(text)) return quoted(text);
  const parts = text.split(/([\p{Cc}\p{Cf}\u2028\u2029])/u).filter((part) => part !== "");
  return `(${parts.map((part) => (UNPRINTED.test(part) ? characters(part) : quoted(part))).join(" + ")})`;
}

/** By the numbers of its UTF-16 units, because `[char]` holds one of them. */
function characters(text: string): string {
  return Array.from({ length: text.length }, (_, index) => `[char]${text.charCodeAt(index)}`).join(" + ");
}

/** A text, a switch or truth value, a secret that is asked for with these words when the command runs, or what is PowerShell already. */
export type CommandValue = string | boolean | { readonly prompt: string } | { readonly expression: string };

/** A command on one line; what is null is left out. */
export function powershellCommand(name: string, parameters: Readonly<Record<string, CommandValue | null>>): string {
  const given = Object.entries(parameters).flatMap(([parameter, value]) => (value === null ? [] : [argument(parameter, value)]));
  return [name, ...given].join(" ");
}

function argument(parameter: string, value: CommandValue): string {
  if (typeof value === "boolean") return `-${parameter}:${value ? "$true" : "$false"}`;
  if (typeof value === "object" && "expression" in value) return `-${parameter} ${value.expression}`;
  return `-${parameter} ${typeof value === "string" ? powershellLiteral(value) : `(Read-Host -AsSecureString ${powershellLiteral(value.prompt)})`}`;
}

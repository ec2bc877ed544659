/** PowerShell source with data in it. */

/** PowerShell ends a string at any of these, and takes two of them as one (about_Quoting_Rules). */
const QUOTES = /['\u2018\u2019\u201A\u201B]/g;

/** A string that nothing is read into. What would end a line is none of what people name things. */
export function quoted(text: string): string {
  return `'${oneLine(text).replace(QUOTES, "$&$&")}'`;
}

export function comment(text: string): string {
  return `# ${oneLine(text)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "\u{FFFD}");
}

/** Values by name as PowerShell source. */
type Entries = Readonly<Record<string, string>>;

const assignments = (entries: Entries): readonly string[] => Object.entries(entries).map(([name, source]) => `${name} = ${source}`);

/** A hash table for splatting, an entry a line. */
export function hashTable(entries: Entries): readonly string[] {
  return ["@{", ...assignments(entries).map((line) => `    ${line}`), "}"];
}

/** A hash table on one line, for a list of them. */
export function hashTableLine(entries: Entries): string {
  return `@{ ${assignments(entries).join("; ")} }`;
}

/** A file that Windows PowerShell 5.1 reads as it was meant: without a byte order mark it takes the computer's own code page. */
export function scriptFile(lines: readonly string[]): string {
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

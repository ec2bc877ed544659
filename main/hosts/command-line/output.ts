/** Prints for people, or as JSON for programs. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import type { VerbContext } from "./verb.ts";

type Cell = string | number | null;

/** Columns as wide as their widest cell; null is a dash. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [headings, ...rows.map((row) => row.map((cell) => (cell === null || cell === "" ? "-" : printable(String(cell)))))];
  const widths = headings.map((_heading, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n");
}

/** Names come from directories and files: control characters must not reach a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\u{FFFD}");
}

/** One JSON document on a line, or the text. */
export function print(context: Pick<VerbContext, "json" | "stdout" | "progress">, value: unknown, text: () => string): void {
  context.progress(null);
  context.stdout.write(`${context.json ? JSON.stringify(value) : text()}\n`);
}

export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Writes a line of many, and waits while who reads them is slower. */
export async function writeLine(stdout: Writable, line: string): Promise<void> {
  if (!stdout.write(`${line}\n`)) await once(stdout, "drain");
}

/** The house's own files and what they import, read from their text: imports are always written in one of a few ways. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Text by path relative to the root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

export function readSources(): Sources {
  const files = globSync("{main,preload,renderer,shared,build,test}/**/*.{ts,tsx,mjs}", { cwd: root }).concat(globSync("*.config.ts", { cwd: root }));
  return new Map(files.map((file) => file.split(path.sep).join("/")).map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
}

export interface Import {
  readonly specifier: string;
  /** Names as the other file exports them; `*` for all of them. */
  readonly names: readonly string[];
}

const STATEMENT = /^(?:import|export)\s+(?:type\s+)?(\*(?:\s+as\s+\w+)?|\w+(?:,\s*\{[^}]*\})?|\{[^}]*\})\s+from\s+"([^"]+)"/gm;
const BARE = /^import\s+"([^"]+)"/gm;
const LATER = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?"([^"]+)"\s*\)/g;
const MOCK = /\bvi\.(?:doMock|mock)\("([^"]+)"/g;

function namesIn(clause: string): readonly string[] {
  if (clause.startsWith("*")) return ["*"];
  const inBraces = /\{([^}]*)\}/.exec(clause)?.[1];
  if (inBraces === undefined) return ["default"];
  return inBraces.split(",").flatMap((part) => part.trim().replace(/^type\s+/, "").split(/\s+as\s+/)[0] || []);
}

/** Every import and re-export of a text. */
export function importsOf(text: string): readonly Import[] {
  const named = [...text.matchAll(STATEMENT)].map(([, clause = "", specifier = ""]) => ({ specifier, names: namesIn(clause) }));
  const whole = [BARE, LATER, MOCK].flatMap((pattern) => [...text.matchAll(pattern)].map(([, specifier = ""]) => ({ specifier, names: ["*"] })));
  return [...named, ...whole];
}

/** The file that a relative specifier leads to, relative to the root; null for a package. */
export function targetOf(file: string, specifier: string): string | null {
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier).replace(/\?.*$/, "") : null;
}

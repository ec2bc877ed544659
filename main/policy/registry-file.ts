/**
 * Reads what `reg export` writes: UTF-16LE with a mark, "Windows Registry Editor Version 5.00", a key in brackets and its
 * values below (learn.microsoft.com, "How to add, modify, or delete registry subkeys and values by using a .reg file").
 * `reg query` prints the same in the console's code page, which has no letters for many a name.
 */
import { decodeText } from "../decode-text.ts";

const HEADER = "Windows Registry Editor Version 5.00";

/** Types of values by the number that `hex(…)` names (winnt.h): those whose bytes are text. */
const EXPANDABLE = 2;
const MANY = 7;
const PLAIN = 1;

const KEY = /\[(-?)([^\r\n]*)\]/y;
const BLANK = /(?:\s|;[^\r\n]*)+/y;
/** In quotes a quote and a backslash have one before them; a text goes on over ends of lines. */
const NAME = /(?:@|"((?:[^"\\]|\\[^])*)")=/y;
const TEXT = /"((?:[^"\\]|\\[^])*)"/y;
const NUMBER = /dword:([0-9a-f]{1,8})/iy;
/** A line that ends in a backslash goes on in the next one. */
const BYTES = /hex(?:\(([0-9a-f]+)\))?:((?:[0-9a-f]{2}|,|\\\r?\n|[ \t])*)/iy;

class Scanner {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }
  get ended(): boolean {
    return this.#at >= this.#text.length;
  }
}

const plain = (written: string) => written.replaceAll(/\\([^])/g, "$1");

/** Values of variables in `%NAME%`, as Windows puts them into REG_EXPAND_SZ; one that is not set stays as it is. */
function expanded(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  const variables = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase(), value]));
  return text.replaceAll(/%([^%]+)%/g, (whole, name: string) => variables.get(name.toLowerCase()) ?? whole);
}

/** Null where the bytes are of no type that a policy has. */
function bytesValue(type: number, written: string, environment: Readonly<Record<string, string | undefined>>): string | readonly string[] | null {
  const bytes = Uint8Array.from(written.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = new TextDecoder("utf-16le").decode(bytes).replace(/\0+$/, "");
  if (type === MANY) return text === "" ? [] : text.split("\0");
  if (type === EXPANDABLE) return expanded(text, environment);
  return type === PLAIN ? text : null;
}

/**
 * The values right in a key, by name, of an export of it; keys below are not looked into. A type that no policy has is null.
 * Null for what is no whole file of this kind.
 */
export function readRegistryFile(bytes: Uint8Array, key: string, environment: Readonly<Record<string, string | undefined>> = process.env): Readonly<Record<string, unknown>> | null {
  const text = decodeText(bytes);
  if (!text.ok || !text.value.startsWith(HEADER)) return null;
  const scanner = new Scanner(text.value.slice(HEADER.length));
  const values: [string, unknown][] = [];
  let isInKey = false;
  for (scanner.take(BLANK); !scanner.ended; scanner.take(BLANK)) {
    const [, removed, named] = scanner.take(KEY) ?? [];
    if (named !== undefined) {
      isInKey = removed === "" && named.toLowerCase() === key.toLowerCase();
      continue;
    }
    const name = scanner.take(NAME);
    if (name === null) return null;
    const value = valueOf(scanner, environment);
    if (value === undefined) return null;
    if (isInKey) values.push([plain(name[1] ?? ""), value]);
  }
  return Object.fromEntries(values);
}

/** Undefined where no value stands. */
function valueOf(scanner: Scanner, environment: Readonly<Record<string, string | undefined>>): unknown {
  const quoted = scanner.take(TEXT)?.[1];
  if (quoted !== undefined) return plain(quoted);
  const number = scanner.take(NUMBER)?.[1];
  if (number !== undefined) return Number.parseInt(number, 16);
  const [whole, type = "3", bytes = ""] = scanner.take(BYTES) ?? [];
  return whole === undefined ? undefined : bytesValue(Number.parseInt(type, 16), bytes, environment);
}

/** Documents as people, shells and programs spoil them: by their entries, by their text, by their bytes. Seeded, so that each can be made again. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: () => number, items: readonly T[]): T {
  const found = items[Math.floor(random() * items.length)];
  if (found === undefined) throw new Error("there is nothing to pick from");
  return found;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Parent = Json[] | { [key: string]: Json };

/** What stands where something else was expected. Half of it is right somewhere. */
const junk: readonly Json[] = [
  null, true, false, 0, 1, 2, 3, -1, 1.5, 1e300, 64, 65, "", " ", "set", "SET", "none", "exchange", "office365", "google-workspace", "other", "2013", "2016", "2019", "subscription", "2010",
  "worldwide", "china", "germany", "ldap", "ldaps", "starttls", "system", "pinned", "entra-id", "active-directory", "contoso.lab", "CONTOSO.LAB.", "fabrikam.example", "exc.contoso.lab", "EXA.contoso.lab",
  "ex 1", "https://ex1", "dc1:389", "dc1, dc2", "10.0.0.1", "10.0.0.1:53", "CONTOSO\nadmin", "CONTOSO\\admin", "svc@contoso.lab", "zero\u200Bwidth", "non\u00A0breaking", "\u202Eright-to-left", "\uFFFD", "\uD800", "Z\u00FCrich",
  "\u6771\u4EAC", "tab\there", "x".repeat(70), "x".repeat(5000), "^(a", "^[a-z]+$", "\\_", "2027-01-31", "2027-02-31", "11111111-2222-3333-4444-555555555555", "hunter2",
  [], {}, [1], { a: 1 }, [[]], { name: "exc.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }, { state: "set" },
];

const names: readonly string[] = ["nam", "Name", "value", "domian", "usrname", "password", "clientSecret", "certificate", "priority", "provider", "variant", "secrets", "servers", "__proto__", "constructor", "toString", "$schema", "", "a.b", "messaging.password", "directory.password", "messaging.x"];

/** Every place that holds something, with what it is in. */
function places(value: Json): { readonly parent: Parent; readonly key: string | number }[] {
  if (typeof value !== "object" || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [{ parent: value, key }, ...places(read(value, key))]);
}

function read(parent: Parent, key: string | number): Json {
  const found = Array.isArray(parent) ? parent[Number(key)] : parent[key];
  return found ?? null;
}

function write(parent: Parent, key: string | number, value: Json): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function take(parent: Parent, key: string | number): Json {
  const value = read(parent, key);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return value;
}

function misspell(name: string, random: () => number): string {
  const at = Math.floor(random() * name.length);
  return pick(random, [name.toUpperCase(), name.slice(0, at) + name.slice(at + 1), `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`, `${name} `, `${name}s`]);
}

function copyOf(value: Json): Json {
  return structuredClone(value);
}

/** Spoils one entry in place. */
function spoilEntry(root: Json, random: () => number): void {
  const all = places(root);
  if (all.length === 0) return;
  const { parent, key } = pick(random, all);
  const value = read(parent, key);
  const way = pick(random, ["delete", "delete", "junk", "junk", "rename", "add", "repeat", "text", "retype", "letter", "letter", "letter"]);
  if (way === "delete") take(parent, key);
  else if (way === "junk") write(parent, key, copyOf(pick(random, junk)));
  else if (way === "add" && Array.isArray(parent)) parent.push(copyOf(pick(random, junk)));
  else if (way === "add") write(parent, pick(random, names), copyOf(pick(random, junk)));
  else if (way === "retype") write(parent, key, typeof value === "string" ? [value] : typeof value === "number" ? String(value) : JSON.stringify(value));
  else if (way === "letter" && typeof value === "string") write(parent, key, value.replace(/[a-z0-9](?=[^a-z0-9]|$)/, (last) => last + pick(random, ["x", "7"])));
  else if (way === "text" && typeof value === "string") {
    const at = Math.floor(random() * (value.length + 1));
    write(parent, key, value.slice(0, at) + pick(random, ["\n", "\t", "\u0000", "\u200B", "\u00A0", "\\", "/", ":", "@", "x", "\u00FC", "\uFFFD", " ", ""]) + value.slice(at + Math.floor(random() * 2)));
  } else if (Array.isArray(parent)) parent.push(copyOf(value));
  else write(parent, misspell(String(key), random), take(parent, key));
}

/** Spoils the text, as an editor or a template does. */
function spoilText(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const line = pick(random, text.split("\n"));
  const ways: readonly (() => string)[] = [
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + pick(random, ["\\", "\\s", "\\u12", '"', "'", ",", "}", "]", "\n", "\u0000", "//", "\u00A0", "0"]) + text.slice(at),
    () => text.replace(/\}\s*$/, ",}"),
    () => text.replace("{", "{ // first\n"),
    () => text.replaceAll('"', "'"),
    // The last of two entries of one name wins in most programs, and the first in others.
    () => text.replace(line, `${line.replace(/,?$/, ",")}\n${line}`),
    () => `${text}${text}`,
    () => `\uFEFF\uFEFF${text}`,
    () => "[".repeat(500) + text,
  ];
  return pick(random, ways)();
}

/** A document's bytes as they lie in a file: mostly UTF-8, else as another program saved or a transfer spoiled them. */
function bytesOf(text: string, random: () => number): Uint8Array {
  const ways: readonly (() => Uint8Array)[] = [
    () => Buffer.from(`\uFEFF${text}`),
    () => Buffer.from(text, "utf16le"),
    () => Buffer.from(`\uFEFF${text}`, "utf16le"),
    () => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
    () => Buffer.from(text, "latin1"),
    () => {
      const bytes = Buffer.from(text);
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      return bytes;
    },
    () => Buffer.from(`\uFEFF${text}`, "utf16le").subarray(0, -1),
    () => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
  ];
  return random() < 0.8 ? Buffer.from(text) : pick(random, ways)();
}

/** A document spoiled in one way or a few, as the bytes of its file. */
export function spoiled(document: Json, random: () => number): Uint8Array {
  const root = copyOf(document);
  const entries = pick(random, [0, 1, 1, 1, 2, 3]);
  for (let count = 0; count < entries; count += 1) spoilEntry(root, random);
  const indent = pick(random, [0, 2]);
  const text = JSON.stringify(root, null, indent);
  return bytesOf(random() < 0.15 ? spoilText(text, random) : text, random);
}

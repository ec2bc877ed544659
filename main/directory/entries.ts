/** Entries as the product keeps them, and the ranges in which a controller hands out long attributes. */
import type { DirectoryEntry } from "./types.ts";
import type { RawEntry } from "./wire.ts";

/** An attribute of which only a part was returned: `next` is the first value still to be asked for. */
export interface OpenRange {
  readonly attribute: string;
  readonly next: number;
}

export interface ReadEntry {
  readonly entry: DirectoryEntry;
  readonly open: readonly OpenRange[];
}

/** The name of a returned attribute without its options, in lower case. */
export function attributeName(type: string): string {
  return (type.split(";", 1)[0] ?? type).toLowerCase();
}

/**
 * Reads an entry. A controller returns at most 1,500 values (by default) of an attribute and names the part it returned:
 * `member;range=0-1499`; the last part ends in `*` (MS-ADTS 3.1.1.3.1.3.3). Text that is no UTF-8 is kept as bytes.
 */
export function readEntry({ dn, attributes: raw }: RawEntry, isBinary: (name: string) => boolean): ReadEntry {
  // A map while reading: names come from outside, and a plain object already has some.
  const attributes = new Map<string, readonly string[]>();
  const open: OpenRange[] = [];
  for (const { type, values, parsedBuffers } of raw) {
    const name = attributeName(type);
    const read = isBinary(name) ? parsedBuffers : values;
    const last = /;range=\d+-(?<last>\d+|\*)$/i.exec(type)?.groups?.["last"];
    if (last !== undefined && last !== "*") open.push({ attribute: name, next: Number(last) + 1 });
    // Beside a ranged part the plain name appears as well, empty.
    attributes.set(name, [...(attributes.get(name) ?? []), ...read.map((value) => (typeof value === "string" ? value : value.toString("base64")))]);
  }
  return { entry: { dn, attributes: Object.fromEntries(attributes) }, open };
}

/** An entry with further values of one attribute. */
export function extend(entry: DirectoryEntry, attribute: string, values: readonly string[]): DirectoryEntry {
  return { ...entry, attributes: { ...entry.attributes, [attribute]: [...(entry.attributes[attribute] ?? []), ...values] } };
}

/** Entries as the product keeps them, and the ranges in which a controller hands out long attributes. */
import type { Entry } from "ldapts";
import type { DirectoryEntry } from "./types.ts";

/** Attributes whose values are bytes even where they happen to look like text. */
export const binaryAttributes: readonly string[] = [
  "objectGUID",
  "objectSid",
  "nTSecurityDescriptor",
  "msExchMailboxGuid",
  "msExchMailboxSecurityDescriptor",
  "userCertificate",
  "userSMIMECertificate",
  "thumbnailPhoto",
];

/** An attribute of which only a part was returned: `next` is the first value still to be asked for. */
export interface OpenRange {
  readonly attribute: string;
  readonly next: number;
}

export interface ReadEntry {
  readonly entry: DirectoryEntry;
  readonly open: readonly OpenRange[];
}

/**
 * Reads an entry. A controller returns at most 1,500 values (by default) of an attribute and names the part it returned:
 * `member;range=0-1499`; the last part ends in `*` (MS-ADTS 3.1.1.3.1.3.3).
 */
export function readEntry(raw: Entry): ReadEntry {
  // A map while reading: names come from outside, and a plain object already has some.
  const attributes = new Map<string, readonly string[]>();
  const open: OpenRange[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (key === "dn") continue;
    const values = [value].flat().map((each) => (Buffer.isBuffer(each) ? each.toString("base64") : each));
    const range = /^(?<name>[^;]+);range=\d+-(?<last>\d+|\*)$/i.exec(key);
    const name = (range?.groups?.["name"] ?? key).toLowerCase();
    const last = range?.groups?.["last"];
    if (last !== undefined && last !== "*") open.push({ attribute: name, next: Number(last) + 1 });
    // Beside a ranged part the plain name appears as well, empty.
    attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
  }
  return { entry: { dn: raw.dn, attributes: Object.fromEntries(attributes) }, open };
}

/** An entry with further values of one attribute. */
export function extend(entry: DirectoryEntry, attribute: string, values: readonly string[]): DirectoryEntry {
  return { ...entry, attributes: { ...entry.attributes, [attribute]: [...(entry.attributes[attribute] ?? []), ...values] } };
}

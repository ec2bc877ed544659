/** Names and values as LDAP spells them: distinguished names (RFC 4514), filters (RFC 4515), GUIDs in Microsoft's order. */

const hexPair = (character: string) => `\\${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/** A value as it stands in a distinguished name: whatever it holds, it is one value and stays that. */
export function escapeNameValue(value: string): string {
  return value
    .replaceAll(/[\\"+,;<=>]/g, String.raw`\$&`)
    .replaceAll(/\p{Cc}/gu, (character) => (character.charCodeAt(0) < 0x80 ? hexPair(character) : character))
    .replace(/^[ #]/, String.raw`\$&`)
    .replace(/(?<!^\\) $/, String.raw`\ `);
}

/** A value as it stands in a filter, matched as it is. */
export function escapeFilterValue(value: string): string {
  return value.replaceAll(/[\0()*\\]/g, hexPair);
}

/**
 * `objectGUID` (base64) in lower-case hex with dashes, in the byte order of Microsoft's own tools: the first three fields are
 * little-endian (MS-DTYP 2.3.4.2). Null for what is none.
 */
export function guidOf(base64: string | undefined): string | null {
  const bytes = Buffer.from(base64 ?? "", "base64");
  if (bytes.length !== 16) return null;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return [hex(bytes.readUInt32LE(0), 8), hex(bytes.readUInt16LE(4), 4), hex(bytes.readUInt16LE(6), 4), bytes.toString("hex", 8, 10), bytes.toString("hex", 10)].join("-");
}

/** The name under which an object is found wherever it was moved (MS-ADTS 3.1.1.3.1.2.4). */
export function nameByGuid(guid: string): string {
  return `<GUID=${guid}>`;
}

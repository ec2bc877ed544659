/** The attributes that a directory finds at once, as Active Directory's schema marks them (`searchFlags`, MS-ADTS 2.2.9): others are read through. */
import type { Entry } from "./tree.ts";

const INDEXED = ["objectGUID", "name", "sAMAccountName", "userPrincipalName", "mail", "mailNickname", "proxyAddresses"] as const;
export type Indexed = (typeof INDEXED)[number];

/** Entries by the values they have. */
export interface Indexes {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Entries with a value, text without regard to case. */
  having(attribute: Indexed, value: string | Buffer): readonly Entry[];
}

/** Octets are told apart to the last one. */
function keyOf(attribute: Indexed, value: string | Buffer): string {
  if (attribute === "objectGUID") return Buffer.from(value).toString("latin1");
  return value.toString("utf8").toLowerCase();
}

export function createIndexes(): Indexes {
  const byAttribute = new Map(INDEXED.map((attribute) => [attribute, new Map<string, Set<Entry>>()]));
  return {
    add(entry) {
      for (const [attribute, byValue] of byAttribute) {
        for (const value of entry.values(attribute.toLowerCase())) {
          const key = keyOf(attribute, value);
          byValue.set(key, (byValue.get(key) ?? new Set()).add(entry));
        }
      }
    },
    remove(entry) {
      for (const [attribute, byValue] of byAttribute) {
        for (const value of entry.values(attribute.toLowerCase())) byValue.get(keyOf(attribute, value))?.delete(entry);
      }
    },
    having: (attribute, value) => [...(byAttribute.get(attribute)?.get(keyOf(attribute, value)) ?? [])],
  };
}

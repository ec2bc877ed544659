/** A directory of recipients in memory, at one domain controller. */
import { createHash } from "node:crypto";
import type { RecipientDirectory, RecipientEntry } from "../../../main/practice/exchange/recipient-directory.ts";

export const CONTROLLER = "dc1.contoso.lab";

export interface MemoryRecipients extends RecipientDirectory {
  add(dn: string, attributes: Readonly<Record<string, readonly string[]>>): void;
  guid(dn: string): string;
  /** Attributes by name in lower case. */
  read(dn: string): Readonly<Record<string, readonly string[]>>;
}

export const UNIVERSAL_GROUP = "8";
export const UNIVERSAL_SECURITY_GROUP = String(0x80000008 | 0);
export const GLOBAL_GROUP = "2";

function guidOf(dn: string): string {
  const hex = createHash("sha256").update(dn).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

export function memoryRecipients(): MemoryRecipients {
  const entries = new Map<string, { readonly dn: string; readonly attributes: Map<string, readonly string[]> }>();
  const recipient = ({ dn, attributes }: { readonly dn: string; readonly attributes: Map<string, readonly string[]> }): RecipientEntry => ({
    dn,
    guid: guidOf(dn),
    values: (attribute) => attributes.get(attribute) ?? [],
  });
  return {
    add(dn, attributes) {
      const name = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1]?.replaceAll(/\\(.)/g, "$1") ?? "";
      const all = Object.entries({ name: [name], ...attributes }).map(([key, values]) => [key.toLowerCase(), values] as const);
      entries.set(dn.toLowerCase(), { dn, attributes: new Map(all) });
    },
    guid: guidOf,
    read: (dn) => Object.fromEntries(entries.get(dn.toLowerCase())?.attributes ?? []),
    find(identity, controller) {
      if (controller !== null && controller !== CONTROLLER) return Promise.resolve(null);
      const found = entries.get(identity.toLowerCase()) ?? [...entries.values()].find(({ dn }) => guidOf(dn) === identity.toLowerCase());
      return Promise.resolve(found === undefined ? null : recipient(found));
    },
    byAttribute(name, value) {
      const found = [...entries.values()].filter(({ attributes }) => (attributes.get(name.toLowerCase()) ?? []).some((each) => each.toLowerCase() === value.toLowerCase()));
      return Promise.resolve(found.map(recipient));
    },
    write(dn, changes) {
      const attributes = entries.get(dn.toLowerCase())?.attributes;
      for (const [name, values] of Object.entries(changes)) {
        if (values.length === 0) attributes?.delete(name.toLowerCase());
        else attributes?.set(name.toLowerCase(), values.map((each) => (typeof each === "string" ? each : Buffer.from(each).toString("base64"))));
      }
      return Promise.resolve();
    },
  };
}

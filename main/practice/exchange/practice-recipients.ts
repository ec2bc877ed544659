/** Recipients in the practice directory. */
import type { PracticeEntries } from "../directory/directory.ts";
import type { Entry } from "../directory/tree.ts";
import type { RecipientDirectory, RecipientEntry } from "./recipient-directory.ts";

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
/** Attributes of octets; the others are text. */
const octets: readonly string[] = ["objectguid", "objectsid", "msexchmailboxguid"];

/** `objectGUID` as text: its first three fields are little-endian (MS-DTYP, 2.3.4). */
export function guidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  const turned = (start: number, end: number) => hex.slice(start, end).match(/../g)?.toReversed().join("") ?? "";
  return [turned(0, 8), turned(8, 12), turned(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function recipient(entry: Entry): RecipientEntry {
  return {
    dn: entry.dn,
    guid: guidText(entry.values("objectguid")[0] ?? Buffer.alloc(16)),
    values: (attribute) => entry.values(attribute).map((value) => value.toString(octets.includes(attribute) ? "base64" : "utf8")),
  };
}

/** `controllers` are those of the domain, by full or computer name; another one has none of its objects. */
export function practiceRecipients(entries: PracticeEntries, controllers: readonly string[]): RecipientDirectory {
  const isController = (name: string) => controllers.some((each) => [each, each.split(".", 1)[0]].includes(name.toLowerCase()));
  return {
    find(identity, controller) {
      if (controller !== null && !isController(controller)) return Promise.resolve(null);
      const guid = GUID.exec(identity)?.[1];
      const found = guid === undefined ? entries.find(identity) : entries.find(`<GUID=${guid}>`);
      return Promise.resolve(found === null ? null : recipient(found));
    },
    byAttribute(name, value) {
      return Promise.resolve(entries.having(name, value).map(recipient));
    },
    write(dn, changes) {
      const values = Object.entries(changes).map(([name, list]) => [name, list.map((value) => (typeof value === "string" ? value : Buffer.from(value)))]);
      entries.write(dn, Object.fromEntries(values));
      return Promise.resolve();
    },
  };
}

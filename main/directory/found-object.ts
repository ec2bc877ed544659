/** An entry of the directory as an object that may get, or has, a mail part. */
import type { FoundObject, MailObjectType } from "../../shared/model/mail-object.ts";
import { guidOf } from "./distinguished-name.ts";
import type { DirectoryEntry } from "./types.ts";

/** What {@link readFound} looks at. */
export const foundAttributes: readonly string[] = [
  "objectClass",
  "objectGUID",
  "cn",
  "name",
  "displayName",
  "groupType",
  "sAMAccountName",
  "mail",
  "mailNickname",
  "proxyAddresses",
  "targetAddress",
  "homeMDB",
  "msExchMailboxGuid",
];

/** Bits of `groupType` (MS-ADTS 2.2.12). */
const UNIVERSAL = 0x8;
const SECURITY = 0x80000000;
/** What a universal group has as `groupType`, by its kind: a signed number of 32 bits. */
export const groupTypes = { "distribution-group": "8", "security-group": "-2147483640" } as const satisfies Partial<Record<MailObjectType, string>>;

type Kind = Pick<FoundObject, "type" | "why">;

function kindOf({ attributes }: DirectoryEntry): Kind {
  const classes = (attributes["objectclass"] ?? []).map((name) => name.toLowerCase());
  const can = (type: MailObjectType): Kind => ({ type, why: null });
  if (classes.includes("group")) {
    const bits = Number(attributes["grouptype"]?.[0] ?? "0");
    if ((bits & UNIVERSAL) === 0) return { type: null, why: "not-universal" };
    return can((bits & SECURITY) === 0 ? "distribution-group" : "security-group");
  }
  if (classes.includes("contact")) return can("mail-contact");
  if (!classes.includes("user") || classes.includes("computer")) return { type: null, why: "not-supported" };
  const hasMailbox = attributes["homemdb"] !== undefined || attributes["msexchmailboxguid"] !== undefined;
  // A user without a mail part may get either; one whose mail goes elsewhere is a mail user.
  return can(attributes["targetaddress"] !== undefined && !hasMailbox ? "mail-user" : "mailbox");
}

/** `controller` is the one that was asked. */
export function readFound(entry: DirectoryEntry, controller: string): FoundObject {
  const { dn, attributes } = entry;
  const first = (name: string) => attributes[name]?.[0] ?? null;
  // The primary address is the one in capital letters (Microsoft, "proxyAddresses").
  const primary = attributes["proxyaddresses"]?.find((address) => address.startsWith("SMTP:"))?.slice("SMTP:".length) ?? null;
  return {
    identity: dn,
    guid: guidOf(attributes["objectguid"]?.[0]),
    controller,
    name: first("displayname") ?? first("name") ?? first("cn") ?? dn,
    ...kindOf(entry),
    alias: first("mailnickname"),
    address: primary ?? first("mail"),
    accountName: first("samaccountname"),
    mailEnabled: first("mailnickname") !== null || primary !== null,
  };
}

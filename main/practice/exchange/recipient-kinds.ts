/** What is what among recipients: kinds of object, what mail-enables each, and how Exchange names them. */
import type { RecipientEntry } from "./recipient-directory.ts";

export type ObjectKind = "group" | "user" | "contact";

/** `groupType` (MS-ADTS, 2.2.12). */
const UNIVERSAL = 8;
const SECURITY = 0x80000000;

/** `msExchRecipientDisplayType` and `msExchRecipientTypeDetails` (learn.microsoft.com, "RecipientTypeDetails"; MS-OXOABK for the display types). */
export const displayTypes = { mailbox: 1_073_741_824, distributionGroup: 1, securityGroup: 1_073_741_833, remoteMailUser: 6 } as const;
export const typeDetails = { mailbox: 1, mailUser: 128, mailContact: 64 } as const;

/** Null for what is no recipient in waiting, such as a computer or a container. */
export function kindOf(entry: RecipientEntry): ObjectKind | null {
  const classes = entry.values("objectclass").map((each) => each.toLowerCase());
  if (classes.includes("computer")) return null;
  return (["group", "contact", "user"] as const).find((kind) => classes.includes(kind)) ?? null;
}

function groupType(entry: RecipientEntry): number {
  return Number(entry.values("grouptype")[0] ?? 0);
}

export function isUniversal(entry: RecipientEntry): boolean {
  return (groupType(entry) & UNIVERSAL) !== 0;
}

export function isSecurityGroup(entry: RecipientEntry): boolean {
  return (groupType(entry) & SECURITY) !== 0;
}

/** Exchange's RecipientType: computed from class, alias, home and target, as its filters do. */
export function recipientType(entry: RecipientEntry): string {
  const isEnabled = entry.values("mailnickname").length > 0;
  switch (kindOf(entry)) {
    case "group":
      if (!isEnabled) return "Group";
      return !isUniversal(entry) ? "MailNonUniversalGroup" : isSecurityGroup(entry) ? "MailUniversalSecurityGroup" : "MailUniversalDistributionGroup";
    case "contact":
      return isEnabled ? "MailContact" : "Contact";
    case "user":
      if (entry.values("msexchmailboxguid").length > 0) return "UserMailbox";
      return isEnabled && entry.values("targetaddress").length > 0 ? "MailUser" : "User";
    case null:
    default:
      return "Invalid";
  }
}

/** `contoso.lab/Groups/Name`: how Exchange prints an identity. Commas that are escaped belong to their part. */
export function canonicalName(dn: string): string {
  const parts = dn.split(/(?<!\\),/).map((part) => ({ type: part.slice(0, part.indexOf("=")).trim().toUpperCase(), value: part.slice(part.indexOf("=") + 1).replaceAll(/\\([^0-9a-f])/gi, "$1") }));
  const domain = parts.filter(({ type }) => type === "DC").map(({ value }) => value).join(".");
  const path = parts.filter(({ type }) => type !== "DC").map(({ value }) => value.replaceAll("/", String.raw`\/`));
  return [domain, ...path.toReversed()].join("/");
}

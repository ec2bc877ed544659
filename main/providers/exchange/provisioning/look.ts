/** Reads at the controller where an object was made whether it has the mail part that a request wants. */
import type { DirectoryEntry, DirectoryObjects } from "../../../directory/types.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../../shared/model/mail-object.ts";
import { isForwardedType } from "../../../../shared/rules/mail-types.ts";

const ATTRIBUTES = ["mailNickname", "mail", "proxyAddresses", "targetAddress", "homeMDB", "msExchMailboxGuid"] as const;

/** `found` where it is as wanted, of a `disable` that there is no mail part; `unanswered` where it could not be read. */
export async function lookAt(objects: DirectoryObjects, request: MailRequest, object: DirectoryObject): Promise<StepOutcome> {
  const read = await objects.read(object, ATTRIBUTES);
  if (!read.ok) return { state: "unanswered", fault: read.fault };
  const isEnabled = read.value !== null && isMailEnabled(read.value, request);
  if (request.action === "disable") return isEnabled ? { state: "missing" } : { state: "found", address: null };
  if (read.value === null || !isEnabled) return { state: "missing" };
  return { state: isAsWanted(read.value, request) ? "found" : "different", address: primaryAddress(read.value) };
}

/** A recipient has an alias; the address alone may be in any object of a directory, and in a user an alias that was filled in beforehand, without a mailbox. */
function isMailEnabled(entry: DirectoryEntry, { type }: MailRequest): boolean {
  const hasMailbox = first(entry, "homeMDB") !== null || first(entry, "msExchMailboxGuid") !== null;
  return first(entry, "mailNickname") !== null && (type !== "mailbox" || hasMailbox || first(entry, "targetAddress") !== null);
}

function isAsWanted(entry: DirectoryEntry, request: MailRequest): boolean {
  const target = first(entry, "targetAddress");
  const isExternal = isForwardedType(request.type);
  return (
    same(first(entry, "mailNickname"), request.alias) &&
    (request.address === null || same(primaryAddress(entry), request.address)) &&
    (target !== null) === isExternal &&
    (!isExternal || request.externalAddress === null || same(withoutScheme(target ?? ""), withoutScheme(request.externalAddress)))
  );
}

/** The one proxy address in capitals is the primary one. */
function primaryAddress(entry: DirectoryEntry): string | null {
  const primary = values(entry, "proxyAddresses").find((address) => address.startsWith("SMTP:"));
  return primary === undefined ? first(entry, "mail") : primary.slice("SMTP:".length);
}

function values(entry: DirectoryEntry, attribute: (typeof ATTRIBUTES)[number]): readonly string[] {
  return entry.attributes[attribute.toLowerCase()] ?? [];
}

function first(entry: DirectoryEntry, attribute: (typeof ATTRIBUTES)[number]): string | null {
  return values(entry, attribute)[0] ?? null;
}

function withoutScheme(address: string): string {
  return address.replace(/^smtp:/i, "");
}

function same(one: string | null, other: string): boolean {
  return one !== null && one.toLowerCase() === other.toLowerCase();
}

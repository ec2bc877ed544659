/** The mail attributes of an object in Active Directory, and what has to change for it to have them, or to have them no more. */
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import type { AttributeChange, DirectoryEntry } from "../../directory/types.ts";
import type { OtherConfiguration } from "./configuration.ts";
import { isForwardedType } from "../../../shared/rules/mail-types.ts";

/** What is read of an object. */
export const MAIL_ATTRIBUTES: readonly string[] = ["mail", "mailNickname", "targetAddress", "proxyAddresses"];

/** The attributes with one value, and the primary address among those with several. */
export interface MailPart {
  readonly single: Readonly<Record<string, string>>;
  /** A value of `proxyAddresses`: the primary address is the one with its type in capitals (Microsoft: "How the proxyAddresses attribute is populated"). */
  readonly primary: string;
}

/** The address that an object gets: its alias at the provider's domain. */
export function addressOf({ domain }: OtherConfiguration, { alias, address }: Pick<MailRequest, "alias" | "address">): string {
  return address ?? `${alias}@${domain}`;
}

/** What the object of a request is to have. A user's and a contact's mail goes to `targetAddress`: elsewhere where that is said, else to the provider. */
export function mailPart(configuration: OtherConfiguration, request: MailRequest): MailPart {
  const address = addressOf(configuration, request);
  const target = isForwardedType(request.type) ? { targetAddress: `SMTP:${request.externalAddress ?? address}` } : {};
  return { single: { mail: address, mailNickname: request.alias, ...target }, primary: `SMTP:${address}` };
}

/** Mail systems and the directory compare addresses without case; only the case of a proxy address's type means something. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function valuesOf({ attributes }: DirectoryEntry, name: string): readonly string[] {
  return attributes[name.toLowerCase()] ?? [];
}

function add(attribute: string, value: string): AttributeChange {
  return { how: "add", attribute, values: [value] };
}

function remove(attribute: string, value: string): AttributeChange {
  return { how: "delete", attribute, values: [value] };
}

/**
 * What an entry lacks of its mail part; null where it has another one. Each value is added or deleted by itself, so that the
 * directory refuses the change where somebody else was there meanwhile (RFC 4511, 4.6), and other addresses stay.
 */
export function changesToEnable(entry: DirectoryEntry, { single, primary }: MailPart): readonly AttributeChange[] | null {
  const changes: AttributeChange[] = [];
  for (const [name, wanted] of Object.entries(single)) {
    const [held] = valuesOf(entry, name);
    if (held === undefined) changes.push(add(name, wanted));
    else if (!same(held, wanted)) return null;
  }
  const proxies = valuesOf(entry, "proxyAddresses");
  const held = proxies.filter((value) => value.startsWith("SMTP:"));
  if (held.some((value) => !same(value, primary))) return null;
  if (held.length > 0) return changes;
  // A secondary address that becomes the primary one: the directory holds the two for the same value.
  const secondary = proxies.find((value) => same(value, primary));
  return [...changes, ...(secondary === undefined ? [] : [remove("proxyAddresses", secondary)]), add("proxyAddresses", primary)];
}

/** What has to go from an entry for it to have no mail part of this provider's; null where its mail part is another one's. */
export function changesToDisable(entry: DirectoryEntry, configuration: OtherConfiguration, request: MailRequest): readonly AttributeChange[] | null {
  const [alias] = valuesOf(entry, "mailNickname");
  const address = request.address ?? addressOf(configuration, { alias: alias ?? request.alias, address: null });
  const mail = valuesOf(entry, "mail").filter((value) => same(value, address));
  const proxies = valuesOf(entry, "proxyAddresses").filter((value) => same(value, `SMTP:${address}`));
  if (mail.length === 0 && proxies.length === 0) return alias === undefined ? [] : null;
  return [
    ...mail.map((value) => remove("mail", value)),
    ...["mailNickname", "targetAddress"].flatMap((name) => valuesOf(entry, name).map((value) => remove(name, value))),
    ...proxies.map((value) => remove("proxyAddresses", value)),
  ];
}

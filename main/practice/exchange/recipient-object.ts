/** A recipient as a cmdlet returns it, once it has been deserialized: every property is text. */
import type { RemoteObject } from "./protocol.ts";
import type { RecipientEntry } from "./recipient-directory.ts";
import { canonicalName, kindOf, recipientType } from "./recipient-kinds.ts";

/** The properties that callers select; `controller` answered. */
export function describeRecipient(entry: RecipientEntry, controller: string): RemoteObject {
  const first = (attribute: string) => entry.values(attribute)[0] ?? "";
  const type = recipientType(entry);
  const addresses = entry.values("proxyaddresses");
  const primary = addresses.find((address) => address.startsWith("SMTP:"))?.slice("SMTP:".length) ?? "";
  return {
    Identity: canonicalName(entry.dn),
    DistinguishedName: entry.dn,
    Guid: entry.guid,
    Name: first("name"),
    DisplayName: first("displayname"),
    Alias: first("mailnickname"),
    PrimarySmtpAddress: primary,
    WindowsEmailAddress: first("mail"),
    EmailAddresses: addresses.join(" "),
    ExternalEmailAddress: first("targetaddress"),
    LegacyExchangeDN: first("legacyexchangedn"),
    SamAccountName: first("samaccountname"),
    RecipientType: type,
    RecipientTypeDetails: type,
    OriginatingServer: controller,
    ObjectCategory: kindOf(entry) ?? "",
  };
}

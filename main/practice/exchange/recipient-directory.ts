/** The directory in which Exchange keeps its recipients, as its cmdlets see it. */

export interface RecipientEntry {
  readonly dn: string;
  /** `objectGUID` in lower-case hex with dashes. */
  readonly guid: string;
  /** Values by attribute name in lower case, binary ones as base64; empty where there are none. */
  values(attribute: string): readonly string[];
}

/** Values by attribute name; without values the attribute goes. Octets are written as they are. */
export type EntryChanges = Readonly<Record<string, readonly (string | Uint8Array)[]>>;

/** What recipients are looked for by. */
export type RecipientKey = "name" | "sAMAccountName" | "userPrincipalName" | "mail" | "mailNickname" | "proxyAddresses";

export interface RecipientDirectory {
  /** By distinguished name or GUID, at a domain controller, or at any where that is null; null where that controller has no such object. */
  find(identity: string, controller: string | null): Promise<RecipientEntry | null>;
  /** All entries with a value, in any case. */
  byAttribute(name: RecipientKey, value: string): Promise<readonly RecipientEntry[]>;
  write(dn: string, changes: EntryChanges): Promise<void>;
}

/** Groups and users as Graph describes them, and as a directory's entries and found objects. */
import { z } from "zod";
import type { FoundObject } from "../../../shared/model/mail-object.ts";
import type { DirectoryEntry } from "../../directory/types.ts";

/** The two collections that mail objects are in. */
export type GraphKind = "groups" | "users";

const text = z.string().nullish().transform((value) => value ?? null);
export const entrySchema = z.object({
  id: z.string(),
  displayName: text,
  mail: text,
  mailNickname: text,
  mailEnabled: z.boolean().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  userPrincipalName: text,
  proxyAddresses: z.array(z.string()).nullish().transform((values) => values ?? []),
  onPremisesSyncEnabled: z.boolean().nullish(),
});
export type GraphEntry = z.infer<typeof entrySchema>;
export const entriesSchema = z.object({ value: z.array(entrySchema), "@odata.nextLink": z.string().optional() });

const COMMON = "id,displayName,mail,mailNickname,proxyAddresses,onPremisesSyncEnabled";
/** What is selected of a collection's objects. */
export const SELECTED: Readonly<Record<GraphKind, string>> = { groups: `${COMMON},mailEnabled,groupTypes`, users: `${COMMON},userPrincipalName` };

export const NEEDS: Readonly<Record<GraphKind, readonly string[]>> = { groups: ["Group.ReadWrite.All"], users: ["User.ReadWrite.All"] };

/** An object's identity: Graph has no call that reads or deletes by the id alone with these permissions. */
export function identityOf(kind: GraphKind, id: string): string {
  return `${kind}/${id}`;
}

/** The collection of an identity; null for what is none of Graph's. */
export function kindOf(identity: string): GraphKind | null {
  const [kind, id = "", ...more] = identity.split("/");
  return (kind === "groups" || kind === "users") && /^[0-9a-f-]{36}$/i.test(id) && more.length === 0 ? kind : null;
}

/** The attributes by their names in a directory; absent ones are left out. */
export function entryOf(kind: GraphKind, entry: GraphEntry): DirectoryEntry {
  const single = { objectguid: entry.id, displayname: entry.displayName, mail: entry.mail, mailnickname: entry.mailNickname, userprincipalname: entry.userPrincipalName };
  const attributes = Object.fromEntries(Object.entries(single).flatMap(([name, value]) => (value === null ? [] : [[name, [value]]])));
  return { dn: identityOf(kind, entry.id), attributes: { ...attributes, proxyaddresses: entry.proxyAddresses } };
}

export function isUnified({ groupTypes }: GraphEntry): boolean {
  return groupTypes?.includes("Unified") ?? false;
}

/** An object as a search shows it. Mail is theirs from the beginning: there is nothing to enable. */
export function foundOf(kind: GraphKind, entry: GraphEntry): FoundObject {
  const type = kind === "users" ? ("mailbox" as const) : isUnified(entry) ? ("microsoft-365-group" as const) : null;
  const why = entry.onPremisesSyncEnabled === true ? "synchronised" : "not-supported";
  return {
    identity: identityOf(kind, entry.id),
    guid: entry.id,
    controller: null,
    name: entry.displayName ?? "",
    type,
    alias: entry.mailNickname,
    address: entry.mail,
    accountName: entry.userPrincipalName?.split("@")[0] ?? null,
    mailEnabled: kind === "users" ? entry.mail !== null : (entry.mailEnabled ?? false),
    why,
  };
}

/** The secrets of a document by name: which there can be, which are given, which are only said to be set. */
import type { Issue } from "../../shared/fault.ts";
import { DIRECTORY_SECRET, messagingSecret, type DocumentChange } from "../../shared/model/written-document.ts";
import { connectionPlace } from "../../shared/rules/lending.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { AnyProvider } from "../providers/provider.ts";
import type { SecretReference, StoreDocument } from "../store/types.ts";
import { fieldsOf, keptOrGiven, secretIssue, type MaterialRooms } from "./document-material.ts";
import { unknownName } from "./document-messaging.ts";
import { DIRECTORY_PASSWORD, lendingIssue } from "./secrets.ts";

/** The longest password of an identity store's account, in characters. */
const LONGEST_PASSWORD = 1024;
const MESSAGING = messagingSecret("");

/** The secrets of the messaging provider, by field. */
export function messagingSecrets(secrets: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(secrets).flatMap(([name, text]) => (name.startsWith(MESSAGING) ? [[name.slice(MESSAGING.length), text] as const] : [])));
}

/** The password of the store's own account under a connection: the stored one where it is lent, or the one that is given. */
export function planDirectoryPassword(
  rooms: Pick<MaterialRooms, "vault" | "pending">,
  { connection: before, directoryPassword: stored }: StoreDocument,
  connection: StoreConnection,
  text: string | undefined,
): { readonly reference: SecretReference | null; readonly issues: readonly Issue[] } {
  const path = ["secrets", DIRECTORY_SECRET];
  const [storedFor, place] = [connectionPlace(before), connectionPlace(connection)];
  if (text === undefined) {
    const issue = stored === null ? null : lendingIssue(DIRECTORY_SECRET, storedFor, place);
    return { reference: stored, issues: issue === null ? [] : [{ ...issue, path }] };
  }
  const issue = secretIssue(DIRECTORY_SECRET, text, LONGEST_PASSWORD);
  if (issue !== null) return { reference: stored, issues: [issue] };
  return { reference: text === "" ? null : keptOrGiven(rooms, { purpose: DIRECTORY_PASSWORD, text, stored, storedFor, place }), issues: [] };
}

/**
 * Names that the store and its provider have no secret for, those of a provider that the document does not speak of, and
 * secrets that are said to be set and are not. `provider` is that of `after`; null where there is none.
 */
export function secretNameIssues(written: DocumentChange, given: readonly string[], after: StoreDocument, provider: AnyProvider | null): Issue[] {
  const fields = provider === null ? [] : fieldsOf(provider.descriptor, "secret").map(({ name }) => messagingSecret(name));
  const names = [...(after.connection.kind === "active-directory" ? [DIRECTORY_SECRET] : []), ...fields];
  const issueOf = (name: string): Issue[] => {
    const path = ["secrets", name];
    if (name.startsWith(MESSAGING) && written.messaging === undefined) return [{ path, code: "secret-without-messaging" }];
    return names.includes(name) ? [] : [unknownName(path, names)];
  };
  const isSet = (name: string) => (name === DIRECTORY_SECRET ? after.directoryPassword !== null : after.messaging?.secrets[name.slice(MESSAGING.length)] !== undefined);
  const marked = Object.keys(written.secrets ?? {}).flatMap((name): Issue[] => {
    const path = ["secrets", name];
    if (!names.includes(name)) return [unknownName(path, names)];
    return isSet(name) ? [] : [{ path, code: "secret-missing", facts: { name } }];
  });
  return [...given.flatMap(issueOf), ...marked];
}

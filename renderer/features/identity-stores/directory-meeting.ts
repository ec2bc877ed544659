/** Directory settings that somebody else saved meanwhile: what only one of the two changed stands, what both did is asked. */
import type { Change, Difference, Picks } from "../../../shared/model/draft.ts";
import type { StoreDetail } from "../../../shared/model/identity-store.ts";
import { draftKey } from "../../../shared/rules/draft-changes.ts";
import { storeChanges, type ComparedStore } from "../../../shared/rules/store-changes.ts";
import { threeWay } from "../../../shared/rules/three-way.ts";
import { connectionOf, formOf, passwordOf, type DirectoryForm, type FieldName } from "./form-model.ts";

const PASSWORD = "secrets.directory-password";

/** The form's fields behind each key of a change. */
const FIELDS: Readonly<Record<string, readonly FieldName[]>> = {
  "connection.domain": ["domain"],
  "connection.domainControllers": ["controllersFrom", "controllers"],
  "connection.dnsServer": ["dnsServer"],
  "connection.username": ["username"],
  "connection.security": ["security"],
  "connection.trust": ["trustMode", "authorityName", "authorityPem", "pinnedSha256"],
  "connection.cloud": ["cloud"],
  "connection.tenant": ["tenant"],
  [PASSWORD]: ["password", "passwordCleared"],
};

export interface DirectoryMeeting {
  readonly differences: readonly Difference[];
  /** What was typed over what they saved, with the sides that were picked. */
  merged(picks: Picks): DirectoryForm;
}

/** Which password is stored, told apart by when it was set: the page knows no more of it. */
function passwordIn({ directoryPassword }: StoreDetail): { readonly id: string } | null {
  return directoryPassword.state === "not-set" ? null : { id: String(directoryPassword.at) };
}

/** `base` is what the form began with, `theirs` what is saved now. */
export function directoryMeeting(base: StoreDetail, theirs: StoreDetail, typed: DirectoryForm): DirectoryMeeting {
  const { name } = theirs;
  const password = passwordOf(typed);
  const own = password === null ? passwordIn(base) : password === "" ? null : { id: "typed" };
  const [before, after, mine]: ComparedStore[] = [
    { name, connection: base.connection, directoryPassword: passwordIn(base) },
    { name, connection: theirs.connection, directoryPassword: passwordIn(theirs) },
    { name, connection: connectionOf(typed), directoryPassword: own },
  ];
  const changes = (from: ComparedStore | undefined, to: ComparedStore | undefined): Change[] => (from === undefined || to === undefined ? [] : storeChanges(from, to));
  const found = threeWay(changes(before, mine), changes(before, after), changes(after, mine));
  return {
    differences: found.apart.map((each) => ({ ...each, by: null, at: null })),
    merged: (picks) => {
      const saved = formOf(theirs.name, theirs.connection);
      const isTheirs = (key: string) => found.theirs.has(key) || picks[draftKey(null, key)] === "theirs";
      const taken = Object.entries(FIELDS).flatMap(([key, fields]) => (isTheirs(key) ? fields : []));
      return { ...typed, name: saved.name, ...Object.fromEntries(taken.map((field) => [field, saved[field]])) };
    },
  };
}

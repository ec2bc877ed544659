/** What kinds of mail objects have in common. */
import type { JournalEntry, MailObjectType } from "../model/mail-object.ts";

/** Signs in, and has an account with a password. */
export function isUserType(type: MailObjectType): boolean {
  return type === "mailbox" || type === "mail-user";
}

/** Has its mail elsewhere, at an external address. */
export function isForwardedType(type: MailObjectType): boolean {
  return type === "mail-user" || type === "mail-contact";
}

/** Whether a first password goes along: it is kept nowhere, so that whoever takes up what is not made yet enters it again. */
export function needsPassword({ request, object }: Pick<JournalEntry, "object"> & { readonly request: Pick<JournalEntry["request"], "action" | "type"> }): boolean {
  return request.action === "create" && isUserType(request.type) && object === null;
}

/** Whether nothing is left to be done about an entry. */
export function isOver({ state }: Pick<JournalEntry, "state">): boolean {
  return state === "done" || state === "undone";
}

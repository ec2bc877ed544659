/** What kinds of mail objects have in common. */
import type { MailObjectType } from "../model/mail-object.ts";

/** Signs in, and has an account with a password. */
export function isUserType(type: MailObjectType): boolean {
  return type === "mailbox" || type === "mail-user";
}

/** Has its mail elsewhere, at an external address. */
export function isForwardedType(type: MailObjectType): boolean {
  return type === "mail-user" || type === "mail-contact";
}

/** Why an SMTP server does not take a mail. Which answer means which is in `main/mail/replies.ts`, with sources. */
import { z } from "zod";

export const mailRefusalSchema = z.enum([
  /** STARTTLS is not offered, or was refused: nothing is sent without it. */
  "tls-not-offered",
  /** The server offers no way to sign in that is known here. */
  "sign-in-not-offered",
  /** The server takes no mail without an account. */
  "account-needed",
  /** Exchange Online has switched SMTP sign-ins off for the tenant or the mailbox. */
  "smtp-sign-in-disabled",
  "sender-refused",
  /** Every address was refused for good; they stand beside it. */
  "recipients-refused",
  /** Refused for now, as whoever is not known yet is: the same mail is taken a little later. */
  "greylisted",
  /** The server cannot take it at the moment. */
  "busy",
  "message-too-big",
  "message-refused",
  /** It greets with a refusal. */
  "no-service",
  "not-smtp",
  /** The connection ended before the mail was handed over. */
  "closed-early",
  /** The connection ended while or after the mail was handed over: nobody knows whether it was taken. */
  "perhaps-sent",
]);
export type MailRefusal = z.infer<typeof mailRefusalSchema>;

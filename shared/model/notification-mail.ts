/** How an identity store tells by mail what happens to it: over which SMTP server, to whom, and what of it. Holds no secret. */
import { z } from "zod";
import { readTyped } from "../rules/typed-value.ts";
import { trustSchema } from "./identity-store.ts";
import { secretStateSchema } from "./secret.ts";

const account = z.string().overwrite((text) => readTyped(text, "account"));

/** How the connection is protected: TLS from the first byte (RFC 8314), TLS after STARTTLS (RFC 3207) or not at all. */
export const mailSecuritySchema = z.enum(["tls", "starttls", "none"]);
export type MailSecurity = z.infer<typeof mailSecuritySchema>;

/** Which ends of a job are mailed. */
export const jobEndsSchema = z.enum(["always", "with-failures", "never"]);

/** What is mailed. */
export const mailedEventsSchema = z.object({
  jobEnded: jobEndsSchema,
  jobHalted: z.boolean(),
  serverOffline: z.boolean(),
  serverBack: z.boolean(),
  expiry: z.boolean(),
});
export type MailedEvents = z.infer<typeof mailedEventsSchema>;

/** So many addresses at most. */
export const MOST_RECIPIENTS = 50;

export const notificationSettingsSchema = z.object({
  /** A DNS name or an address, without a port. */
  host: z.string().overwrite((text) => readTyped(text, "dns-name")).max(255),
  port: z.number(),
  security: mailSecuritySchema,
  /** Which certificates the server is measured against; says nothing without TLS. */
  trust: trustSchema,
  /** Null for a server that asks for none. Its password is kept as a secret. */
  account: z.object({ username: account.max(255) }).nullable(),
  /** The address that mails come from. */
  from: account.max(320),
  to: z.array(account.max(320)).max(MOST_RECIPIENTS * 2),
  events: mailedEventsSchema,
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

/** The settings as a page sees them; `settings` null where there are none. */
export const notificationDetailSchema = z.object({
  settings: notificationSettingsSchema.nullable(),
  password: secretStateSchema,
  /** The identity store's. */
  revision: z.number(),
});
export type NotificationDetail = z.infer<typeof notificationDetailSchema>;

/** What is told by mail, with the facts of its sentence. `at` in epoch milliseconds. */
export const mailedNoticeSchema = z.object({
  /** Picks the sentence: the kind of an event of the activity, `job-ended` or `job-halted`. */
  kind: z.string(),
  subject: z.string().nullable(),
  detail: z.string().nullable(),
  at: z.number(),
  /** Of a job that ended: how many of its objects failed. */
  failed: z.number().optional(),
});
export type MailedNotice = z.infer<typeof mailedNoticeSchema>;

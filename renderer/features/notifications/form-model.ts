/** The notification form's values, their way to and from settings, and which of them an issue is about. */
import type { Issue } from "../../../shared/fault.ts";
import type { Trust } from "../../../shared/model/identity-store.ts";
import type { MailedEvents, MailSecurity, NotificationSettings } from "../../../shared/model/notification-mail.ts";
import { readTyped } from "../../../shared/rules/typed-value.ts";

export interface NotificationForm {
  readonly host: string;
  readonly port: string;
  readonly security: MailSecurity;
  readonly trustMode: Trust["mode"];
  readonly authorityName: string;
  readonly authorityPem: string;
  readonly thumbprint: string;
  readonly signsIn: boolean;
  readonly username: string;
  /** A password to store; the empty text stands for none typed. */
  readonly password: string;
  /** The stored password is to be cleared. */
  readonly passwordCleared: boolean;
  readonly from: string;
  /** One on each line. */
  readonly to: string;
  readonly events: MailedEvents;
}

/** The ports that are meant for each protection: submission (RFC 6409, RFC 8314) and relay (RFC 5321). */
const PORTS: Readonly<Record<MailSecurity, string>> = { tls: "465", starttls: "587", none: "25" };

export function emptyForm(): NotificationForm {
  return {
    host: "",
    port: PORTS.starttls,
    security: "starttls",
    trustMode: "system",
    authorityName: "",
    authorityPem: "",
    thumbprint: "",
    signsIn: true,
    username: "",
    password: "",
    passwordCleared: false,
    from: "",
    to: "",
    events: { jobEnded: "with-failures", jobHalted: true, serverOffline: true, serverBack: true, expiry: true },
  };
}

export function formOf(settings: NotificationSettings | null): NotificationForm {
  const empty = emptyForm();
  if (settings === null) return empty;
  const { host, port, security, trust, account, from, to, events } = settings;
  return {
    ...empty,
    host,
    port: String(port),
    security,
    trustMode: trust.mode,
    authorityName: trust.mode === "authority-file" ? trust.name : "",
    authorityPem: trust.mode === "authority-file" ? trust.pem : "",
    thumbprint: trust.mode === "pinned" ? trust.sha256 : "",
    signsIn: account !== null,
    username: account?.username ?? "",
    from,
    to: to.join("\n"),
    events,
  };
}

function trustOf({ security, trustMode, authorityName, authorityPem, thumbprint }: NotificationForm): Trust {
  if (security === "none" || trustMode === "system") return { mode: "system" };
  // As tools print it, with colons or blanks between the bytes.
  if (trustMode === "pinned") return { mode: "pinned", sha256: thumbprint.replaceAll(/[\s:]/g, "").toLowerCase() };
  return { mode: "authority-file", name: authorityName, pem: authorityPem };
}

function portOf(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
}

/** The settings that the form describes, whatever is wrong with them. */
export function settingsOf(form: NotificationForm): NotificationSettings {
  return {
    host: readTyped(form.host, "dns-name"),
    port: portOf(form.port),
    security: form.security,
    trust: trustOf(form),
    account: form.signsIn ? { username: readTyped(form.username, "account") } : null,
    from: readTyped(form.from, "account"),
    to: form.to.split(/[\n\r,;]+/).map((address) => readTyped(address, "account")).filter((address) => address !== ""),
    events: form.events,
  };
}

/** What a password field sends: null keeps the stored one, the empty text clears it. */
export function passwordOf({ password, passwordCleared }: NotificationForm): string | null {
  if (password !== "") return password;
  return passwordCleared ? "" : null;
}

/** What was typed after a form was sent and saved; null where nothing was. A password that went along is stored. */
export function typedSince(sent: NotificationForm, now: NotificationForm): NotificationForm | null {
  if (JSON.stringify(sent) === JSON.stringify(now)) return null;
  return now.password === sent.password && now.passwordCleared === sent.passwordCleared ? { ...now, password: "", passwordCleared: false } : now;
}

/** The form with another protection; a port that was meant for the old one is that of the new one. */
export function withSecurity(form: NotificationForm, security: MailSecurity): NotificationForm {
  return { ...form, security, port: form.port === PORTS[form.security] ? PORTS[security] : form.port };
}

/** The fields in their order on the page: the first with a problem gets the focus. */
export const FIELDS = ["host", "port", "security", "trust", "username", "password", "from", "to"] as const;
export type FieldName = (typeof FIELDS)[number];

/** The field that an issue is about; null for one that is about none. */
export function fieldOf({ path: [first, second] }: Issue): FieldName | null {
  if (first === "account") return second === "username" ? "username" : null;
  return FIELDS.find((name) => name === first) ?? null;
}

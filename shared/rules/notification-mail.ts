/** Settings of notification mails as they were typed, read before they are saved or used, and what of all that happens is mailed. */
import { fail, succeed, type Issue, type Result } from "../fault.ts";
import { MOST_RECIPIENTS, type MailedEvents, type MailedNotice, type NotificationSettings } from "../model/notification-mail.ts";
import { hostIssue } from "./connection.ts";
import { parseHost } from "./host-name.ts";
import { trustText, type SecretPlace } from "./lending.ts";
import { isMailAddress } from "./mail-address.ts";
import { textIssue } from "./plain-text.ts";

const MOST_PORT = 65_535;
/** A dot-atom (RFC 5322, 3.2.3), at most 64 octets (RFC 5321, 4.5.3.1.1): what every server takes without SMTPUTF8, and nothing that ends a line or a path. */
const LOCAL_PART = /^(?!.{65})[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@/;
const SHA256 = /^[0-9a-f]{64}$/;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/;

/** Whether a mail can be sent to the address, or come from it. */
export function isEnvelopeAddress(text: string): boolean {
  return isMailAddress(text) && LOCAL_PART.test(text);
}

function addressIssue(path: Issue["path"], address: string): Issue[] {
  const unseen = textIssue(path, address);
  if (unseen !== null) return [unseen];
  return isEnvelopeAddress(address) ? [] : [{ path, code: address === "" ? "too_small" : "mail-address", ...(address === "" ? {} : { facts: { address } }) }];
}

function trustIssue({ security, trust }: NotificationSettings): Issue[] {
  if (security === "none" || trust.mode === "system") return [];
  if (trust.mode === "pinned") return SHA256.test(trust.sha256) ? [] : [{ path: ["trust", "sha256"], code: "thumbprint" }];
  return PEM_CERTIFICATE.test(trust.pem) ? [] : [{ path: ["trust", "pem"], code: "not-a-pem-certificate" }];
}

function accountIssues({ account, security }: NotificationSettings): Issue[] {
  if (account === null) return [];
  const unseen = textIssue(["account", "username"], account.username);
  return [
    ...(unseen === null ? [] : [unseen]),
    ...(account.username === "" ? [{ path: ["account", "username"], code: "too_small" }] : []),
    // A password travels over TLS or not at all.
    ...(security === "none" ? [{ path: ["security"], code: "password-needs-tls" }] : []),
  ];
}

/** Each address once, without regard to its case; the first spelling stays. */
function eachOnce(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** Brings the settings into one form. Fails with `invalid` and one issue for each field at fault. */
export function readNotificationSettings(typed: NotificationSettings): Result<NotificationSettings> {
  const host = parseHost(typed.host);
  const read: NotificationSettings = {
    ...typed,
    host: host.ok ? host.value.host : typed.host,
    trust: typed.security === "none" ? { mode: "system" } : typed.trust,
    to: eachOnce(typed.to.filter((address) => address !== "")),
  };
  const issues: Issue[] = [
    ...(host.ok ? (host.value.port === null ? [] : [{ path: ["host"], code: "host-port-unwanted" }]) : [hostIssue(["host"], host)]),
    ...(Number.isInteger(read.port) && read.port >= 1 && read.port <= MOST_PORT ? [] : [{ path: ["port"], code: "smtp-port" }]),
    ...accountIssues(read),
    ...trustIssue(read),
    ...addressIssue(["from"], read.from),
    ...(read.to.length === 0 ? [{ path: ["to"], code: "too_small" }] : []),
    ...(read.to.length > MOST_RECIPIENTS ? [{ path: ["to"], code: "recipients-many", facts: { most: MOST_RECIPIENTS } }] : []),
    ...read.to.flatMap((address, index) => addressIssue(["to", index], address)),
  ];
  return issues.length === 0 ? succeed(read) : fail({ kind: "invalid", issues });
}

/** The place of the password: the server's host, and how it is protected on the way. The port says nothing of whose host it is. */
export function mailPlace({ host, security, trust }: NotificationSettings): SecretPlace {
  const word = { tls: "ldaps", starttls: "starttls", none: "none" } as const;
  return { target: ["smtp", host.toLowerCase()], directory: { controllers: [], dnsServer: null, security: word[security], trust: trustText(trust) } };
}

/** Which events are mailed, by their kind. What no row names is not. */
const MAILED: Readonly<Record<string, (events: MailedEvents, notice: MailedNotice) => boolean>> = {
  "server-offline": ({ serverOffline }) => serverOffline,
  "server-online": ({ serverBack }) => serverBack,
  "expires-soon": ({ expiry }) => expiry,
  "job-halted": ({ jobHalted }) => jobHalted,
  "job-ended": ({ jobEnded }, { failed = 0 }) => jobEnded === "always" || (jobEnded === "with-failures" && failed > 0),
};

/** Whether what happened is mailed. */
export function isMailed(events: MailedEvents, notice: MailedNotice): boolean {
  return Object.hasOwn(MAILED, notice.kind) && MAILED[notice.kind]?.(events, notice) === true;
}

/**
 * What an SMTP server's refusal means. Reply codes are RFC 5321, 4.2.3 (450, 451, 452 of a mailbox: 4.5.3.1.10 and RFC 6647, greylisting),
 * of signing in RFC 4954, 6; enhanced codes RFC 3463, 3. The code and the command that was answered decide, and the words never do.
 */
import type { Fault, MailRefusal, SignInReason } from "../../shared/fault.ts";

/** An answer that was a refusal. */
export interface Reply {
  /** The command that was answered, such as `AUTH PLAIN`, `RCPT TO`; `CONN` for the greeting. */
  readonly command: string;
  readonly code: number;
  /** The enhanced code, such as `5.7.57`; null where there is none. */
  readonly enhanced: string | null;
}

/** A reply out of its line, such as `535 5.7.8 Authentication credentials invalid`. Null for what is no refusal. */
export function readReply(command: string, line: string): Reply | null {
  const [, code, enhanced] = /^([45]\d{2})(?:[ -]([45]\.\d{1,3}\.\d{1,3})\b)?/.exec(line) ?? [];
  return code === undefined ? null : { command, code: Number(code), enhanced: enhanced ?? null };
}

/** What refuses an account, by code (RFC 4954, 4 and 6). */
const SIGN_IN: Readonly<Record<string, SignInReason>> = {
  "432": "password-must-change",
  "454": "temporarily-unavailable",
  "535": "wrong-credentials",
  "538": "encryption-required",
};

/**
 * What refuses every account, by the enhanced code first. 5.7.139 is Exchange Online's (learn.microsoft.com, "Enable or disable
 * authenticated client SMTP submission (SMTP AUTH) in Exchange Online"); 504 and 534 (RFC 4954, 4 and 6) refuse the way of signing in.
 */
const NO_WAY_IN: Readonly<Record<string, MailRefusal>> = {
  "5.7.139": "smtp-sign-in-disabled",
  "504": "sign-in-not-offered",
  "534": "sign-in-not-offered",
};

/** Too big: 552 and 554 with 5.3.4 (RFC 1870, 6.1; RFC 3463, 3.4), 5.2.3 for one mailbox; 523 is an older name of the same. */
function isTooBig({ command, code, enhanced }: Reply): boolean {
  return enhanced === "5.3.4" || enhanced === "5.2.3" || code === 523 || (code === 552 && enhanced === null && command !== "RCPT TO");
}

/** Not allowed to send as that address: 5.7.60 is Exchange's (learn.microsoft.com, "Email non-delivery reports and SMTP errors in Exchange Online"), 5.1.8 RFC 3463. */
function isOfSender({ command, enhanced }: Reply): boolean {
  return command === "MAIL FROM" || enhanced === "5.7.60" || enhanced === "5.1.8" || enhanced === "5.1.7";
}

function whyRefused(reply: Reply): MailRefusal {
  const { command, code } = reply;
  if (command === "STARTTLS") return "tls-not-offered";
  // RFC 4954, 6: authentication required; Exchange's front end says 530 5.7.57.
  if (code === 530) return "account-needed";
  if (isTooBig(reply)) return "message-too-big";
  if (code < 500) return command === "RCPT TO" && (code === 450 || code === 451) ? "greylisted" : "busy";
  if (command === "CONN" || command === "EHLO" || command === "HELO") return "no-service";
  if (isOfSender(reply)) return "sender-refused";
  return command === "RCPT TO" ? "recipients-refused" : "message-refused";
}

/** The fault of a refusal; `facts` are the host, the addresses it is about and the server's words. */
export function refusalFault(reply: Reply, facts: Omit<Extract<Fault, { kind: "mail-refused" }>, "kind" | "why">): Fault {
  const { command, code, enhanced } = reply;
  if (!command.startsWith("AUTH")) return { kind: "mail-refused", why: whyRefused(reply), ...facts };
  const why = NO_WAY_IN[enhanced ?? ""] ?? NO_WAY_IN[String(code)];
  if (why !== undefined) return { kind: "mail-refused", why, ...facts };
  const detail = [facts.host, facts.detail].filter((part) => part !== undefined).join("\n");
  return { kind: "sign-in", reason: SIGN_IN[String(code)] ?? (code < 500 ? "temporarily-unavailable" : "refused"), ...(detail === "" ? {} : { detail }) };
}

const FOR_A_WHILE: ReadonlySet<string> = new Set<MailRefusal>(["greylisted", "busy", "closed-early", "perhaps-sent"]);

/** Whether the same mail may be taken a while later, without anybody changing anything. After a connection that broke off RFC 5321, 4.5.4.1 has it sent again. */
export function isPassing(fault: Fault): boolean {
  if (fault.kind === "mail-refused") return FOR_A_WHILE.has(fault.why);
  if (fault.kind === "sign-in") return fault.reason === "temporarily-unavailable";
  return fault.kind === "timeout" || fault.kind === "unreachable";
}

/** One mail over SMTP (RFC 5321): the house's own way to the server, nodemailer's conversation over it. */
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { NotificationSettings } from "../../shared/model/notification-mail.ts";
import { dial, firstFailure } from "../network/dial.ts";
import { farWords } from "../network/far-words.ts";
import { limit } from "../network/limit.ts";
import { lendTls, type LentTls } from "../network/tls-client.ts";
import type { Clock, NameResolver } from "../ports.ts";
import { createConversation, type Conversation } from "./conversation.ts";
import { composeMail, type MailMessage } from "./message.ts";

export type SmtpServer = Pick<NotificationSettings, "host" | "port" | "security" | "trust">;

export interface MailAccount {
  readonly username: string;
  readonly password: string;
}

export interface SendDependencies {
  readonly resolver: NameResolver;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears each rung to the server as it ends: dns, tcp and, without STARTTLS, tls. */
  readonly onRung?: (rung: RungResult) => void;
  /** For all of it, in milliseconds. */
  readonly timeoutMs?: number;
}

/** What came of a mail: each address was taken or refused. */
export interface Sent {
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly address: string; readonly fault: Fault }[];
}

/** A server may take its time over what it is given (RFC 5321, 4.5.3.2 has minutes); nobody waits for a notice that long. */
const TIMEOUT_MS = 60_000;

/** How long a server has for its answer to QUIT, in milliseconds. */
const LEAVE_MS = 2_000;

/** The largest answer that is read, in octets. */
const LONGEST_ANSWER = 64 * 1024;

/**
 * Sends a mail to everybody whose address the server takes, or to nobody. The password travels over TLS whose certificate was judged, or
 * not at all. Faults: `unreachable` on the way, `sign-in` and `mail-refused` for what the server says, `timeout` and `cancelled` before the
 * mail was handed over; after that it is `mail-refused: perhaps-sent`. None of them holds the password, however the server repeats it.
 */
export async function sendMail(server: SmtpServer, account: MailAccount | null, message: MailMessage, deps: SendDependencies): Promise<Result<Sent>> {
  const { host, port, security, trust } = server;
  const { resolver, clock, signal, onRung, timeoutMs = TIMEOUT_MS } = deps;
  if (security === "none" && account !== null) return fail({ kind: "invalid", issues: [{ path: ["security"], code: "password-needs-tls" }] });
  const started = clock.elapsed();
  const content = await composeMail(message);
  const dialled = await dial({ host, port, tls: security === "tls" ? { trust } : null, resolver, dnsServer: null, clock, signal, timeoutMs, ...(onRung === undefined ? {} : { onRung }) });
  const { socket } = dialled;
  if (socket === null) return fail(firstFailure(dialled.rungs) ?? { kind: "cancelled" });
  const bound = limit(signal, clock, Math.max(1, timeoutMs - (clock.elapsed() - started)));
  const lent = security === "starttls" ? lendTls({ host, trust, authorities: resolver.authorities }) : null;
  const connection = new SMTPConnection({
    connection: socket,
    host,
    port,
    secure: security === "tls",
    secured: security === "tls",
    // Without an offer it asks all the same, and the server's answer ends it: an offer that somebody took out changes nothing.
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(lent === null ? {} : { tls: lent.options }),
    logger: false,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxResponseSize: LONGEST_ANSWER,
    // Whatever lies on top is destroyed at once: a socket that is taken away from below TLS in the middle of its handshake ends the process.
    socketCloseTimeout: 0,
  });
  const words = (text: string) => farWords([text], account === null ? [] : secretsOf(account));
  const conversation = createConversation(connection, { host, words, stopped: bound.signal, stop: () => (signal.aborted ? { kind: "cancelled" } : { kind: "timeout", phase: "response", afterMs: timeoutMs }) });
  try {
    return await converse(conversation, { connection, lent, account, message, content });
  } finally {
    bound.dispose();
    conversation.end();
    clock.after(LEAVE_MS, () => connection.close());
  }
}

/** The password in the forms in which it is sent: a server that repeats a line repeats one of them. */
function secretsOf({ username, password }: MailAccount): readonly string[] {
  const encoded = [`\0${username}\0${password}`, password].map((text) => Buffer.from(text, "utf8").toString("base64"));
  return [password, ...encoded, ...encoded.map((text) => text.replace(/=+$/, ""))];
}

interface Exchange {
  readonly connection: SMTPConnection;
  readonly lent: LentTls | null;
  readonly account: MailAccount | null;
  readonly message: MailMessage;
  readonly content: Buffer;
}

async function converse(conversation: Conversation, { connection, lent, account, message, content }: Exchange): Promise<Result<Sent>> {
  const greeted = await conversation.step<null>((done) => connection.connect((error) => done(error ?? null, null)));
  if (!greeted.ok) return greeted;
  // So far nothing but EHLO went over it.
  const distrust = lent?.judge(connection._socket) ?? null;
  if (distrust !== null) return fail(distrust);
  if (account !== null) {
    if (!connection.allowsAuth) return conversation.refuse("sign-in-not-offered");
    const { username: user, password: pass } = account;
    const signedIn = await conversation.step<null>((done) => connection.login({ user, pass }, (error) => done(error, null)));
    if (!signedIn.ok) return signedIn;
  }
  // Asked for once the server has said that it takes the mail.
  const body = new Readable({
    read() {
      conversation.handedOver();
      this.push(content);
      this.push(null);
    },
  });
  const envelope = { from: message.from, to: [...message.to], size: content.length };
  const sent = await conversation.step<SMTPConnection.SentMessageInfo>((done) => connection.send(envelope, body, done));
  if (!sent.ok) return sent;
  const { accepted, rejectedErrors = [] } = sent.value;
  return succeed({ accepted, refused: rejectedErrors.map((error) => ({ address: error.recipient ?? "", fault: conversation.faultOf(error) })) });
}

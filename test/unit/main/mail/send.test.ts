import { assert, asyncProperty, constantFrom, string } from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SMTPServerOptions } from "smtp-server";
import { composeMail, messageIdOf, type MailMessage } from "../../../../main/mail/message.ts";
import { sendMail, type MailAccount, type SendDependencies, type SmtpServer } from "../../../../main/mail/send.ts";
import type { CertificateFlaw, Pki } from "../../../../main/practice/pki.ts";
import type { Fault, Result } from "../../../../shared/fault.ts";
import { HOST, neverAborted, resolverTo, systemClock, tcpServer, temporaryPki } from "../network/support.ts";
import { ACCOUNT, PASSWORD, reply, settingsOf, smtpServer, type TestSmtpServer } from "./support.ts";

let pki: Pki;
let remove: () => Promise<void>;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const MESSAGE: MailMessage = {
  from: "console@contoso.lab",
  to: ["anna@contoso.lab", "ben@contoso.lab"],
  subject: "exa.contoso.lab went offline",
  text: "exa.contoso.lab went offline\n.\nthe end",
  at: Date.UTC(2026, 10, 28),
  messageId: "<1@contoso.lab>",
};

async function serve(changes: SMTPServerOptions = {}, flaw: CertificateFlaw | null = null): Promise<TestSmtpServer> {
  const server = await smtpServer(pki, changes, flaw);
  opened.push(server);
  return server;
}

function send(port: number, server: SmtpServer, { account = ACCOUNT, message = MESSAGE, ...changes }: Partial<SendDependencies> & { account?: MailAccount | null; message?: MailMessage } = {}) {
  const resolver = resolverTo([{ address: "127.0.0.1", port }], [pki.authorityPem]);
  return sendMail(server, account, message, { resolver, clock: systemClock, signal: neverAborted, timeoutMs: 5000, ...changes });
}

function faultOf(result: Result<unknown>): Fault | null {
  return result.ok ? null : result.fault;
}

/** The kind of a fault with its reason. */
function short(result: Result<unknown>): string {
  const fault = faultOf(result);
  if (fault === null) return "sent";
  if (fault.kind === "mail-refused") return fault.why;
  return fault.kind === "unreachable" || fault.kind === "sign-in" ? `${fault.kind} ${fault.reason}` : fault.kind;
}

/** A server that says the lines of `answers` to the commands that begin so, and 250 to all others. */
async function scripted(answers: Readonly<Record<string, string | null>>, greeting = "220 mail.contoso.lab ESMTP") {
  const heard: string[] = [];
  const server = await tcpServer((socket) => {
    socket.write(`${greeting}\r\n`);
    let inData = false;
    socket.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString("utf8").split("\r\n").filter((each) => each !== "")) {
        heard.push(line);
        if (inData && line !== ".") continue;
        const found = Object.entries(answers).find(([command]) => line.toUpperCase().startsWith(command));
        inData = line === "DATA";
        const answer = found === undefined ? (inData ? "354 go on" : "250 OK") : found[1];
        if (answer === null) socket.destroy();
        else socket.write(`${answer}\r\n`);
      }
    });
  });
  opened.push(server);
  return { port: server.port, heard };
}

describe("a mail that is taken", () => {
  test("goes after STARTTLS, with the account, to everybody", async () => {
    const server = await serve();
    const sent = await send(server.port, settingsOf("starttls"));
    expect(sent).toEqual({ ok: true, value: { accepted: MESSAGE.to, refused: [] } });
    expect(server.taken).toMatchObject([{ from: MESSAGE.from, to: MESSAGE.to, secure: true, user: ACCOUNT.username }]);
    const raw = server.taken[0]?.raw ?? "";
    expect(raw).toContain("Subject: exa.contoso.lab went offline\r\n");
    expect(raw).toContain("Message-ID: <1@contoso.lab>\r\n");
    expect(raw).toContain("\r\n.\r\nthe end");
  });

  test("goes over TLS from the first byte", async () => {
    const server = await serve({ secure: true });
    expect(short(await send(server.port, settingsOf("tls", { port: 465 })))).toBe("sent");
    expect(server.taken).toMatchObject([{ secure: true, user: ACCOUNT.username }]);
  });

  test("goes without an account and without protection where that is asked for", async () => {
    const server = await serve();
    expect(short(await send(server.port, settingsOf("none", { port: 25 }), { account: null }))).toBe("sent");
    expect(server.taken).toMatchObject([{ secure: false, user: null }]);
  });

  test("goes to a server whose very certificate was accepted", async () => {
    const server = await serve({}, "self-signed");
    const refused = await send(server.port, settingsOf("starttls"));
    expect(short(refused)).toBe("unreachable certificate-self-signed");
    const sha256 = "0".repeat(64);
    const changed = await send(server.port, settingsOf("starttls", { trust: { mode: "pinned", sha256 } }));
    expect(faultOf(changed)).toMatchObject({ reason: "certificate-changed" });
    const presented = faultOf(changed);
    const pin = presented?.kind === "unreachable" ? (presented.detail ?? "") : "";
    expect(short(await send(server.port, settingsOf("starttls", { trust: { mode: "pinned", sha256: pin } })))).toBe("sent");
  });

  test("names those who were refused beside those who were not", async () => {
    const server = await serve({ onRcptTo: ({ address }, _session, done) => done(address.startsWith("ben") ? reply(550, "5.1.1 User unknown") : null) });
    const sent = await send(server.port, settingsOf("starttls"));
    expect(sent).toMatchObject({ ok: true, value: { accepted: ["anna@contoso.lab"], refused: [{ address: "ben@contoso.lab", fault: { kind: "mail-refused", why: "recipients-refused", recipients: ["ben@contoso.lab"] } }] } });
  });
});

describe("a certificate that is not trusted", () => {
  test.each([
    ["wrong-name", "unreachable name-mismatch"],
    ["expired", "unreachable certificate-expired"],
    ["untrusted", "unreachable certificate-issuer-unknown"],
    ["self-signed", "unreachable certificate-self-signed"],
  ] as const)("%s: ends it before the password, with STARTTLS and without", async (flaw, fault) => {
    const [late, early] = [await serve({}, flaw), await serve({ secure: true }, flaw)];
    expect(short(await send(late.port, settingsOf("starttls")))).toBe(fault);
    expect(short(await send(early.port, settingsOf("tls")))).toBe(fault);
    expect([...late.told, ...early.told, ...late.taken, ...early.taken]).toEqual([]);
  });
});

describe("what is not protected", () => {
  test("gets no password: nothing is even dialled", async () => {
    const server = await serve();
    const refused = await send(server.port, settingsOf("none"));
    expect(faultOf(refused)).toEqual({ kind: "invalid", issues: [{ path: ["security"], code: "password-needs-tls" }] });
    expect(server.told).toEqual([]);
  });

  test("a STARTTLS that somebody took out of the answers ends it", async () => {
    const server = await serve({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    expect(short(await send(server.port, settingsOf("starttls")))).toBe("tls-not-offered");
    const { port, heard } = await scripted({ EHLO: "250-mail.contoso.lab\r\n250 AUTH PLAIN LOGIN", STARTTLS: "454 TLS not available due to temporary reason" });
    expect(short(await send(port, settingsOf("starttls")))).toBe("tls-not-offered");
    expect([heard.some((line) => line.startsWith("AUTH")), server.told]).toEqual([false, []]);
  });

  test("an answer that somebody put behind the STARTTLS is not believed", async () => {
    const { port, heard } = await scripted({ EHLO: "250-mail.contoso.lab\r\n250 STARTTLS", STARTTLS: "220 go on\r\n250-mail.contoso.lab\r\n250 AUTH PLAIN" });
    expect(short(await send(port, settingsOf("starttls")))).toMatch(/^unreachable /);
    expect(heard.some((line) => line.startsWith("AUTH"))).toBe(false);
  });
});

describe("a server that refuses", () => {
  const plain = settingsOf("none");
  const from = (answers: Readonly<Record<string, string | null>>, greeting?: string) =>
    scripted({ EHLO: "250-mail.contoso.lab\r\n250 SIZE 1000000", ...answers }, greeting).then(({ port }) => send(port, plain, { account: null }));

  test.each([
    [{ "MAIL FROM": "530 5.7.57 Client not authenticated to send mail" }, "account-needed"],
    [{ "MAIL FROM": "550 5.7.1 Not allowed" }, "sender-refused"],
    [{ "MAIL FROM": "552 5.3.4 Message size exceeds fixed limit" }, "message-too-big"],
    [{ "MAIL FROM": "421 4.3.2 Service not available" }, "busy"],
    [{ "RCPT TO": "550 5.1.1 User unknown" }, "recipients-refused"],
    [{ "RCPT TO": "451 4.7.1 Greylisted, try again" }, "greylisted"],
    [{ "RCPT TO": "450 4.2.0 Greylisted" }, "greylisted"],
    [{ "RCPT TO": "452 4.5.3 Too many recipients" }, "busy"],
    [{ ".": "550 5.7.60 Client does not have permissions to send as this sender" }, "sender-refused"],
    [{ ".": "554 5.6.0 Message content rejected" }, "message-refused"],
    [{ ".": "552 5.3.4 too large" }, "message-too-big"],
    [{ EHLO: "500 what" , HELO: "550 no" }, "no-service"],
  ] as const)("%o is told as %s", async (answers, why) => {
    const result = await from(answers);
    expect(short(result)).toBe(why);
    expect(faultOf(result)).toMatchObject({ kind: "mail-refused", host: HOST });
  });

  test("greets with a refusal, or with what is no SMTP at all", async () => {
    expect(short(await from({}, "554 5.7.1 No service"))).toBe("no-service");
    expect(short(await from({}, "HTTP/1.1 400 Bad Request"))).toBe("not-smtp");
  });

  test("lets the connection go: before the mail nothing was sent, after it nobody knows", async () => {
    expect(short(await from({ "MAIL FROM": null }))).toBe("closed-early");
    expect(short(await from({ ".": null }))).toBe("perhaps-sent");
  });

  test("says nothing for too long, also after the mail was handed over", async () => {
    const silent = await tcpServer(() => undefined);
    opened.push(silent);
    expect(short(await send(silent.port, plain, { account: null, timeoutMs: 200 }))).toBe("timeout");
    const late = await serve({ onData: (stream) => void stream.resume() });
    expect(short(await send(late.port, plain, { account: null, timeoutMs: 400 }))).toBe("perhaps-sent");
  });

  test("falls silent in the middle of the TLS handshake", async () => {
    const silent = await tcpServer((socket) => {
      socket.write("220 mail.contoso.lab ESMTP\r\n");
      socket.on("data", (chunk: Buffer) => {
        const line = chunk.toString("latin1");
        if (line.startsWith("EHLO")) socket.write("250-mail.contoso.lab\r\n250 STARTTLS\r\n");
        if (line.startsWith("STARTTLS")) socket.write("220 go on\r\n");
      });
    });
    opened.push(silent);
    expect(short(await send(silent.port, settingsOf("starttls"), { timeoutMs: 300 }))).toBe("timeout");
  });

  test("a message bigger than the server said is not begun", async () => {
    const { port, heard } = await scripted({ EHLO: "250-mail.contoso.lab\r\n250 SIZE 100" });
    expect(short(await send(port, plain, { account: null }))).toBe("message-too-big");
    expect(heard.some((line) => line.startsWith("MAIL"))).toBe(false);
  });
});

describe("a refused account", () => {
  test.each([
    ["535 5.7.8 Authentication credentials invalid", "sign-in wrong-credentials"],
    ["535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant", "smtp-sign-in-disabled"],
    ["454 4.7.0 Temporary authentication failure", "sign-in temporarily-unavailable"],
    ["432 4.7.12 A password transition is needed", "sign-in password-must-change"],
    ["504 5.5.4 Unrecognized authentication type", "sign-in-not-offered"],
  ] as const)("%s is told as %s", async (said, expected) => {
    const [code = "", ...words] = said.split(" ");
    const server = await serve({ onAuth: (_auth, _session, done) => done(reply(Number(code), words.join(" "))) });
    expect(short(await send(server.port, settingsOf("starttls")))).toBe(expected);
  });

  test("is not tried where the server offers no sign-in", async () => {
    const server = await serve({ disabledCommands: ["AUTH"] });
    expect(short(await send(server.port, settingsOf("starttls")))).toBe("sign-in-not-offered");
  });
});

describe("the way to the server", () => {
  test("names what failed on it", async () => {
    expect(short(await send(1, settingsOf("starttls", { host: "smtp.contoso.lab" })))).toBe("unreachable name-not-found");
    expect(short(await send(1, settingsOf("starttls")))).toBe("unreachable refused");
    const server = await serve();
    expect(short(await send(server.port, settingsOf("tls")))).toBe("unreachable not-tls");
  });

  test("ends when it is cancelled", async () => {
    const cancelled = new AbortController();
    const server = await serve({ onMailFrom: () => cancelled.abort() });
    expect(short(await send(server.port, settingsOf("starttls"), { signal: cancelled.signal }))).toBe("cancelled");
  });
});

describe("secrets", () => {
  test("a password that the server repeats, as it is or encoded, is in no fault", async () => {
    const plainForm = Buffer.from(`\0${ACCOUNT.username}\0${PASSWORD}`, "utf8").toString("base64");
    const alone = Buffer.from(PASSWORD, "utf8").toString("base64");
    for (const authMethods of [["PLAIN"], ["LOGIN"]]) {
      const server = await serve({ authMethods, onAuth: (_auth, _session, done) => done(reply(535, `5.7.8 ${PASSWORD} ${plainForm} ${alone} is wrong`)) });
      const told = JSON.stringify(await send(server.port, settingsOf("starttls")));
      expect(told).toContain("wrong-credentials");
      for (const secret of [PASSWORD, plainForm, alone]) expect(told).not.toContain(secret);
    }
  });
});

describe("headers", () => {
  test("whatever a subject holds, it begins no other header", async () => {
    await assert(
      asyncProperty(string({ unit: constantFrom("\r", "\n", "\u2028", "\u0085", "B", "c", "c", ":", " ", "é", "=", "?") }), async (subject) => {
        const raw = (await composeMail({ ...MESSAGE, subject: `x${subject}Bcc: eve@evil.example` })).toString("utf8");
        const [head = ""] = raw.split("\r\n\r\n");
        const names = head.replaceAll(/\r\n[ \t]/g, " ").split("\r\n").map((line) => line.split(":")[0]);
        expect(new Set(names)).toEqual(new Set(["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]));
        expect(names).toHaveLength(9);
      }),
    );
  });

  test("an address with a line end in it reaches no command", async () => {
    const server = await serve();
    const message = { ...MESSAGE, to: ["anna@contoso.lab>\r\nRCPT TO:<eve@evil.example"] };
    expect(short(await send(server.port, settingsOf("starttls"), { message }))).toBe("message-refused");
    expect(server.taken).toEqual([]);
  });

  test("a Message-ID is in the sender's domain", () => {
    expect(messageIdOf("4f2c", "console@contoso.lab")).toBe("<4f2c@contoso.lab>");
  });
});

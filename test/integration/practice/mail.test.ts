/** The practice organisation's SMTP server, met as the console meets one. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sendMail, type MailAccount } from "../../../main/mail/send.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { clock, noSignal, openPractice, type Practice } from "./support.ts";

const ACCOUNT = { username: "CONTOSO\\svc-mail", password: PRACTICE_PASSWORD };

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());
afterEach(() => practice.does("reset"));

async function send(to: string, { account = ACCOUNT, port = 587 }: { account?: MailAccount | null; port?: 587 | 465 | 25 } = {}): Promise<string> {
  const security = port === 465 ? "tls" : port === 587 ? "starttls" : "none";
  const message = { from: "console@contoso.lab", to: [to], subject: "test", text: "test", at: 0, messageId: "<1@contoso.lab>" };
  const sent = await sendMail({ host: "smtp.contoso.lab", port, security, trust: { mode: "system" } }, account, message, { resolver: practice.resolver, clock, signal: noSignal, timeoutMs: 5000 });
  if (sent.ok) return "sent";
  const { fault } = sent;
  return fault.kind === "mail-refused" ? fault.why : fault.kind === "sign-in" || fault.kind === "unreachable" ? fault.reason : fault.kind;
}

test("takes a mail over STARTTLS and over TLS, and counts it", async () => {
  expect(await send("anna@contoso.lab")).toBe("sent");
  expect(await send("anna@contoso.lab", { port: 465 })).toBe("sent");
  expect(practice.port.components().find(({ id }) => id === "smtp")).toMatchObject({ detail: "2", state: "up" });
});

test("refuses as real servers do", async () => {
  expect(await send("anna@contoso.lab", { account: { ...ACCOUNT, password: "wrong" } })).toBe("wrong-credentials");
  expect(await send("anna@contoso.lab", { account: null })).toBe("account-needed");
  expect(await send("nobody@contoso.lab")).toBe("recipients-refused");
  expect(await send("anna@contoso.lab", { port: 25, account: null })).toBe("refused");
  expect([await send("ben@greylisted.lab"), await send("ben@greylisted.lab")]).toEqual(["greylisted", "sent"]);
});

test.each([
  ["down", "refused"],
  ["wrong-account", "wrong-credentials"],
  ["no-starttls", "tls-not-offered"],
  ["wrong-name", "name-mismatch"],
  ["drop", "perhaps-sent"],
])("%s: %s", async (verb, outcome) => {
  await practice.does(verb, "smtp");
  expect(await send("anna@contoso.lab")).toBe(outcome);
});

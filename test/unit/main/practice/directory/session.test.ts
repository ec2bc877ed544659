import { BindRequest, DeleteRequest, ExtendedRequest, ModifyDNRequest, PresenceFilter, SearchRequest, UnbindRequest } from "ldapts";
import { beforeEach, describe, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../../../main/practice/directory/accounts.ts";
import { Elements } from "../../../../../main/practice/directory/elements.ts";
import { buildEntries } from "../../../../../main/practice/directory/entries.ts";
import { decodeMessage } from "../../../../../main/practice/directory/messages.ts";
import { createSession, type DirectoryView, type Session } from "../../../../../main/practice/directory/session.ts";
import { createWritten } from "../../../../../main/practice/directory/written.ts";
import { createOrganisation } from "../../../../../main/practice/organisation.ts";

const organisation = createOrganisation({ domain: "contoso.lab", netbios: "CONTOSO", exchange: "Contoso" });
const whole: DirectoryView = {
  tree: buildEntries(organisation, { exchange: true }),
  written: createWritten(),
  controller: { host: "dc1.contoso.lab", domain: "contoso.lab", netbios: "CONTOSO" },
  signInFailure: null,
  hardened: false,
  certificate: true,
  now: Date.UTC(2026, 0, 5, 9, 30),
};

let view: DirectoryView;
let session: Session;
beforeEach(() => {
  view = whole;
  session = createSession(() => view);
});

interface Read {
  readonly tag: number;
  readonly code: number | null;
  readonly text: string;
}

interface Writable {
  write(): Buffer;
}

/** Sends a message of the client's library and reads the answers: tag, result code where it has one, raw text. */
function send(message: Writable, secure = true): { readonly answers: readonly Read[]; readonly next: string } {
  const bytes = message.write();
  const { messages, next } = session.answer(decodeMessage(new Elements(bytes).next(0x30).content), secure);
  const answers = messages.map((answer) => {
    const inner = new Elements(new Elements(answer).next(0x30).content);
    inner.integer();
    const { tag, content } = inner.next();
    const result = new Elements(content);
    return { tag, code: result.peek() === 0x0a ? result.integer(0x0a) : null, text: content.toString("latin1") };
  });
  return { answers, next };
}

const codeOf = (message: Writable, secure = true) => send(message, secure).answers.at(-1)?.code;
const bind = (dn: string, password: string) => new BindRequest({ messageId: 1, dn, password });
const read = () => new SearchRequest({ messageId: 2, baseDN: "DC=contoso,DC=lab", scope: "base", filter: new PresenceFilter({ attribute: "objectClass" }) });

describe("who is signed in", () => {
  test("a name without a password is nobody, and let in as such", () => {
    expect(codeOf(bind("svc-mail@contoso.lab", ""))).toBe(0);
    expect(codeOf(read())).toBe(1);
    expect(codeOf(bind("", ""))).toBe(0);
    expect(codeOf(read())).toBe(1);
  });

  test("signing in as nobody signs out", () => {
    expect([codeOf(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD)), codeOf(read())]).toEqual([0, 0]);
    expect([codeOf(bind("", "")), codeOf(read())]).toEqual([0, 1]);
  });

  test("other methods and versions are refused", () => {
    expect(codeOf(new BindRequest({ messageId: 1, mechanism: "PLAIN", password: "x" }))).toBe(7);
    const old = bind("svc-mail@contoso.lab", PRACTICE_PASSWORD);
    old.version = 2;
    expect(codeOf(old)).toBe(2);
  });

  test("a hardened controller wants TLS before it looks at the password", () => {
    view = { ...whole, hardened: true };
    expect(codeOf(bind("svc-mail@contoso.lab", "wrong"), false)).toBe(8);
    expect(codeOf(bind("svc-mail@contoso.lab", "wrong"), true)).toBe(49);
    expect(codeOf(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD), true)).toBe(0);
  });

  test("a failure that comes in force later counts at the next sign-in", () => {
    expect(codeOf(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD))).toBe(0);
    view = { ...whole, signInFailure: "locked" };
    expect(codeOf(read())).toBe(0);
    expect(send(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD)).answers[0]?.text).toContain("data 775");
  });
});

describe("requests", () => {
  test("the rootDSE tells the time of the clock", () => {
    const request = new SearchRequest({ messageId: 2, baseDN: "", scope: "base", filter: new PresenceFilter({ attribute: "objectClass" }), attributes: ["currentTime"] });
    const { answers } = send(request);
    expect(answers.map(({ tag }) => tag)).toEqual([0x64, 0x65]);
    expect(answers[0]?.text).toContain("20260105093000.0Z");
  });

  test("types only come without values", () => {
    send(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD));
    const request = read();
    request.returnAttributeValues = false;
    const [entry] = send(request).answers;
    expect(entry?.text).toContain("objectCategory");
    expect(entry?.text).not.toContain("CN=Domain-DNS");
  });

  test("changes are answered in their own kind: not signed in, not allowed", () => {
    const remove = new DeleteRequest({ messageId: 3, dn: "CN=svc-mail,OU=Service Accounts,DC=contoso,DC=lab" });
    const rename = new ModifyDNRequest({ messageId: 4, dn: "CN=a,DC=lab", newRdn: "CN=b", deleteOldRdn: true });
    expect(send(remove).answers).toMatchObject([{ tag: 0x6b, code: 1 }]);
    send(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD));
    expect(send(remove).answers).toMatchObject([{ tag: 0x6b, code: 50 }]);
    expect(send(rename).answers).toMatchObject([{ tag: 0x6d, code: 50 }]);
  });

  test("StartTLS leads on, but not where TLS is there already", () => {
    const startTls = new ExtendedRequest({ messageId: 5, oid: "1.3.6.1.4.1.1466.20037" });
    expect(send(startTls, false)).toMatchObject({ next: "start-tls", answers: [{ code: 0 }] });
    expect(send(startTls, true)).toMatchObject({ next: "continue", answers: [{ code: 1 }] });
  });

  test("who am I is asked and answered", () => {
    const whoAmI = new ExtendedRequest({ messageId: 6, oid: "1.3.6.1.4.1.4203.1.11.3" });
    expect(send(whoAmI).answers[0]?.text).not.toContain("u:");
    send(bind("svc-mail@contoso.lab", PRACTICE_PASSWORD));
    expect(send(whoAmI).answers[0]?.text).toContain(String.raw`u:CONTOSO\svc-mail`);
  });

  test("unbind has no answer and ends it", () => {
    expect(send(new UnbindRequest({ messageId: 7 }))).toEqual({ answers: [], next: "close" });
  });
});

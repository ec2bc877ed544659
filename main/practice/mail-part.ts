/**
 * The SMTP server of the practice organisation, `smtp.contoso.lab`: STARTTLS on 587, TLS on 465, nothing on 25. It takes mail from one
 * account and refuses as servers do, in their words: 535 5.7.8 and 530 5.7.57 as Exchange's front end (learn.microsoft.com, "Email
 * non-delivery reports and SMTP errors in Exchange Online"), 550 5.1.1 (RFC 3463, 3.2), and 451 4.7.1 as greylisting servers do (RFC 6647, 5).
 */
import { once } from "node:events";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import { fail, succeed } from "../../shared/fault.ts";
import { PRACTICE_PASSWORD } from "./directory/accounts.ts";
import { LOOPBACK } from "./loopback.ts";
import type { MakePart } from "./part.ts";
import type { Identity } from "./pki.ts";

const HOST = "smtp.contoso.lab";
/** Two names of the one account, whose password is every practice account's. */
const ACCOUNTS: readonly string[] = ["svc-mail@contoso.lab", "contoso\\svc-mail"];
/** Everybody has a mailbox but this one. */
const NOBODY = "nobody@contoso.lab";
/** Mail for this domain is put off the first time. */
const GREYLISTED = "@greylisted.lab";

/** `wrong-account` refuses every password, `drop` takes the mail and ends the connection instead of an answer. */
const smtpStates = ["up", "down", "wrong-account", "no-starttls", "wrong-name", "drop"] as const;
type SmtpState = (typeof smtpStates)[number];

/** Nothing listens there. */
const CLOSED_PORT = 1;
const CLOSE_MS = 50;
/** No notice is larger. */
const MAX_MAIL = 1024 * 1024;

function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function isSmtpState(verb: string): verb is SmtpState {
  return (smtpStates as readonly string[]).includes(verb);
}

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(optionsOf: (cutOff: (session: SMTPServerSession) => void) => SMTPServerOptions): Promise<Listening> {
  const cutOff = ({ id }: SMTPServerSession) => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  };
  const server: SMTPServer = new SMTPServer({ logger: false, closeTimeout: CLOSE_MS, disableReverseLookup: true, size: MAX_MAIL, authOptional: true, ...optionsOf(cutOff) });
  // A connection's own errors end that connection and nothing else.
  server.on("error", () => undefined);
  const listener = server.listen(0, LOOPBACK);
  await once(listener, "listening");
  const address = listener.address();
  return { port: typeof address === "object" && address !== null ? address.port : CLOSED_PORT, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Opens the SMTP server's part. */
export const mailPart: MakePart = async ({ pki }) => {
  let state: SmtpState = "up";
  let taken = 0;
  const known = new Set<string>();
  const optionsOf = (cutOff: (session: SMTPServerSession) => void): SMTPServerOptions => ({
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = state !== "wrong-account" && ACCOUNTS.includes((username ?? "").toLowerCase()) && password === PRACTICE_PASSWORD;
      if (isKnown) done(null, { user: username });
      else done(reply(535, "5.7.8 Authentication credentials invalid"));
    },
    onMailFrom: (_address, session, done) => done(typeof session.user === "string" ? null : reply(530, "5.7.57 Client not authenticated to send mail")),
    onRcptTo: ({ address }, _session, done) => {
      const to = address.toLowerCase();
      const isNew = to.endsWith(GREYLISTED) && !known.has(to);
      known.add(to);
      if (to === NOBODY) done(reply(550, "5.1.1 User unknown"));
      else done(isNew ? reply(451, "4.7.1 Greylisted, please try again later") : null);
    },
    onData: (stream, session, done) => {
      stream.resume();
      stream.on("end", () => {
        taken += 1;
        if (state === "drop") cutOff(session);
        else done();
      });
    },
  });
  const secured = ({ certificatePem: cert, keyPem: key }: Identity, more: SMTPServerOptions = {}) => (cutOff: (session: SMTPServerSession) => void) => ({ ...optionsOf(cutOff), cert, key, ...more });
  const right = await pki.issue({ names: [HOST] });
  const wrong = await pki.issue({ names: [HOST], flaw: "wrong-name" });
  const opened: Listening[] = [];
  const open = async (listening: Promise<Listening>) => {
    const one = await listening;
    opened.push(one);
    return one.port;
  };
  const ports = {
    587: await open(listen(secured(right))),
    465: await open(listen(secured(right, { secure: true }))),
    "587 wrong-name": await open(listen(secured(wrong))),
    "465 wrong-name": await open(listen(secured(wrong, { secure: true }))),
    "587 no-starttls": await open(listen(secured(right, { hideSTARTTLS: true, disabledCommands: ["STARTTLS"] }))),
  };

  return {
    components: () => [{ id: "smtp", detail: String(taken), kind: "smtp", state, verbs: [...smtpStates] }],
    run(verb, target) {
      if (verb === "reset" && (target === null || target === "smtp")) {
        state = "up";
        known.clear();
      } else if (target !== "smtp") return Promise.resolve(null);
      else if (isSmtpState(verb)) state = verb;
      else return Promise.resolve(fail({ kind: "unsupported", why: "practice-verb", detail: verb }));
      return Promise.resolve(succeed(null));
    },
    route(host, port) {
      if (host !== HOST || (port !== 587 && port !== 465 && port !== 25)) return null;
      if (state === "down" || port === 25) return CLOSED_PORT;
      return state === "wrong-name" ? ports[`${port} wrong-name`] : state === "no-starttls" && port === 587 ? ports["587 no-starttls"] : ports[port];
    },
    forms: () => [],
    files: () => [],
    async dispose() {
      await Promise.all(opened.map((each) => each.close()));
    },
  };
};

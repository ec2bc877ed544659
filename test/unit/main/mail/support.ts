/** SMTP servers on loopback, as real ones answer. */
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { CertificateFlaw, Pki } from "../../../../main/practice/pki.ts";
import type { SmtpServer } from "../../../../main/mail/send.ts";
import { HOST } from "../network/support.ts";

export const PASSWORD = "Tr0ub4dor&3 zażółć";
export const ACCOUNT = { username: "svc-mail@contoso.lab", password: PASSWORD };

/** A mail that was taken, as it came. */
export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | null;
}

export interface TestSmtpServer {
  readonly port: number;
  readonly taken: readonly Taken[];
  /** Passwords that it was told. */
  readonly told: readonly string[];
  close(): Promise<void>;
}

/** An error with the reply that the server gives for it. */
export function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** Takes everything from whoever signs in; `changes` make it another one. */
export async function smtpServer(pki: Pki, changes: SMTPServerOptions = {}, flaw: CertificateFlaw | null = null): Promise<TestSmtpServer> {
  const { certificatePem: cert, keyPem: key } = await pki.issue({ names: [HOST], flaw });
  const taken: Taken[] = [];
  const told: string[] = [];
  const server = new SMTPServer({
    cert,
    key,
    logger: false,
    closeTimeout: 20,
    authOptional: true,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) => {
      told.push(password ?? "");
      if (password === PASSWORD) done(null, { user: username });
      else done(reply(535, "5.7.8 Authentication credentials invalid"));
    },
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      const take = async () => {
        taken.push({ from: mailFrom === false ? "" : mailFrom.address, to: rcptTo.map(({ address }) => address), raw: await text(stream), secure: session.secure, user: typeof session.user === "string" ? session.user : null });
        done();
      };
      void take();
    },
    ...changes,
  });
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    taken,
    told,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function settingsOf(security: SmtpServer["security"], changes: Partial<SmtpServer> = {}): SmtpServer {
  return { host: HOST, port: 587, security, trust: { mode: "system" }, ...changes };
}

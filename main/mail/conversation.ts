/** The steps of one SMTP conversation as results: nodemailer's errors in the console's own words, and a way out of each step. */
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { fail, succeed, type Fault, type MailRefusal, type Result } from "../../shared/fault.ts";
import { socketFault } from "../network/tls-verdict.ts";
import { readReply, refusalFault } from "./replies.ts";

type SmtpError = SMTPConnection.SMTPError;

interface Surroundings {
  readonly host: string;
  /** What the server said, without what is secret; undefined where nothing is left. */
  readonly words: (text: string) => string | undefined;
  /** Aborts when nobody waits any more. */
  readonly stopped: AbortSignal;
  /** Why nobody does. */
  readonly stop: () => Fault;
}

export interface Conversation {
  /** One step; `begin` calls back once. An error of the connection ends it as well. */
  step<T>(begin: (done: (error: SmtpError | null, value: T) => void) => void): Promise<Result<T>>;
  refuse(why: MailRefusal): Result<never>;
  faultOf(error: SmtpError): Fault;
  /** From now on a connection that ends leaves open whether the mail was taken. */
  handedOver(): void;
  /** Takes leave, or lets go of a connection that broke. */
  end(): void;
}

export function createConversation(connection: SMTPConnection, { host, words, stopped, stop }: Surroundings): Conversation {
  let isHandedOver = false;
  let broken: Fault | null = null;
  const refused = (why: MailRefusal, text?: string): Fault => {
    const detail = text === undefined ? undefined : words(text);
    return { kind: "mail-refused", why, host, ...(detail === undefined ? {} : { detail }) };
  };

  const faultOf = (error: SmtpError): Fault => {
    const { command = "CONN", response, recipient, rejectedErrors = [] } = error;
    const reply = response === undefined ? null : readReply(command, response);
    if (reply !== null) {
      // Everybody was refused: the addresses stand beside the one answer that tells most.
      const recipients = rejectedErrors.length > 0 ? rejectedErrors.flatMap((one) => one.recipient ?? []) : recipient === undefined ? [] : [recipient];
      const said = rejectedErrors.length > 0 ? rejectedErrors.map((one) => `${one.recipient ?? ""}: ${one.response ?? ""}`).join("\n") : (response ?? "");
      const detail = words(said);
      return refusalFault(reply, { host, ...(recipients.length === 0 ? {} : { recipients }), ...(detail === undefined ? {} : { detail }) });
    }
    if (isHandedOver) return refused("perhaps-sent");
    return faultOfEnd(error);
  };

  /** Of a connection that ended without a word. */
  const faultOfEnd = (error: SmtpError): Fault => {
    const { code, originalCode, response, command } = error;
    if (code === "ETIMEDOUT") return stop();
    if (code === "EPROTOCOL") return refused("not-smtp", response);
    if (code === "EENVELOPE") return refused("message-refused");
    if (code === "EMESSAGE") return refused("message-too-big");
    if (code === "ETLS" && command === "STARTTLS") return refused("tls-not-offered", response);
    if (code === "ETLS" || connection.upgrading === true) {
      return originalCode === undefined ? { kind: "unreachable", rung: "tls", reason: "tls-failed", host } : socketFault(Object.assign(new Error(originalCode), { code: originalCode }), "tls", host);
    }
    return refused("closed-early");
  };

  const lose = (error: SmtpError) => {
    broken ??= faultOf(error);
  };
  // Stays for the connection's life: what breaks after the end harms nobody.
  connection.on("error", lose);

  return {
    step: (begin) =>
      new Promise((resolve) => {
        const settle = (result: Result<never> | Extract<Parameters<typeof resolve>[0], { ok: true }>) => {
          stopped.removeEventListener("abort", cut);
          connection.off("error", onBroken);
          connection.off("end", onEnd);
          if (!result.ok) broken ??= result.fault;
          resolve(result);
        };
        const cut = () => settle(fail(isHandedOver ? refused("perhaps-sent") : stop()));
        const onBroken = () => settle(fail(broken ?? refused("closed-early")));
        const onEnd = () => settle(fail(broken ?? refused(isHandedOver ? "perhaps-sent" : "closed-early")));
        if (broken !== null) return settle(fail(broken));
        if (stopped.aborted) return cut();
        stopped.addEventListener("abort", cut, { once: true });
        connection.on("error", onBroken);
        connection.on("end", onEnd);
        begin((error, value) => settle(error === null ? succeed(value) : fail(faultOf(error))));
        return undefined;
      }),
    refuse: (why) => fail((broken ??= refused(why))),
    faultOf,
    handedOver: () => {
      isHandedOver = true;
    },
    end: () => {
      if (broken === null) connection.quit();
      else connection.close();
    },
  };
}

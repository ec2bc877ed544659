/** A notice as the octets that go over the connection. */
import MailComposer from "nodemailer/lib/mail-composer";

/** So many characters of a subject are read by whoever gets it (RFC 5322, 2.1.1 has 998 for the line). */
const LONGEST_SUBJECT = 200;

export interface MailMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Plain text; lines end in \n. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The same for each try, so that whoever gets it twice can tell. */
  readonly messageId: string;
}

/** The Message-ID of a key, in the sender's domain. */
export function messageIdOf(key: string, from: string): string {
  return `<${key}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}

/** On one line: nothing that stands in a subject begins another header. */
function onOneLine(subject: string): string {
  return subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, LONGEST_SUBJECT);
}

/** The message as it is sent. Addresses are whole ones, and no lists of them. Auto-Submitted (RFC 3834, 5) keeps replies of absence away. */
export function composeMail({ from, to, subject, text, at, messageId }: MailMessage): Promise<Buffer> {
  const alone = (address: string) => ({ name: "", address });
  const composer = new MailComposer({
    from: alone(from),
    to: to.map(alone),
    subject: onOneLine(subject),
    text,
    date: new Date(at),
    messageId,
    headers: { "Auto-Submitted": "auto-generated" },
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

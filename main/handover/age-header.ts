/** What the head of an age file says before any key is derived (C2SP age specification, "Header" and "The scrypt recipient type"). */

/** Of a head that keeps to the grammar. */
export interface AgeHeader {
  /** The recipient type of each stanza, in the file's order: `scrypt`, `X25519`, `ssh-ed25519`, … */
  readonly recipients: readonly string[];
  /** Base-two logarithm of scrypt's N; null for a file that no passphrase opens. Any number: who derives a key sets the limit. */
  readonly workFactor: number | null;
  /** Bytes up to and with the line of the MAC. */
  readonly size: number;
}

interface Stanza {
  readonly type: string;
  readonly rest: readonly string[];
  /** In bytes. */
  readonly bodyLength: number;
}

const VERSION = "age-encryption.org/v1";
const ARMOUR = "-----BEGIN AGE ENCRYPTED FILE-----";

/** A recipient takes about a hundred bytes, a post-quantum one about two thousand; nobody hands a bundle over to more than this holds. */
const HEADER_LIMIT = 1024 * 1024;
/** White space that is looked past before the armour, as the age tool does. */
const BLANK_LIMIT = 1024;

/** Visible ASCII between single spaces. */
const ARGUMENTS = /^-> [\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const END = "--- ";
/** A line of this many characters is followed by another of the same body, if only an empty one. */
const FULL_LINE = 64;
const MAC_LENGTH = 32;
const SALT_LENGTH = 16;
/** A file key of 16 bytes and its tag. */
const WRAPPED_KEY_LENGTH = 32;

/** Which of the two forms of an age file bytes begin as; null for neither. */
export function ageForm(bytes: Uint8Array): "binary" | "armoured" | null {
  const start = latin1(bytes, BLANK_LIMIT + ARMOUR.length);
  if (start.startsWith(`${VERSION}\n`)) return "binary";
  return /^[\t\n\v\f\r ]*([^]*)/.exec(start)?.[1]?.startsWith(ARMOUR) === true ? "armoured" : null;
}

/**
 * Reads the head of a binary age file. Null for one that is damaged: against the grammar, cut off, or with a scrypt stanza
 * that is not as it must be, which includes one beside others. Stanzas of other types are not looked into.
 */
export function readHeader(bytes: Uint8Array): AgeHeader | null {
  const lines = latin1(bytes, HEADER_LIMIT).split("\n");
  // What no line feed ends is no line.
  lines.pop();
  if (lines[0] !== VERSION) return null;
  const stanzas: Stanza[] = [];
  let next = 1;
  for (let line = lines[next]; line !== undefined && ARGUMENTS.test(line); line = lines[next]) {
    const [, type = "", ...rest] = line.split(" ");
    const body = readBody(lines, next + 1);
    if (body === null) return null;
    stanzas.push({ type, rest, bodyLength: body.length });
    next = body.next;
  }
  const end = lines[next];
  if (stanzas.length === 0 || end?.startsWith(END) !== true || base64Length(end.slice(END.length)) !== MAC_LENGTH) return null;
  const workFactor = workFactorOf(stanzas);
  if (workFactor === "damaged") return null;
  const size = lines.slice(0, next + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return { recipients: stanzas.map(({ type }) => type), workFactor, size };
}

/** One character a byte. */
function latin1({ buffer, byteOffset, byteLength }: Uint8Array, most: number): string {
  return Buffer.from(buffer, byteOffset, Math.min(byteLength, most)).toString("latin1");
}

/** A body of full lines and a shorter one: its length in bytes, and which line comes after it. */
function readBody(lines: readonly string[], first: number): { readonly length: number; readonly next: number } | null {
  let length = 0;
  for (let at = first; ; at += 1) {
    const line = lines[at];
    const bytes = line === undefined || line.length > FULL_LINE ? null : base64Length(line);
    if (line === undefined || bytes === null) return null;
    length += bytes;
    if (line.length < FULL_LINE) return { length, next: at + 1 };
  }
}

/** How many bytes a text in base64 without padding stands for; null where it is not the one way to write them. */
function base64Length(text: string): number | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64").replace(/=+$/, "") === text ? bytes.length : null;
}

function workFactorOf(stanzas: readonly Stanza[]): number | null | "damaged" {
  const stanza = stanzas.find(({ type }) => type === "scrypt");
  if (stanza === undefined) return null;
  const [salt = "", factor = "", ...more] = stanza.rest;
  // Who knows a passphrase must be the only one who can have made the file: others beside it would make that untrue.
  const isSound = stanzas.length === 1 && more.length === 0 && base64Length(salt) === SALT_LENGTH && /^[1-9][0-9]*$/.test(factor);
  return isSound && stanza.bodyLength === WRAPPED_KEY_LENGTH ? Number(factor) : "damaged";
}

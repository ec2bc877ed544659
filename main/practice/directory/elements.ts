/**
 * BER elements out of untrusted bytes. The reader of ldapts knows tags and lengths but trusts them (a length beyond the
 * buffer, or above 2^31, moves its offset out of bounds), so each element is measured here before it is used.
 */
import { Ber, BerReader } from "ldapts";

/** Bytes that are not the BER a request is made of. The connection they came on is closed. */
export class MalformedError extends Error {}

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** The length of a definite BER length field that starts at `offset`, or null while its octets are incomplete. */
function measure(reader: BerReader, offset: number): { readonly start: number; readonly length: number } | null {
  let start: number | null;
  try {
    start = reader.readLength(offset);
  } catch {
    throw new MalformedError("indefinite or overlong length");
  }
  if (start === null) return null;
  if (reader.length < 0) throw new MalformedError("length out of range");
  return { start, length: reader.length };
}

/** Reads elements one after another from a complete content. */
export class Elements {
  readonly #reader: BerReader;

  constructor(content: Buffer) {
    this.#reader = new BerReader(content);
  }

  get done(): boolean {
    return this.#reader.remain <= 0;
  }

  /** The next element's tag, null at the end. */
  peek(): number | null {
    return this.#reader.peek();
  }

  /** The next element; throws {@link MalformedError} at the end, for another tag than `tag`, or when it is cut off. */
  next(tag?: number): Element {
    const found = this.#reader.peek();
    if (found === null) throw new MalformedError("an element is missing");
    if (tag !== undefined && found !== tag) throw new MalformedError("unexpected tag");
    const measured = measure(this.#reader, this.#reader.offset + 1);
    if (measured === null || measured.start + measured.length > this.#reader.buffer.length) throw new MalformedError("cut off");
    this.#reader.offset = measured.start + measured.length;
    return { tag: found, content: this.#reader.buffer.subarray(measured.start, measured.start + measured.length) };
  }

  text(tag: number = Ber.OctetString): string {
    return this.next(tag).content.toString("utf8");
  }

  integer(tag: number = Ber.Integer): number {
    return integerOf(this.next(tag).content);
  }

  flag(tag: number = Ber.Boolean): boolean {
    const { content } = this.next(tag);
    if (content.length !== 1) throw new MalformedError("a boolean has one octet");
    return content[0] !== 0;
  }
}

/** A two's complement integer of at most four octets. */
export function integerOf(content: Buffer): number {
  if (content.length < 1 || content.length > 4) throw new MalformedError("integer out of range");
  return content.readIntBE(0, content.length);
}

/**
 * Cuts the first complete LDAP message off `bytes`: its content and the bytes after it, or null while more must come.
 * Throws {@link MalformedError} for what is no message, or one larger than `limit` bytes.
 */
export function takeMessage(bytes: Buffer, limit: number): { readonly content: Buffer; readonly rest: Buffer } | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== (Ber.Sequence | Ber.Constructor)) throw new MalformedError("not an LDAP message");
  const measured = measure(new BerReader(bytes), 1);
  if (measured === null) return null;
  if (measured.length > limit) throw new MalformedError("message too large");
  const end = measured.start + measured.length;
  return bytes.length < end ? null : { content: bytes.subarray(measured.start, end), rest: bytes.subarray(end) };
}

/** The outermost bytes of a file, looked at before any parser sees it. */
import type { Fault } from "../../shared/fault.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../shared/model/certificate.ts";

/** PFX ::= SEQUENCE { version INTEGER {v3(3)}, … } (RFC 7292, 4). */
const VERSION = [0x02, 0x01, 0x03];

const notAPfx = (detail: string): Fault => ({ kind: "unreadable", what: "not-a-pfx", detail });

/** Why a file cannot be a PFX, or is only a part of one; null when it may be one. */
export function frameFault(bytes: Uint8Array): Fault | null {
  if (bytes.length > CERTIFICATE_FILE_LIMIT) return { kind: "unreadable", what: "too-large", detail: String(bytes.length) };
  if (bytes.length === 0) return notAPfx("empty");
  if (Buffer.from(bytes.subarray(0, 2048)).includes("-----BEGIN ")) return notAPfx("PEM");
  if (bytes[0] !== 0x30) return notAPfx("not ASN.1");
  const outer = derHeader(bytes);
  if (outer === null) return notAPfx("not ASN.1");
  const inside = bytes.subarray(outer.start, outer.start + VERSION.length);
  if (VERSION.some((byte, i) => i < inside.length && inside[i] !== byte)) return notAPfx("other ASN.1");
  const cut = inside.length < VERSION.length || (outer.length !== null && outer.start + outer.length > bytes.length);
  return cut ? { kind: "unreadable", what: "damaged", detail: "cut short" } : null;
}

/** Where the content starts and its length, null for the indefinite form; null altogether when it is no length. */
export function derHeader(bytes: Uint8Array): { readonly start: number; readonly length: number | null } | null {
  const first = bytes[1];
  if (first === undefined) return null;
  if (first < 0x80) return { start: 2, length: first };
  if (first === 0x80) return { start: 2, length: null };
  const count = first & 0x7f;
  if (count > 4) return null;
  let length = 0;
  for (const byte of bytes.subarray(2, 2 + count)) length = length * 256 + byte;
  return { start: 2 + count, length };
}

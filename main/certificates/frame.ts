/** The outermost bytes of a file, looked at before any parser sees it. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../shared/rules/file-limits.ts";
import { otherAsn1, otherFile, textOf } from "./other-files.ts";

/** PFX ::= SEQUENCE { version INTEGER {v3(3)}, … } (RFC 7292, 4). */
const VERSION = [0x02, 0x01, 0x03];

/** Bytes that may be a container. */
export interface Framed {
  readonly bytes: Uint8Array;
  /** They came as base64 text: what Azure Key Vault and `certutil -encode` hand out. */
  readonly asText: boolean;
}

/** The bytes of the container, or why there is none, or only a part of one. */
export function framed(file: Uint8Array): Result<Framed> {
  if (file.length > CERTIFICATE_FILE_LIMIT) return fail({ kind: "unreadable", what: "too-large", detail: String(file.length) });
  const asText = !beginsAsPfx(file);
  const bytes = asText ? decodedText(file) : file;
  if (bytes === null || !beginsAsPfx(bytes)) return fail(notAPfx(file, bytes));
  return isCut(bytes) ? fail(cutShort) : succeed({ bytes, asText });
}

const cutShort: Fault = { kind: "unreadable", what: "damaged", detail: "cut short" };

function notAPfx(file: Uint8Array, decoded: Uint8Array | null): Fault {
  const is = (decoded === null ? null : otherAsn1(decoded)) ?? otherFile(file);
  return is === null ? { kind: "unreadable", what: "not-a-pfx" } : { kind: "unreadable", what: "not-a-pfx", is };
}

function beginsAsPfx(bytes: Uint8Array): boolean {
  const outer = bytes[0] === 0x30 ? derHeader(bytes) : null;
  return outer !== null && VERSION.every((byte, i) => bytes[outer.start + i] === byte);
}

function isCut(bytes: Uint8Array): boolean {
  const { start = 0, length = null } = derHeader(bytes) ?? {};
  return length !== null && start + length > bytes.length;
}

/** What base64 text holds, with or without one pair of PEM lines or quotation marks around it; null where it is none. */
function decodedText(file: Uint8Array): Uint8Array | null {
  const text = textOf(file);
  const [, label, body] = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----$/.exec(text ?? "") ?? [];
  const base64 = (label === undefined ? (text ?? "").replace(/^"(.*)"$/s, "$1") : (body ?? "")).replaceAll(/\s/g, "");
  return base64 !== "" && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : null;
}

/** Where the content starts and its length, null for the indefinite form; null altogether when it is no length. */
function derHeader(bytes: Uint8Array): { readonly start: number; readonly length: number | null } | null {
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

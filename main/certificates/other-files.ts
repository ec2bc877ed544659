/** What a file is that is no container, told from its first bytes or its text. Nothing in it is trusted or kept. */
import type { OtherFile } from "../../shared/model/other-file.ts";

/** Bytes that are looked at as text. */
const LOOKED_AT = 16 * 1024;

const MAGIC: readonly (readonly [hex: string, kind: OtherFile])[] = [
  // Java's own keystores, JKS and JCEKS.
  ["feedfeed", "java-keystore"],
  ["cececece", "java-keystore"],
  // A serialized store of Windows: version 0, then "CERT".
  ["0000000043455254", "windows-certificate-store"],
  ["504b0304", "zip"],
  ["504b0506", "zip"],
  ["d0cf11e0a1b11ae1", "office-document"],
  ["255044462d", "pdf"],
];

/** Labels of RFC 7468, and those of OpenSSL and OpenSSH. The first that fits decides. */
const PEM: readonly (readonly [label: RegExp, kind: OtherFile])[] = [
  [/^(?:OPENSSH|SSH2)\b/, "openssh-key"],
  [/^ENCRYPTED PRIVATE KEY$/, "encrypted-private-key"],
  [/PRIVATE KEY$/, "private-key"],
  [/CERTIFICATE REQUEST$/, "certificate-request"],
  [/^(?:PKCS7|CMS)$/, "pkcs7"],
  [/^(?:TRUSTED |X509 )?CERTIFICATE$/, "certificate"],
];

const SIGNED_DATA = Buffer.from("06092a864886f70d010702", "hex");

/** Null where the content says nothing. */
export function otherFile(bytes: Uint8Array): OtherFile | null {
  if (bytes.length === 0) return "empty";
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT));
  const magic = MAGIC.find(([hex]) => start.toString("hex", 0, hex.length / 2) === hex)?.[1];
  if (magic === "zip") return /\[Content_Types\]\.xml|mimetypeapplication\/vnd/.test(start.toString("latin1")) ? "office-document" : "zip";
  if (magic !== undefined) return magic;
  if (isBouncyCastle(start)) return "bouncy-castle-keystore";
  if (start[0] === 0x30) return otherAsn1(start);
  const text = textOf(start);
  return text === null ? null : otherText(text);
}

/** The text of a file, UTF-16 with its mark included; null where it holds what text does not. */
export function textOf(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  const text = new TextDecoder(encoding).decode(bytes);
  // oxlint-disable-next-line no-control-regex -- that is what tells text from other bytes
  return /[\u0000-\u0008\u000e-\u001f]/.test(text) || /\ufffd.{0,8}\ufffd/.test(text) ? null : text.trim();
}

/** BKS begins with its version, 1 or 2, and the length of a salt of 20 bytes. */
function isBouncyCastle(start: Buffer): boolean {
  return start.length > 8 && start.readUInt32BE(0) <= 2 && start.readUInt32BE(0) > 0 && start.readUInt32BE(4) === 20;
}

/** What the first elements within the outer sequence say; null where there is none, or none that is known. */
export function otherAsn1(start: Uint8Array): OtherFile | null {
  const inside = start[0] === 0x30 ? contentAt(start, 0) : null;
  if (inside === null) return null;
  if (SIGNED_DATA.equals(start.subarray(inside, inside + SIGNED_DATA.length))) return "pkcs7";
  // PKCS#8 and PKCS#1 begin with a version, 0 or 1.
  if (start[inside] === 0x02 && start[inside + 1] === 1 && (start[inside + 2] ?? 9) <= 1) return "private-key";
  const within = start[inside] === 0x30 ? contentAt(start, inside) : null;
  if (within === null) return null;
  // An encrypted key begins with the identifier of its algorithm, a certificate with its version, a request with version 0.
  if (start[within] === 0x06) return "encrypted-private-key";
  if (start[within] === 0xa0) return "certificate";
  return start[within] === 0x02 && start[within + 1] === 1 && start[within + 2] === 0 ? "certificate-request" : null;
}

/** Where the content of the element at `at` starts; null where that is no element with a length. */
function contentAt(bytes: Uint8Array, at: number): number | null {
  const first = bytes[at + 1];
  if (first === undefined || first > 0x84) return null;
  return at + 2 + (first >= 0x80 ? first & 0x7f : 0);
}

function otherText(text: string): OtherFile {
  // A key within JSON is a part of the JSON.
  if (text.startsWith("{")) return /"type"\s*:\s*"service_account"/.test(text) ? "google-key-json" : "json";
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = ""]) => label);
  if (labels.length > 0) return otherPem(labels, text);
  if (/^---- BEGIN SSH2|^ssh-(?:rsa|ed25519) |^ecdsa-sha2-/.test(text)) return "openssh-key";
  if (text.startsWith("PuTTY-User-Key-File-")) return "putty-key";
  if (/^(?:<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html)/i.test(text)) return "html";
  return "text";
}

function otherPem(labels: readonly string[], text: string): OtherFile {
  const kinds = labels.map((label) => PEM.find(([pattern]) => pattern.test(label))?.[1] ?? "other-pem");
  const first = kinds.find((kind) => kind !== "other-pem") ?? "other-pem";
  const certificates = kinds.filter((kind) => kind === "certificate").length;
  if (certificates > 0 && kinds.some((kind) => kind.endsWith("private-key"))) return "certificate-and-key";
  if (certificates > 1) return "certificate-chain";
  // The older way to encrypt a key says so below its label (RFC 1421).
  return first === "private-key" && /Proc-Type: 4,ENCRYPTED/.test(text) ? "encrypted-private-key" : first;
}

/** What answers where a directory was expected, told from how it began. */
import type { Fault, RungName, UnreachableReason } from "../../shared/fault.ts";

/** Records of TLS: alert, handshake (RFC 8446, 5.1); the version that follows begins with 3. */
const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR = 3;
/** Of the far side's first line, to be shown. */
const LONGEST_LINE = 60;

function reasonOf(said: Buffer): UnreachableReason {
  if ((said[0] === TLS_ALERT || said[0] === TLS_HANDSHAKE) && said[1] === TLS_MAJOR) return "speaks-tls";
  const text = said.toString("latin1");
  if (/^(HTTP\/|<(!doctype|html))/i.test(text)) return "speaks-http";
  // A mail server's greeting, or its refusal to greet (RFC 5321, 4.3.1).
  return /^(220|421|554)[ -].*(smtp|mail)/i.test(text) ? "speaks-smtp" : "speaks-other";
}

/** The fault of a peer that began with `said`. Its first line travels as detail where it can be read. */
export function foreignFault(said: Buffer, rung: RungName, host: string): Fault {
  const reason = reasonOf(said);
  const line = said.toString("latin1").split(/[\r\n]/, 1)[0] ?? "";
  const readable = reason !== "speaks-tls" && /^[\u0020-\u007E]+$/.test(line);
  return { kind: "unreachable", rung, reason, host, ...(readable ? { detail: line.slice(0, LONGEST_LINE) } : {}) };
}

/** Local parts of mail addresses: what SMTP carries, and what Exchange and Google make of it. */
import { domainToASCII } from "node:url";

/** Octets of a local part, a domain and a whole address (RFC 5321, 4.5.3.1.1, 4.5.3.1.2 and 4.5.3.1.3 less the brackets). */
export const LOCAL_PART_LIMIT = 64;
export const DOMAIN_LIMIT = 255;
export const ADDRESS_LIMIT = 254;

export type AddressIssue = "empty" | "edge-dot" | "double-dot" | "character" | "too-long" | "reserved";

/** atext and dots (RFC 5322, 3.2.3). */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]*$/;
/** Quoted-string with qtextSMTP and quoted-pairSMTP (RFC 5321, 4.1.2). */
const QUOTED_STRING = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
/** Everyone must be able to reach these (RFC 5321, 4.5.1; RFC 2142); Google keeps both for itself. */
const RESERVED = ["abuse", "postmaster"];

function octets(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function dotIssue(text: string): AddressIssue | null {
  if (text === "") return "empty";
  if (text.startsWith(".") || text.endsWith(".")) return "edge-dot";
  return text.includes("..") ? "double-dot" : null;
}

/** Why a text is no local part by RFC 5321, as a dot-string or a quoted string; null when it is one. */
export function localPartIssue(text: string): AddressIssue | null {
  const form = text.startsWith('"') ? (QUOTED_STRING.test(text) ? null : "character") : (dotIssue(text) ?? (DOT_ATOM.test(text) ? null : "character"));
  return form ?? (octets(text) > LOCAL_PART_LIMIT ? "too-long" : null);
}

/**
 * Why an alias is not usable as the local part of an address, below `domain` where one is known. Stricter than SMTP:
 * mail systems take no quoted strings as aliases, and the reserved names belong to somebody already.
 */
export function aliasIssue(alias: string, domain: string | null = null): AddressIssue | null {
  const dots = dotIssue(alias);
  if (dots !== null) return dots;
  if (!DOT_ATOM.test(alias)) return "character";
  // SMTP carries a domain in its ASCII form (RFC 5891), which is longer than what is typed.
  const rest = domain === null ? 0 : octets(domainToASCII(domain) || domain);
  if (octets(alias) > LOCAL_PART_LIMIT || rest > DOMAIN_LIMIT || (domain !== null && octets(alias) + 1 + rest > ADDRESS_LIMIT)) return "too-long";
  return RESERVED.includes(alias.toLowerCase()) ? "reserved" : null;
}

/**
 * Names of hosts as people type or paste them: understood, or refused with a code that says why. Whatever comes out of
 * here may stand in a URL, be looked up and be connected to.
 */
import { z } from "zod";
import { placeIn } from "./plain-text.ts";
import { readTyped } from "./typed-value.ts";

export interface Host {
  /** A DNS name without trailing dot, or an address without brackets; lower case. */
  readonly host: string;
  /** Null where none was typed. */
  readonly port: number | null;
}

export interface HostRefusal {
  readonly ok: false;
  /** Picks the sentence in `issues`. */
  readonly code: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type HostReading<T> = { readonly ok: true; readonly value: T } | HostRefusal;

/** RFC 1035, 2.3.4; the name without the length octets. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;
const MOST_PORT = 65_535;

/** Control, format and filler characters, which come along with what is pasted and cannot be seen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034F\u115F\u1160\u2800\u3164\uFFA0\p{Variation_Selector}]/u;
/** The schemes under which a directory is written down. */
const SCHEME = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<rest>.*)$/i;

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

/** Whether it is an IPv4 or IPv6 address, written in full and without brackets. */
export function isAddress(host: string): boolean {
  return ipv4.safeParse(host).success || ipv6.safeParse(host).success;
}

function refuse(code: string, facts?: HostRefusal["facts"]): HostRefusal {
  return facts === undefined ? { ok: false, code } : { ok: false, code, facts };
}

/** The full-width forms of an East Asian keyboard, and the ideographic full stop that stands for a dot (UTS 46). */
function halfWidth(text: string): string {
  return text
    .replaceAll(/[\uFF01-\uFF5E]/g, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfe_e0))
    .replaceAll("\u3000", " ")
    .replaceAll(/[\u3002\uFF61]/g, ".");
}

/** Reads `host`, `host:port`, an address, `[address]:port`, any of them behind `ldap://` or `ldaps://`, and a web address that is a host alone. */
export function parseHost(typed: string): HostReading<Host> {
  const text = readTyped(halfWidth(typed), "dns-name");
  if (text === "") return refuse("host-missing");
  const invisible = placeIn(text, INVISIBLE);
  if (invisible !== null) return refuse("host-invisible", invisible);
  const { scheme, rest } = SCHEME.exec(text)?.groups ?? {};
  if (scheme !== undefined && !/^ldaps?$/i.test(scheme)) return refuse("host-scheme", { scheme: scheme.toLowerCase() });
  const written = rest?.replace(/\/$/, "") ?? text;
  if (written === "") return refuse("host-missing");
  if (/\s/.test(written)) return refuse("host-blank");
  if (written.includes("=")) return refuse("host-distinguished-name");
  if (/[/?#]/.test(written)) return refuse("host-path");
  return withPort(written);
}

function withPort(written: string): HostReading<Host> {
  const six = /^\[(?<address>[^\]]*)\](?::(?<port>.*))?$/.exec(written)?.groups;
  if (six !== undefined) return combine(ipv6.safeParse(six["address"]).success ? { ok: true, value: six["address"]?.toLowerCase() ?? "" } : refuse("host-address"), six["port"]);
  if (ipv6.safeParse(written).success) return { ok: true, value: { host: written.toLowerCase(), port: null } };
  const [host = "", port, ...more] = written.split(":");
  if (more.length > 0) return refuse("host-address");
  return combine(readName(host), port);
}

function combine(host: HostReading<string>, port: string | undefined): HostReading<Host> {
  if (!host.ok) return host;
  if (port === undefined) return { ok: true, value: { host: host.value, port: null } };
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > MOST_PORT) return refuse("host-port", { port });
  return { ok: true, value: { host: host.value, port: number } };
}

/** Letters, digits, hyphens (RFC 1123, 2.1), and the underscores of old Active Directory domains. */
function readName(written: string): HostReading<string> {
  const name = written.replace(/\.$/, "").toLowerCase();
  if (name === "") return refuse("host-missing");
  const labels = name.split(".");
  // Whoever resolves names takes one that ends in a number for an address, `1` for 0.0.0.1.
  if (/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")) return ipv4.safeParse(name).success ? { ok: true, value: name } : refuse("host-address");
  // Windows writes such names to its own DNS servers as UTF-8, the internet as `xn--`: which of the two is not to be guessed.
  if (/\P{ASCII}/u.test(name)) return refuse("host-not-ascii");
  const character = /[^a-z0-9._-]/.exec(name)?.[0];
  if (character !== undefined) return refuse("host-character", { character });
  for (const label of labels) {
    if (label === "") return refuse("host-empty-label");
    if (label.length > LONGEST_LABEL) return refuse("host-label-long", { label: `${label.slice(0, 12)}…` });
    if (label.startsWith("-") || label.endsWith("-")) return refuse("host-hyphen", { label });
  }
  return name.length > LONGEST_NAME ? refuse("host-long") : { ok: true, value: name };
}

/** Splits what was typed for several hosts: one on each line, or separated by commas or semicolons. */
export function splitHosts(text: string): string[] {
  return halfWidth(text).split(/[\n\r,;\u3001]+/).map((part) => part.trim()).filter((part) => part !== "");
}

/** Reads a domain's DNS name: at least two labels, no address, no port. */
export function parseDomain(typed: string): HostReading<string> {
  const read = parseHost(typed);
  if (!read.ok) return read;
  const { host, port } = read.value;
  if (port !== null) return refuse("host-port-unwanted");
  if (isAddress(host)) return refuse("not-a-domain");
  return host.includes(".") ? { ok: true, value: host } : refuse("host-single-label", { name: host });
}

/**
 * Whether it is a domain as it stands behind the @ of a mail address: the name alone, for it is kept as it was typed, and
 * without the underscores that only directories know (RFC 5321, 2.3.5).
 */
export function isMailDomain(text: string): boolean {
  const read = parseDomain(text);
  return read.ok && read.value === text.toLowerCase() && !text.includes("_");
}

/** Reads a DNS server: an address, for a name could not be looked up without one. */
export function parseDnsServer(typed: string): HostReading<string> {
  const read = parseHost(typed);
  if (!read.ok) return read;
  return isAddress(read.value.host) ? { ok: true, value: formatHost(read.value) } : refuse("not-an-address");
}

/** The host as it is typed and shown; an IPv6 address with a port stands in brackets. */
export function formatHost({ host, port }: Host): string {
  if (port === null) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

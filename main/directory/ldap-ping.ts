/**
 * The LDAP ping (MS-ADTS 6.3.3): a search over UDP that anybody may make. The controller says which site this computer
 * is in by its address, which no other question answers to a computer outside the domain.
 */
import { randomInt } from "node:crypto";
import { AndFilter, EqualityFilter, MessageParser, SearchEntry, SearchRequest } from "ldapts";
import * as dnsPacket from "dns-packet";
import { askByDatagram } from "../network/datagram.ts";

declare module "dns-packet" {
  /** Part of the library that its published types leave out. */
  export const name: { decode: ((bytes: Buffer, offset: number) => string) & { readonly bytes: number } };
}

/** NETLOGON_NT_VERSION_5 and NETLOGON_NT_VERSION_5EX, little-endian: asks for the answer with site names (6.3.1.1). */
const EXTENDED_ANSWER = Buffer.from([0x06, 0, 0, 0]);
/** LOGON_SAM_LOGON_RESPONSE_EX and LOGON_SAM_USER_UNKNOWN_EX (6.3.1.3). */
const OPCODES: readonly number[] = [23, 25];
/** Opcode, padding, flags, domain GUID (6.3.1.9). */
const NAMES_START = 24;
/** Names before the two sites: forest, domain, host, NetBIOS domain, NetBIOS computer, user. */
const NAMES_BEFORE_SITES = 6;

export interface Pong {
  /** The site of the controller that answered. */
  readonly controllerSite: string | null;
  /** The site of this computer by its address; null where no subnet of the directory holds it. */
  readonly clientSite: string | null;
}

/** Asks the controller at a literal address about a domain. Rejects when `signal` fires first, or for what is no answer. */
export async function ldapPing(domain: string, target: { readonly address: string; readonly port: number }, signal: AbortSignal): Promise<Pong> {
  const messageId = randomInt(1, 2 ** 31 - 1);
  const filters = [
    new EqualityFilter({ attribute: "DnsDomain", value: domain }),
    new EqualityFilter({ attribute: "NtVer", value: EXTENDED_ANSWER }),
  ];
  const question = new SearchRequest({ messageId, scope: "base", filter: new AndFilter({ filters }), attributes: ["Netlogon"] }).write();
  return readPong(await askByDatagram({ ...target, question, signal, read: (datagram) => netlogonOf(datagram, messageId) }));
}

/** The attribute `Netlogon` of the first entry in a datagram; null when it answers something else. Throws for what is no LDAP. */
export function netlogonOf(datagram: Buffer, messageId: number): Buffer | null {
  let found: Buffer | null = null;
  const parser = new MessageParser();
  parser.on("message", (message) => {
    if (message.messageId !== messageId || !(message instanceof SearchEntry)) return;
    found ??= message.attributes.find(({ type }) => type.toLowerCase() === "netlogon")?.parsedBuffers[0] ?? null;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.read(datagram, new Map());
  return found;
}

/** Reads NETLOGON_SAM_LOGON_RESPONSE_EX (6.3.1.9). Throws for anything else, and for names that lead out of it. */
export function readPong(answer: Buffer): Pong {
  if (answer.length < NAMES_START || !OPCODES.includes(answer.readUInt16LE(0))) throw new Error("Not an extended answer to an LDAP ping");
  let offset = NAMES_START;
  const next = () => {
    const name = dnsPacket.name.decode(answer, offset);
    offset += dnsPacket.name.decode.bytes;
    return name === "." || name === "" ? null : name;
  };
  for (let skipped = 0; skipped < NAMES_BEFORE_SITES; skipped += 1) next();
  return { controllerSite: next(), clientSite: next() };
}

/** Answers LDAP pings over UDP, as every domain controller does without asking who asks (MS-ADTS 6.3.3). */
import { createHash } from "node:crypto";
import dgram from "node:dgram";
import { once } from "node:events";
import { ProtocolOperation } from "ldapts";
import { LOOPBACK } from "../loopback.ts";
import { success } from "./answers.ts";
import { takeMessage } from "./elements.ts";
import type { Filter } from "./filter.ts";
import { decodeMessage, encodeEntry, encodeResult } from "./messages.ts";

const LARGEST_QUESTION = 4096;
const LOGON_SAM_LOGON_RESPONSE_EX = 23;
/** DS_FLAG (6.3.1.2): LDAP server, domain controller, close to whom it answers, writable, names in DNS form. */
const FLAGS = 0x00_00_01_88;
/** NETLOGON_NT_VERSION_1 with NETLOGON_NT_VERSION_5EX, then the two tokens of all ones (6.3.1.9). */
const TAIL = Buffer.from("05000000ffffffff", "hex");

export interface PingFacts {
  readonly host: string;
  readonly domain: string;
  readonly netbios: string;
  readonly site: string;
  /** The site of whoever asks; empty where no subnet holds the address. */
  readonly clientSite: string;
}

/** Names as in DNS messages, where an ending that came before is a pointer to it (RFC 1035, 4.1.4; MS-ADTS 6.3.7). */
function writeNames(start: number, names: readonly string[]): Buffer {
  const known = new Map<string, number>();
  const bytes: number[] = [];
  for (const name of names) {
    const labels = name === "" ? [] : name.split(".");
    let pointer: number | undefined;
    while (labels.length > 0 && pointer === undefined) {
      const ending = labels.join(".");
      pointer = known.get(ending);
      if (pointer !== undefined) break;
      known.set(ending, start + bytes.length);
      const label = Buffer.from(labels.shift() ?? "");
      bytes.push(label.length, ...label);
    }
    bytes.push(...(pointer === undefined ? [0] : [0xc0 | (pointer >> 8), pointer & 0xff]));
  }
  return Buffer.from(bytes);
}

/** NETLOGON_SAM_LOGON_RESPONSE_EX (6.3.1.9). */
export function encodePong({ host, domain, netbios, site, clientSite }: PingFacts): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt16LE(LOGON_SAM_LOGON_RESPONSE_EX, 0);
  head.writeUInt32LE(FLAGS, 4);
  createHash("sha256").update(domain).digest().copy(head, 8, 0, 16);
  const computer = host.split(".", 1)[0] ?? "";
  return Buffer.concat([head, writeNames(head.length, [domain, domain, host, netbios, computer.toUpperCase(), "", site, clientSite]), TAIL]);
}

function asksFor(filter: Filter, attribute: string): string | null {
  if ("parts" in filter) return filter.parts.map((part) => asksFor(part, attribute)).find((found) => found !== null) ?? null;
  return filter.kind === "equal" && filter.attribute === attribute ? filter.value.toString("utf8") : null;
}

/** The datagrams that answer one; none for what is no ping, and for another domain's an empty result (6.3.3.3). */
export function answerPing(datagram: Buffer, facts: PingFacts): Buffer | null {
  const message = takeMessage(datagram, LARGEST_QUESTION);
  if (message === null) return null;
  const { id, request } = decodeMessage(message.content);
  if (request.kind !== "search" || request.base !== "" || request.scope !== "base") return null;
  const domain = asksFor(request.filter, "dnsdomain");
  const entries = domain !== null && domain.toLowerCase() !== facts.domain ? [] : [encodeEntry(id, "", [{ name: "netlogon", values: [encodePong(facts)] }])];
  return Buffer.concat([...entries, encodeResult(id, ProtocolOperation.LDAP_RES_SEARCH, success)]);
}

/** Listens beside a TCP listener, on the same port. Rejects when another program has it. */
export async function openPingListener(port: number, facts: () => PingFacts): Promise<{ close(): Promise<void> }> {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (datagram, from) => {
    let answer: Buffer | null;
    try {
      answer = answerPing(datagram, facts());
    } catch {
      return;
    }
    if (answer !== null) socket.send(answer, from.port, from.address);
  });
  socket.bind({ address: LOOPBACK, port, exclusive: true });
  await once(socket, "listening");
  return {
    close: async () => {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

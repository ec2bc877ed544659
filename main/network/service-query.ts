/**
 * SRV records asked for directly. RFC 2782 says that a record's target must not be compressed, and Node's resolver
 * takes answers that do it all the same for damaged ones; Samba's DNS server compresses, so that it is asked here.
 */
import { randomInt } from "node:crypto";
import net from "node:net";
import * as packet from "dns-packet";
import type { ServiceRecord } from "../ports.ts";
import { askByDatagram } from "./datagram.ts";

/** A label and a name are at most this long (RFC 1035, 2.3.4); the library would write longer ones over their bounds. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

/** Thrown with Node's codes for DNS errors, so that both ways of asking end in the same faults. */
class QueryError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** RFC 1035, 4.1.1: answer codes. */
const answerCodes: Readonly<Record<number, string>> = { 1: "EFORMERR", 2: "ESERVFAIL", 3: "ENOTFOUND", 4: "ENOTIMP", 5: "EREFUSED" };
const ANSWER_CODE = 0x0f;

interface Server {
  readonly address: string;
  readonly port: number;
}

/** Asks `address` (a literal) over UDP, and over TCP when the answer did not fit. Throws with a code. */
export async function queryService(name: string, server: Server, signal: AbortSignal): Promise<readonly ServiceRecord[]> {
  const id = randomInt(0x1_00_00);
  const question = encodeQuestion(name, id);
  const short = await askByDatagram({ ...server, question, signal, read: (datagram) => (isAnswer(datagram, id) ? datagram : null) });
  const answer = decode(short);
  return recordsOf(answer.flag_tc ? decode(await overTcp(question, server, signal)) : answer, id);
}

function encodeQuestion(name: string, id: number): Buffer {
  const labels = name.split(".").map((label) => Buffer.byteLength(label));
  if (Buffer.byteLength(name) > LONGEST_NAME || labels.some((length) => length === 0 || length > LONGEST_LABEL)) throw new QueryError("ENOTFOUND");
  return packet.encode({ type: "query", id, flags: packet.RECURSION_DESIRED, questions: [{ type: "SRV", name }] });
}

function isAnswer(datagram: Buffer, id: number): boolean {
  return datagram.length >= 2 && datagram.readUInt16BE(0) === id;
}

function overTcp(question: Buffer, server: Server, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: server.address, port: server.port, signal });
    let received = Buffer.alloc(0);
    socket.once("error", reject);
    socket.once("close", () => reject(new QueryError("ECONNRESET")));
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      resolve(received.subarray(2, 2 + received.readUInt16BE(0)));
      socket.destroy();
    });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(question.length);
    socket.write(Buffer.concat([length, question]));
  });
}

/** The library throws on damage of any kind; what it makes of bytes after the last record is not looked at. */
function decode(message: Buffer): packet.DecodedPacket {
  try {
    return packet.decode(message);
  } catch {
    throw new QueryError("EBADRESP");
  }
}

/** Reads an answer with compressed names (RFC 1035, 4.1.4) anywhere. Throws a {@link QueryError} for damaged ones. */
export function parseServiceAnswer(message: Buffer, id: number): readonly ServiceRecord[] {
  return recordsOf(decode(message), id);
}

function recordsOf(answer: packet.DecodedPacket, id: number): readonly ServiceRecord[] {
  if (answer.id !== id || answer.type !== "response") throw new QueryError("EBADRESP");
  const code = answerCodes[(answer.flags ?? 0) & ANSWER_CODE];
  if (code !== undefined) throw new QueryError(code);
  const records = (answer.answers ?? []).flatMap((record) => (record.type === "SRV" ? [recordOf(record.data)] : []));
  if (records.length === 0) throw new QueryError("ENODATA");
  return records;
}

function recordOf({ target, port, priority = 0, weight = 0 }: packet.SrvData): ServiceRecord {
  return { host: target === "." ? "" : target, port, priority, weight };
}

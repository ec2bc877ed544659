/**
 * SRV records asked for directly. RFC 2782 says that a record's target must not be compressed, and Node's resolver
 * takes answers that do it all the same for damaged ones; Samba's DNS server compresses, so that it is asked here.
 */
import { randomInt } from "node:crypto";
import dgram from "node:dgram";
import net from "node:net";
import type { ServiceRecord } from "../ports.ts";

const TYPE_SRV = 33;
const CLASS_IN = 1;
const HEADER_LENGTH = 12;
const TRUNCATED = 0x02_00;
const RESPONSE = 0x80_00;
/** Names hold at most 127 labels (RFC 1035, 2.3.4); more jumps than that is a circle. */
const MOST_LABELS = 128;

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

/** Asks `address` (a literal) over UDP, and over TCP when the answer did not fit. Throws with a code. */
export async function queryService(name: string, server: { readonly address: string; readonly port: number }, signal: AbortSignal): Promise<readonly ServiceRecord[]> {
  const id = randomInt(0x1_00_00);
  const question = encodeQuestion(name, id);
  const short = await overUdp(question, id, server, signal);
  const answer = (short.readUInt16BE(2) & TRUNCATED) === 0 ? short : await overTcp(question, server, signal);
  return parseServiceAnswer(answer, id);
}

function encodeQuestion(name: string, id: number): Buffer {
  const labels = name.split(".").map((label) => Buffer.from(label, "utf8"));
  if (labels.some(({ length }) => length === 0 || length > 63)) throw new QueryError("ENOTFOUND");
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt16BE(id, 0);
  // Recursion desired, one question.
  header.writeUInt16BE(0x01_00, 2);
  header.writeUInt16BE(1, 4);
  return Buffer.concat([header, ...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0, 0, TYPE_SRV, 0, CLASS_IN])]);
}

function overUdp(question: Buffer, id: number, server: { readonly address: string; readonly port: number }, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket({ type: net.isIPv6(server.address) ? "udp6" : "udp4", signal });
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    socket.once("close", () => reject(new QueryError("ECANCELLED")));
    socket.on("message", (answer) => {
      if (answer.length < HEADER_LENGTH || answer.readUInt16BE(0) !== id) return;
      resolve(answer);
      socket.close();
    });
    // Connected, so that answers of other hosts are not heard and a closed port is an error.
    socket.connect(server.port, server.address, () => socket.send(question));
  });
}

function overTcp(question: Buffer, server: { readonly address: string; readonly port: number }, signal: AbortSignal): Promise<Buffer> {
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

/** Reads an answer with compressed names (RFC 1035, 4.1.4) anywhere. Throws a {@link QueryError} for damaged ones. */
export function parseServiceAnswer(message: Buffer, id: number): readonly ServiceRecord[] {
  try {
    return readAnswer(message, id);
  } catch (error) {
    if (error instanceof RangeError) throw new QueryError("EBADRESP");
    throw error;
  }
}

function readAnswer(message: Buffer, id: number): readonly ServiceRecord[] {
  const flags = message.readUInt16BE(2);
  if (message.readUInt16BE(0) !== id || (flags & RESPONSE) === 0) throw new QueryError("EBADRESP");
  const code = answerCodes[flags & 0x0f];
  if (code !== undefined) throw new QueryError(code);
  let offset = HEADER_LENGTH;
  for (let left = message.readUInt16BE(4); left > 0; left -= 1) offset = readName(message, offset).end + 4;
  const records: ServiceRecord[] = [];
  for (let left = message.readUInt16BE(6); left > 0; left -= 1) {
    const { end } = readName(message, offset);
    const data = end + 10;
    const length = message.readUInt16BE(end + 8);
    if (message.readUInt16BE(end) === TYPE_SRV && message.readUInt16BE(end + 2) === CLASS_IN) {
      records.push({
        priority: message.readUInt16BE(data),
        weight: message.readUInt16BE(data + 2),
        port: message.readUInt16BE(data + 4),
        host: readName(message, data + 6).name,
      });
    }
    offset = data + length;
  }
  if (records.length === 0) throw new QueryError("ENODATA");
  return records;
}

function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let offset = start;
  let end: number | null = null;
  for (let steps = 0; steps < MOST_LABELS; steps += 1) {
    const length = message.readUInt8(offset);
    if (length === 0) return { name: labels.join("."), end: end ?? offset + 1 };
    if (length >= 0xc0) {
      end ??= offset + 2;
      offset = message.readUInt16BE(offset) & 0x3f_ff;
      continue;
    }
    if (length > 63 || offset + 1 + length > message.length) throw new QueryError("EBADRESP");
    labels.push(message.toString("utf8", offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  throw new QueryError("EBADRESP");
}

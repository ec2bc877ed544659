import dgram from "node:dgram";
import { promises } from "node:dns";
import { getEventListeners, once } from "node:events";
import net from "node:net";
import * as packet from "dns-packet";
import { describe, expect, test, vi } from "vitest";
import { parseServiceAnswer } from "../../../../main/network/service-query.ts";
import { createSystemResolver, dnsServerAddress, orderServiceRecords } from "../../../../main/network/system-resolver.ts";
import { neverAborted, systemClock, tcpServer } from "./support.ts";

const NAME = "_ldap._tcp.dc._msdcs.contoso.lab";
/** What Samba's DNS server says to a question for {@link NAME}: the target is compressed. */
const compressed = Buffer.from(
  "000085000001000100000000055f6c646170045f746370026463065f6d7364637307636f6e746f736f036c61620000210001c00c0021000100000384000c00000064018503646331c021",
  "hex",
);
const QUESTION_END = 12 + NAME.length + 2 + 4;

async function dnsServer(answer: (question: Buffer) => Buffer | null) {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (question, from) => {
    const said = answer(question);
    if (said !== null) socket.send(said, from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { server: `127.0.0.1:${socket.address().port}`, port: socket.address().port, close: () => socket.close() };
}

/** The recorded answer under the question's number and spelling. */
function replay(question: Buffer): Buffer {
  const said = Buffer.from(compressed);
  question.copy(said, 0, 0, 2);
  question.copy(said, 12, 12, QUESTION_END);
  return said;
}

/** An answer with nothing in it but a code. */
function refuse(question: Buffer, code: number): Buffer {
  const said = Buffer.from(question.subarray(0, QUESTION_END));
  said.writeUInt16BE(0x81_80 | code, 2);
  said.writeUInt16BE(0, 10);
  return said;
}

describe("the system's resolver with a DNS server of one's own", () => {
  const resolver = createSystemResolver({ clock: systemClock });

  test("reads service records whose target is compressed", async () => {
    const dns = await dnsServer(replay);
    expect(await resolver.service(NAME, { server: dns.server, signal: neverAborted })).toEqual({
      ok: true,
      value: [{ host: "dc1.contoso.lab", port: 389, priority: 0, weight: 100 }],
    });
    dns.close();
  });

  test("asks over TCP what did not fit", async () => {
    const dns = await dnsServer((question) => {
      // Node's own resolver gets the damaged answer; the direct question, which has no additional record, gets "truncated".
      if (question.readUInt16BE(10) > 0) return replay(question);
      const cut = refuse(question, 0);
      cut.writeUInt16BE(0x87_00, 2);
      return cut;
    });
    const overTcp = net.createServer((socket) => {
      socket.once("data", (chunk: Buffer) => {
        const said = replay(chunk.subarray(2));
        const length = Buffer.alloc(2);
        length.writeUInt16BE(said.length);
        socket.write(Buffer.concat([length, said]));
      });
    });
    const open = new Set<net.Socket>();
    overTcp.on("connection", (socket: net.Socket) => void open.add(socket.on("close", () => open.delete(socket))));
    overTcp.listen(dns.port, "127.0.0.1");
    await once(overTcp, "listening");
    expect(await resolver.service(NAME, { server: dns.server, signal: neverAborted })).toMatchObject({ ok: true, value: [{ host: "dc1.contoso.lab" }] });
    // The server waits for further questions (RFC 7766, 6.2.1); this one hangs up.
    await expect.poll(() => open.size).toBe(0);
    overTcp.close();
    dns.close();
  });

  test.each([
    [2, "dns-failed"],
    [3, "name-not-found"],
    [5, "dns-failed"],
  ])("answer code %i is %s", async (code, reason) => {
    const dns = await dnsServer((question) => refuse(question, code));
    expect(await resolver.service(NAME, { server: dns.server, signal: neverAborted })).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason, host: NAME } });
    dns.close();
  });

  test("a server that is not there, and one that is no address", async () => {
    const gone = await tcpServer(() => undefined);
    await gone.close();
    expect(await resolver.connectTo("dc1.contoso.lab", 389, { server: `127.0.0.1:${gone.port}`, signal: neverAborted })).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "dns-failed" } });
    expect(await resolver.connectTo("dc1.contoso.lab", 389, { server: "dns.contoso.lab", signal: neverAborted })).toEqual({
      ok: false,
      fault: { kind: "invalid", issues: [{ path: ["dnsServer"], code: "not-an-address" }] },
    });
  });

  test("is called off", async () => {
    const silent = await dnsServer(() => null);
    const stop = new AbortController();
    const asking = resolver.service(NAME, { server: silent.server, signal: stop.signal });
    const cancelled = vi.spyOn(promises.Resolver.prototype, "cancel");
    stop.abort();
    expect(await asking).toEqual({ ok: false, fault: { kind: "cancelled" } });
    // Nothing shows from outside whether a question still runs, for up to six seconds.
    expect(cancelled).toHaveBeenCalledOnce();
    cancelled.mockRestore();
    silent.close();
  });

  test("that has answered listens to nobody any more", async () => {
    const dns = await dnsServer(replay);
    const { signal } = new AbortController();
    expect((await resolver.service(NAME, { server: dns.server, signal })).ok).toBe(true);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    dns.close();
  });

  test("a service that is decidedly not there has no host", async () => {
    // RFC 2782: a target of "." means that the service is decidedly not available at this domain.
    const dns = await dnsServer((question) => packet.encode({ type: "response", id: question.readUInt16BE(0), questions: [{ type: "SRV", name: NAME }], answers: [{ type: "SRV", name: NAME, data: { port: 389, target: "." } }] }));
    expect(await resolver.service(NAME, { server: dns.server, signal: neverAborted })).toEqual({ ok: true, value: [] });
    dns.close();
  });

  test("an answer to another question is passed over", async () => {
    const far = dgram.createSocket("udp4");
    far.on("message", (question, from) => {
      const other = replay(question);
      if (question.readUInt16BE(10) === 0) other.writeUInt16BE(question.readUInt16BE(0) ^ 1, 0);
      far.send(other, from.port, from.address);
      far.send(replay(question), from.port, from.address);
    });
    far.bind(0, "127.0.0.1");
    await once(far, "listening");
    expect(await resolver.service(NAME, { server: `127.0.0.1:${far.address().port}`, signal: neverAborted })).toMatchObject({ ok: true, value: [{ host: "dc1.contoso.lab" }] });
    far.close();
  });

  test("addresses need no question", async () => {
    expect(await resolver.connectTo("::1", 636, { server: null, signal: neverAborted })).toEqual({ ok: true, value: [{ address: "::1", port: 636 }] });
    expect(await resolver.connectTo("localhost", 1, { server: null, signal: neverAborted })).toMatchObject({ ok: true });
  });
});

describe("a DNS server as it is typed", () => {
  test.each([
    ["10.0.0.1", "10.0.0.1"],
    ["10.0.0.1:5353", "10.0.0.1:5353"],
    ["fd00::1", "fd00::1"],
    ["[fd00::1]:53", "[fd00::1]:53"],
    ["10.0.0.1:0", null],
    ["10.0.0.1:65536", null],
    ["10.0.0", null],
    ["dns.contoso.lab", null],
    ["", null],
  ])("%s", (typed, expected) => {
    expect(dnsServerAddress(typed)).toBe(expected);
  });
});

describe("the order of service records", () => {
  const record = (host: string, priority: number, weight: number) => ({ host, port: 389, priority, weight });

  test("lower priority numbers come first, whatever the weights", () => {
    const ordered = orderServiceRecords([record("far", 20, 1000), record("near", 10, 0)], () => 0.99);
    expect(ordered.map(({ host }) => host)).toEqual(["near", "far"]);
  });

  test("weights decide how often a record comes first", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const first = Array.from({ length: 4000 }, () => orderServiceRecords([record("light", 0, 25), record("heavy", 0, 75), record("never", 0, 0)], random)[0]?.host);
    const share = (host: string) => first.filter((each) => each === host).length / first.length;
    expect(share("heavy")).toBeCloseTo(0.75, 1);
    expect(share("light")).toBeCloseTo(0.25, 1);
    expect(share("never")).toBeLessThan(0.03);
  });
});

describe("damaged answers", () => {
  test("every shortened or altered answer is refused or read, never a crash", () => {
    const id = compressed.readUInt16BE(0);
    const read = (message: Buffer) => {
      try {
        return parseServiceAnswer(message, id).length;
      } catch (error) {
        return error instanceof Error && "code" in error ? String(error.code) : "crash";
      }
    };
    expect(read(compressed)).toBe(1);
    for (let length = 4; length < compressed.length; length += 1) expect(read(compressed.subarray(0, length))).not.toBe("crash");
    for (let index = 4; index < compressed.length; index += 1) {
      for (const byte of [0x00, 0x3f, 0xc0, 0xff]) {
        const altered = Buffer.from(compressed);
        altered[index] = byte;
        expect(read(altered)).not.toBe("crash");
      }
    }
  });
});

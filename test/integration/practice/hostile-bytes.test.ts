/** Bytes no client sends: the directory closes what it cannot understand and goes on serving the others. */
import net from "node:net";
import { BerWriter, PresenceFilter, SearchRequest } from "ldapts";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { DOMAIN_DN, exchangeBytes, ldapClient, openPractice, type Practice } from "./support.ts";

let practice: Practice;
let ldap = 0;
let ldaps = 0;
beforeAll(async () => {
  practice = await openPractice();
  ldap = await practice.portOf("dc1.contoso.lab", 389);
  ldaps = await practice.portOf("dc1.contoso.lab", 636);
});
afterAll(() => practice.stop());

/** Whether a well-behaved client is still served, and nothing failed inside. */
async function standsFirm(): Promise<boolean> {
  const client = await ldapClient(practice);
  await client.bind("svc-mail@contoso.lab", PRACTICE_PASSWORD);
  await client.unbind();
  return practice.errors.length === 0;
}

function encode(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter({ size: 1 << 20 });
  writer.startSequence();
  write(writer);
  writer.endSequence();
  return writer.buffer;
}

const bind = encode((writer) => {
  writer.writeInt(1);
  writer.startSequence(0x60);
  writer.writeInt(3);
  writer.writeString("svc-mail@contoso.lab");
  writer.writeString(PRACTICE_PASSWORD, 0x80);
  writer.endSequence();
});
const startTls = encode((writer) => {
  writer.writeInt(1);
  writer.startSequence(0x77);
  writer.writeString("1.3.6.1.4.1.1466.20037", 0x80);
  writer.endSequence();
});
const searchAll = (id: number) =>
  new SearchRequest({ messageId: id, baseDN: DOMAIN_DN, scope: "sub", filter: new PresenceFilter({ attribute: "cn" }), attributes: [] }).write();

/** A search whose filter is `depth` negations around a presence test. */
function nested(depth: number): Buffer {
  return encode((writer) => {
    writer.writeInt(2);
    writer.startSequence(0x63);
    writer.writeString("");
    writer.writeEnumeration(0);
    writer.writeEnumeration(0);
    writer.writeInt(0);
    writer.writeInt(0);
    writer.writeBoolean(false);
    for (let level = 0; level < depth; level += 1) writer.startSequence(0xa2);
    writer.writeString("cn", 0x87);
    for (let level = 0; level < depth; level += 1) writer.endSequence();
    writer.startSequence();
    writer.endSequence();
    writer.endSequence();
  });
}

describe("lengths that lie", () => {
  test.each([
    ["indefinite", "3080"],
    ["five octets of length", "30850000000010"],
    ["two gigabytes", "30847fffffff"],
    ["negative in 32 bits", "3084ffffffff"],
    ["above the limit", "3083ffffff"],
    ["no message at all", "474554202f20485454502f312e310d0a"],
    ["an inner length beyond the message", "300a020101600a0201030400"],
    ["an inner negative length", "300c020101630784ffffffff0401"],
    ["an integer of nine octets", "300b020901020304050607080942"],
    ["a message number below zero", "30050201ff4200"],
    ["an unknown operation", "30050201014f00"],
    ["a response", "300c02010161070a010004000400"],
  ])("%s closes the connection", async (_name, hex) => {
    const { closed } = await exchangeBytes(ldap, Buffer.from(hex, "hex"));
    expect(closed).toBe(true);
    expect(await standsFirm()).toBe(true);
  });

  test("a message above the limit is refused at its header", async () => {
    const { closed, received } = await exchangeBytes(ldap, Buffer.from("3083040001", "hex"));
    expect(closed).toBe(true);
    expect(received.toString("latin1")).toContain("1.3.6.1.4.1.1466.20036");
  });

  test("an unfinished message waits", async () => {
    const { closed } = await exchangeBytes(ldap, bind.subarray(0, -1), 300);
    expect(closed).toBe(false);
  });
});

describe("filters beyond all use", () => {
  test("sixty levels are answered, a hundred thousand are not", async () => {
    expect((await exchangeBytes(ldap, nested(60), 300)).closed).toBe(false);
    expect((await exchangeBytes(ldap, nested(65))).closed).toBe(true);
    expect((await exchangeBytes(ldap, nested(40_000))).closed).toBe(true);
    expect(await standsFirm()).toBe(true);
  });
});

test("random bytes, on both ports", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.boolean(), async (bytes, secure) => {
      await exchangeBytes(secure ? ldaps : ldap, Buffer.from(bytes), 15);
    }),
    { numRuns: 200 },
  );
  expect(await standsFirm()).toBe(true);
});

test("real requests with octets changed, cut or doubled", async () => {
  const whole = Buffer.concat([bind, nested(3), startTls.subarray(0, 10), searchAll(3)]);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), async (changes, cut) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      await exchangeBytes(ldap, Buffer.concat([bytes.subarray(0, cut), bytes.subarray(cut - 1)]), 15);
    }),
    { numRuns: 300 },
  );
  expect(await standsFirm()).toBe(true);
});

test("a request one octet at a time is understood", async () => {
  const socket = net.connect({ host: "127.0.0.1", port: ldap, noDelay: true });
  const answer = new Promise<Buffer>((resolve) => {
    socket.once("data", resolve);
  });
  for (const octet of bind) {
    socket.write(Buffer.from([octet]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // A bind response with result code 0.
  expect((await answer).toString("hex")).toMatch(/^30..02010161..0a0100/);
  socket.destroy();
});

test("bytes smuggled in behind StartTLS are not taken for protected ones", async () => {
  const { received, closed } = await exchangeBytes(ldap, Buffer.concat([startTls, bind]), 500);
  expect(closed).toBe(true);
  expect(received.length).toBe(0);
});

test("a client that asks without reading does not fill the memory", async () => {
  const before = process.memoryUsage().rss;
  const socket = net.connect({ host: "127.0.0.1", port: ldap });
  socket.on("error", () => undefined);
  socket.pause();
  socket.write(bind);
  for (let id = 2; id < 1500; id += 1) socket.write(searchAll(id));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // Answering all of them would be about a gigabyte.
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  socket.destroy();
  expect(await standsFirm()).toBe(true);
});

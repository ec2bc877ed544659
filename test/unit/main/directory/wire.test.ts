/** A conversation in LDAP over a real connection whose far end says what it is told to. */
import { once } from "node:events";
import net from "node:net";
import { PresenceFilter, SearchRequest } from "ldapts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ForeignProtocolError, LostConnectionError, openWire, type Wire } from "../../../../main/directory/wire.ts";
import { success } from "../../../../main/practice/directory/answers.ts";
import { encodeEntry, encodeResult } from "../../../../main/practice/directory/messages.ts";
import { tcpServer, type TestServer } from "../network/support.ts";

const SEARCH_DONE = 0x65;
const EXTENDED_RESPONSE = 0x78;
let server: TestServer;
let far: net.Socket;
let socket: net.Socket;
let wire: Wire;
beforeEach(async () => {
  const { promise, resolve } = Promise.withResolvers<net.Socket>();
  server = await tcpServer(resolve);
  socket = net.connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  far = (await promise).resume();
  wire = openWire(socket);
});
afterEach(async () => {
  socket.destroy();
  await server.close();
});

const ask = () => wire.ask((messageId) => new SearchRequest({ messageId, scope: "base", filter: new PresenceFilter({ attribute: "objectClass" }), attributes: [] }));
const done = (id: number) => encodeResult(id, SEARCH_DONE, success);

describe("a question", () => {
  it("is answered by what answers it, and by no answer to another one", async () => {
    const asked = ask();
    far.write(Buffer.concat([done(77), encodeEntry(77, "CN=other", []), encodeEntry(1, "CN=own", []), done(1)]));
    expect((await asked).entries.map(({ dn }) => dn)).toEqual(["CN=own"]);
  });

  it("is told where the rest of the answer lies", async () => {
    const elsewhere = "ldap://dc2.contoso.lab/";
    const within = (tag: number, ...parts: readonly Uint8Array[]) => Buffer.concat([Buffer.of(tag, Buffer.concat(parts).length), ...parts]);
    const asked = ask();
    // RFC 4511, 4.5.2: SearchResultReference is [APPLICATION 19], a sequence of URIs.
    far.write(Buffer.concat([within(0x30, within(0x02, Buffer.of(1)), within(0x73, within(0x04, Buffer.from(elsewhere)))), done(1)]));
    expect((await asked).references).toEqual([elsewhere]);
  });

  it("ends when the connection does, and so does every later one", async () => {
    const asked = ask();
    far.end();
    await expect(asked).rejects.toThrow(LostConnectionError);
    await expect(ask()).rejects.toThrow(LostConnectionError);
  });

  it("ends with what a controller says before it closes", async () => {
    const asked = ask();
    far.write(encodeResult(0, EXTENDED_RESPONSE, { code: 52, message: "the controller is being shut down" }));
    await expect(asked).rejects.toMatchObject({ code: 52 });
  });

  it.each([
    ["is no message", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["claims a length that none has", Buffer.from("3084ffffff00", "hex")],
    ["claims more than a controller sends", Buffer.from("308404000001", "hex")],
  ])("ends with what %s, and the connection is let go of", async (_what, bytes) => {
    const asked = ask();
    far.write(bytes);
    await expect(asked).rejects.toThrow(ForeignProtocolError);
    await expect.poll(() => server.connections.size).toBe(0);
  });
});

describe("a connection that is handed on", () => {
  it("is refused where something came behind the answer: in the clear, it would be taken for protected", async () => {
    const asked = ask();
    far.write(Buffer.concat([done(1), done(2).subarray(0, 3)]));
    await asked;
    expect(() => wire.release()).toThrow(ForeignProtocolError);
  });

  it("has no reader and no listener of this one", async () => {
    const asked = ask();
    far.write(done(1));
    await asked;
    const before = { data: socket.listenerCount("data"), close: socket.listenerCount("close") };
    wire.release();
    expect({ data: socket.listenerCount("data"), close: socket.listenerCount("close") }).toEqual({ data: before.data - 1, close: before.close - 1 });
  });
});

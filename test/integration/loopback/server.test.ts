import { networkInterfaces } from "node:os";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { eventually } from "../../lab/eventually.ts";
import { send } from "./raw-request.ts";
import { startTestServer, type TestClient, type TestServer } from "./test-server.ts";

let target: TestServer;
beforeEach(async () => {
  target = await startTestServer();
});
afterEach(() => target.stop());

/** A connection with a token, once it is open. */
async function connectWith(token: string): Promise<WebSocket> {
  const base = `http://127.0.0.1:${target.server.port}`;
  // Node's WebSocket takes headers, which the browser's declaration of it does not know.
  const init = { protocols: ["messaging-console.v1", token], headers: { origin: base } };
  const socket: WebSocket = Reflect.construct(WebSocket, [`${base.replace("http", "ws")}/contract`, init]);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  return socket;
}

async function enter(): Promise<{ readonly token: string; readonly socket: WebSocket; readonly client: TestClient }> {
  const base = `http://127.0.0.1:${target.server.port}`;
  const answer = await fetch(`${base}/exchange`, { method: "POST", headers: { origin: base }, body: JSON.stringify({ code: target.code }) });
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  const socket = await connectWith(token);
  return { token, socket, client: createORPCClient<TestClient>(new RPCLink({ websocket: socket })) };
}

describe("the loopback server", () => {
  it("answers calls and streams over one connection", async () => {
    const { client, socket } = await enter();
    expect(await client.echo({ text: "hällo" })).toEqual({ text: "hällo" });
    const numbers: number[] = [];
    for await (const number of await client.forever()) {
      numbers.push(number);
      if (numbers.length === 3) break;
    }
    expect(numbers).toEqual([0, 1, 2]);
    socket.close();
  });

  it("cancels the work of a connection that closes", async () => {
    const { client, socket } = await enter();
    const stream = (await client.forever())[Symbol.asyncIterator]();
    await stream.next();
    expect(target.events).toContain("begun");
    expect(target.events).not.toContain("ended");
    socket.close();
    await eventually(() => expect(target.events).toEqual(expect.arrayContaining(["aborted", "ended", "connections 0"])));
  });

  it("ends every call while what it serves is exchanged, and answers on new connections with the next", async () => {
    const before = await enter();
    const stream = (await before.client.forever())[Symbol.asyncIterator]();
    await stream.next();
    target.pause();
    await eventually(() => expect(target.events).toEqual(expect.arrayContaining(["aborted", "ended"])));
    const refused = await connectWith(before.token);
    await eventually(() => expect(refused.readyState).toBe(WebSocket.CLOSED));
    target.exchange();
    const again = await connectWith(before.token);
    expect(await createORPCClient<TestClient>(new RPCLink({ websocket: again })).echo("back")).toBe("back");
    again.close();
  });

  it("closes a connection that sends more than two mebibytes at once", async () => {
    const { client, socket } = await enter();
    await expect(client.echo("x".repeat(1_500_000))).resolves.toHaveLength(1_500_000);
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.addEventListener("close", resolve);
    });
    socket.send("x".repeat(2_200_000));
    expect((await closed).code).toBe(1009);
  });

  it.each([
    ["nothing", ""],
    ["broken JSON with a secret", '{"password":"PLANTED'],
    ["null", "null"],
    ["a list", "[]"],
    ["a call to nowhere", '{"i":"1","p":{}}'],
    ["a call to another address", '{"i":"1","p":{"u":"PLANTED"}}'],
    ["bytes", new Uint8Array([0xff, 0, 1])],
  ])("closes a connection that sends %s, and reports none of it", async (_what, junk) => {
    const reported = [vi.spyOn(console, "error"), vi.spyOn(console, "log"), vi.spyOn(process.stderr, "write")];
    const { socket } = await enter();
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.addEventListener("close", resolve);
    });
    socket.send(junk);
    expect((await closed).code).toBe(1007);
    for (const spy of reported) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it("counts connections", async () => {
    const { socket } = await enter();
    expect(target.events.filter((event) => event.startsWith("connections"))).toEqual(["connections 1"]);
    socket.close();
    await eventually(() => expect(target.events).toContain("connections 0"));
  });

  it("sends its security headers with every answer", async () => {
    const host = ["Host", `127.0.0.1:${target.server.port}`] as const;
    for (const path of ["/", "/assets/index-abc.js", "/missing"]) {
      const { headers } = await send(target.server.port, { target: path, headers: [host] });
      expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["cache-control"]).toContain(path.startsWith("/assets") ? "private" : "no-store");
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("listens on loopback only", async () => {
    const others = Object.values(networkInterfaces()).flat().flatMap((each) => (each?.family === "IPv4" && !each.internal ? [each.address] : []));
    // The rest of 127/8 is this machine too, but another address: it stands in where there is no network.
    for (const address of [...others, "127.0.0.2"]) {
      await expect(fetch(`http://${address}:${target.server.port}/`)).rejects.toThrow(TypeError);
    }
  });
});

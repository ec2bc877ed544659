/** What a foreign page, a rebound name, another program or a guess could try on the loopback host. Every one is refused. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { handshake, send, type RawRequest } from "./raw-request.ts";
import { patientClock, startTestServer, type TestServer } from "./test-server.ts";

type Header = readonly [string, string];
interface Attack extends RawRequest {
  readonly name: string;
}

let target: TestServer;
let token: string;

beforeAll(async () => {
  target = await startTestServer(patientClock());
  const swapped = await send(target.server.port, exchange(target.code, [hostHeader(), originHeader()]));
  token = z.object({ token: z.string() }).parse(JSON.parse(swapped.body)).token;
});
afterAll(() => target.stop());

const port = () => target.server.port;
const hostHeader = (): Header => ["Host", `127.0.0.1:${port()}`];
const originHeader = (): Header => ["Origin", `http://127.0.0.1:${port()}`];
const protocols = () => `messaging-console.v1, ${token}`;

function exchange(code: string, headers: readonly Header[]): RawRequest {
  return { method: "POST", target: "/exchange", headers: [...headers, ["Content-Type", "application/json"]], body: JSON.stringify({ code }) };
}
function connection(headers: readonly Header[], offered = protocols(), path = "/contract"): RawRequest {
  return { target: path, headers: [...headers, ...handshake(offered)] };
}

/** Each way in, as it would be right but for the given headers. The code is a fresh, unused one. */
function everyWayIn(name: string, headers: readonly Header[]): readonly Attack[] {
  const fresh = new URL(target.server.url()).hash.slice("#code=".length);
  return [
    { name: `${name}: the page`, headers },
    { name: `${name}: a script`, target: "/assets/index-abc.js", headers },
    { name: `${name}: the code`, ...exchange(fresh, headers) },
    { name: `${name}: the contract`, ...connection(headers) },
  ];
}

function hosts(): readonly Attack[] {
  const p = port();
  const wrong = [
    "evil.example",
    `evil.example:${p}`,
    "127.0.0.1",
    "localhost",
    `127.0.0.1:${p + 1}`,
    `127.0.0.1:80`,
    `127.0.0.1.evil.example:${p}`,
    `localhost.evil.example:${p}`,
    `localhost:${p}.evil.example`,
    `0.0.0.0:${p}`,
    `[::1]:${p}`,
    `[::ffff:127.0.0.1]:${p}`,
    `127.1:${p}`,
    `2130706433:${p}`,
    `0x7f.0.0.1:${p}`,
    `localhost.:${p}`,
    `user@127.0.0.1:${p}`,
    `127.0.0.1:${p}, evil.example`,
    `127.0.0.1:0${p}`,
    "",
  ];
  return [
    ...wrong.flatMap((host) => everyWayIn(`Host "${host}"`, [["Host", host], originHeader()])),
    ...everyWayIn("no Host", [originHeader()]),
    ...everyWayIn("two Hosts", [hostHeader(), ["Host", "evil.example"], originHeader()]),
  ];
}

function origins(): readonly Attack[] {
  const p = port();
  const wrong = [
    "null",
    "",
    "http://evil.example",
    `http://evil.example:${p}`,
    `https://127.0.0.1:${p}`,
    "http://127.0.0.1",
    `http://127.0.0.1:${p + 1}`,
    `http://localhost:${p}`,
    `http://127.0.0.1:${p}.evil.example`,
    `http://127.0.0.1:${p}/`,
    `HTTP://127.0.0.1:${p}`,
    `http://user@127.0.0.1:${p}`,
    `ws://127.0.0.1:${p}`,
    "file://",
    "app://console",
    "chrome-extension://abcdefghijklmnop",
    `http://127.0.0.1:${p} http://evil.example`,
  ];
  return [
    ...wrong.flatMap((origin) => everyWayIn(`Origin "${origin}"`, [hostHeader(), ["Origin", origin]])),
    ...everyWayIn("two Origins", [hostHeader(), originHeader(), ["Origin", "http://evil.example"]]),
    // A page and its scripts are opened without an Origin; the code and the contract never are.
    ...everyWayIn("no Origin", [hostHeader()]).slice(2),
  ];
}

function methods(): readonly Attack[] {
  const all = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MKCOL", "CONNECT", "QUERY"];
  const headers = [hostHeader(), originHeader()];
  const places = ["/", "/index.html", "/assets/index-abc.js", "/contract"];
  const onExchange = [...all.slice(1), "GET", "HEAD"];
  return [
    ...all.flatMap((method) => places.map((place) => ({ name: `${method} ${place}`, method, target: place, headers }))),
    ...onExchange.map((method) => ({ name: `${method} /exchange`, method, target: "/exchange", headers })),
    ...["POST", "PUT", "HEAD"].map((method) => ({ name: `${method} upgrade`, ...connection(headers), method })),
  ];
}

function tokens(): readonly Attack[] {
  const right = [hostHeader(), originHeader()];
  const offered: readonly string[] = [
    "",
    "messaging-console.v1",
    "messaging-console.v1,",
    "messaging-console.v1, undefined",
    "messaging-console.v1, null",
    `messaging-console.v1, ${target.code}`,
    `messaging-console.v1, ${token.slice(0, -1)}`,
    `messaging-console.v1, ${token}x`,
    `messaging-console.v1, ${token.toLowerCase()}`,
    `messaging-console.v1, ${"A".repeat(token.length)}`,
    `messaging-console.v1, ${"A".repeat(4000)}`,
    `messaging-console.v1, ${token}, more`,
    `messaging-console.v1, wrong, ${token}`,
    `messaging-console.v2, ${token}`,
    `${token}, messaging-console.v1`,
    token,
    `graphql-ws, ${token}`,
  ];
  const paths = ["/", "/contract/", "/CONTRACT", "//contract", "/contract?", `/contract?token=${token}`, "/exchange", "/socket", "/index.html", "http://127.0.0.1/contract"];
  return [
    ...offered.map((each) => ({ name: `subprotocols "${each.slice(0, 40)}"`, ...connection(right, each) })),
    ...paths.map((path) => ({ name: `upgrade at ${path.slice(0, 20)}`, ...connection(right, protocols(), path) })),
    { name: "token as bearer", ...connection([...right, ["Authorization", `Bearer ${token}`]], "messaging-console.v1") },
    { name: "token as cookie", ...connection([...right, ["Cookie", `token=${token}`]], "messaging-console.v1") },
    { name: "another upgrade", target: "/contract", headers: [...right, ["Upgrade", "h2c"], ["Connection", "Upgrade"], ["Sec-WebSocket-Protocol", protocols()]] },
  ];
}

function codes(): readonly Attack[] {
  const right = [hostHeader(), originHeader()];
  const fresh = new URL(target.server.url()).hash.slice("#code=".length);
  const body = (text: string, name: string): Attack => ({ name, method: "POST", target: "/exchange", headers: right, body: text });
  return [
    ...["", "x", fresh.slice(0, -1), `${fresh}x`, ` ${fresh}`, fresh.toUpperCase(), token, "A".repeat(400)].map((code, index) => ({ name: `wrong code ${index}`, ...exchange(code, right) })),
    { name: "the used code again", ...exchange(target.code, right) },
    body("", "no body"),
    body(fresh, "the code without JSON"),
    body(JSON.stringify([fresh]), "the code in a list"),
    body(JSON.stringify({ code: [fresh] }), "a list as code"),
    body(JSON.stringify({ code: { toString: fresh } }), "an object as code"),
    body(JSON.stringify({ code: null }), "null as code"),
    body(`{"code":"${fresh}"`, "broken JSON"),
    body(JSON.stringify({ code: fresh, filler: "x".repeat(5000) }), "a body above the limit"),
    { name: "the code in the address", method: "POST", target: `/exchange?code=${fresh}`, headers: right },
  ];
}

function paths(): readonly Attack[] {
  const right = [hostHeader()];
  return [
    "/../secret.js", "/assets/../../secret.js", "/%2e%2e/secret.js", "/..%2fsecret.js", "/%2e%2e%2fsecret.js", "/..%5csecret.js", "/..\\secret.js",
    "/....//secret.js", "/%252e%252e/secret.js", "/assets/%2e%2e/%2e%2e/secret.js", "/C:/secret.js", "/index.html::$DATA", "/index.html%00.js", "//secret.js",
    "/.git/config", "/package.json", "/vault.key", "/messaging-console.db", "/%", "/assets", "/assets/", "/missing.js", "/index.htm", "*", "secret.js",
  ].map((path) => ({ name: `path ${path}`, target: path, headers: right }));
}

/** What a tab kept from a console that has ended, offered to the next one. */
async function tokenOfAnotherConsole(): Promise<string> {
  const other = await startTestServer();
  const own: readonly Header[] = [["Host", `127.0.0.1:${other.server.port}`], ["Origin", `http://127.0.0.1:${other.server.port}`]];
  const swapped = await send(other.server.port, exchange(other.code, own));
  await other.stop();
  return z.object({ token: z.string() }).parse(JSON.parse(swapped.body)).token;
}

describe("attacks on the loopback host", () => {
  it("with a token of a console that ended are refused, while the tab that holds this one's comes in again and again", async () => {
    const right = [hostHeader(), originHeader()];
    const stale = await tokenOfAnotherConsole();
    expect((await send(port(), connection(right, `messaging-console.v1, ${stale}`))).status).toBe(403);
    expect((await send(port(), exchange(stale, right))).status).toBe(403);
    for (let reload = 0; reload < 3; reload += 1) expect((await send(port(), connection(right))).status).toBe(101);
  });

  it("are all refused, at least 200 of them, and the right way in works before and after", async () => {
    const attacks = [...hosts(), ...origins(), ...methods(), ...tokens(), ...paths(), ...codes()];
    expect(attacks.length).toBeGreaterThanOrEqual(200);
    const accepted: string[] = [];
    for (const attack of attacks) {
      const answer = await send(port(), attack);
      const refused = answer.status === 0 || answer.status >= 400;
      const leaks = answer.body.includes("page") || answer.body.includes("outside") || answer.body.includes("token") || answer.body.includes(token);
      if (!refused || leaks) accepted.push(`${attack.name}: ${answer.status}`);
    }
    expect(accepted).toEqual([]);

    const right = [hostHeader(), originHeader()];
    expect((await send(port(), { headers: [hostHeader()] })).status).toBe(200);
    expect((await send(port(), { method: "HEAD", headers: [hostHeader()] })).status).toBe(200);
    expect((await send(port(), { target: "/assets/index-abc.js", headers: right })).status).toBe(200);
    expect((await send(port(), connection(right))).status).toBe(101);
    expect((await send(port(), connection([["Host", `localhost:${port()}`], ["Origin", `http://localhost:${port()}`]]))).status).toBe(101);
    const fresh = new URL(target.server.url()).hash.slice("#code=".length);
    expect((await send(port(), exchange(fresh, right))).status).toBe(200);
    expect((await send(port(), exchange(fresh, right))).status).toBe(403);
  });

  it("with an invitation of another tab are refused like those with the address's code", async () => {
    const right = [hostHeader(), originHeader()];
    const wrong = [
      [hostHeader()],
      [hostHeader(), ["Origin", "null"] as const],
      [hostHeader(), ["Origin", "http://evil.example"] as const],
      [hostHeader(), ["Origin", `http://localhost:${port()}`] as const],
      [["Host", `evil.example:${port()}`] as const, ["Origin", `http://evil.example:${port()}`] as const],
    ];
    const invited = target.server.invite();
    for (const headers of wrong) expect((await send(port(), exchange(invited, headers))).status).toBe(403);
    // As a token, in the address, by another method, and cut short: an invitation is a code and nothing else.
    expect((await send(port(), connection(right, `messaging-console.v1, ${invited}`))).status).toBe(403);
    expect((await send(port(), { method: "POST", target: `/exchange?code=${invited}`, headers: right })).status).toBe(405);
    expect((await send(port(), exchange(invited.slice(0, -1), right))).status).toBe(403);
    expect((await send(port(), exchange(invited, right))).status).toBe(200);
    expect((await send(port(), exchange(invited, right))).status).toBe(403);
    expect(target.logged.join("\n")).not.toContain(invited);
  });

  it("with a code that another one was printed for are refused", async () => {
    const right = [hostHeader(), originHeader()];
    const codeOf = (url: string) => new URL(url).hash.slice("#code=".length);
    const old = codeOf(target.server.url());
    const next = codeOf(target.server.url());
    expect((await send(port(), exchange(old, right))).status).toBe(403);
    expect((await send(port(), exchange(next, right))).status).toBe(200);
  });

  it("have no call that hands out an invitation from outside the contract", async () => {
    const right = [hostHeader(), originHeader(), ["Authorization", `Bearer ${token}`] as const];
    for (const place of ["/invite", "/app/invite", "/contract/app/invite", "/code"]) {
      for (const method of ["GET", "POST"]) {
        const answer = await send(port(), { method, target: place, headers: right, ...(method === "POST" ? { body: "{}" } : {}) });
        expect([404, 405]).toContain(answer.status);
        expect(answer.body).toBe("");
      }
    }
  });

  it("leave no code and no token in the log", () => {
    const log = target.logged.join("\n");
    expect(log).toContain("refused");
    expect(log).not.toContain(token);
    expect(log).not.toContain(target.code);
  });

  it("by guessing are slowed to five tries a second", async () => {
    const slow = await startTestServer();
    try {
      const own: readonly Header[] = [["Host", `127.0.0.1:${slow.server.port}`], ["Origin", `http://127.0.0.1:${slow.server.port}`]];
      const statuses: number[] = [];
      for (let number = 0; number < 8; number += 1) statuses.push((await send(slow.server.port, exchange(`guess ${number}`, own))).status);
      expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
      expect((await send(slow.server.port, exchange(slow.code, own))).status).toBe(429);
    } finally {
      await slow.stop();
    }
  });
});

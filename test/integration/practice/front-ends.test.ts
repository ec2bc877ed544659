/** The front ends as clients meet them: healthy, and with every failure. */
import net from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ask, errorCode, openPractice, type Practice } from "./support.ts";

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.does("reset"));
afterAll(() => practice.stop());

const EXA = "exa.contoso.lab";
const stateOf = (id: string) => practice.port.components().find((component) => component.id === id)?.state;

describe("a healthy server", () => {
  test.each(["owa", "ecp", "ews", "oab", "autodiscover", "mapi", "rpc", "Microsoft-Server-ActiveSync", "PowerShell"])("answers /%s/healthcheck.htm with its name", async (directory) => {
    expect(await ask(practice, EXA, `/${directory}/healthcheck.htm`)).toMatchObject({ status: 200, body: "200 OK<br/>EXA.contoso.lab" });
  });

  test("asks for sign-in elsewhere, and knows no other directory", async () => {
    expect((await ask(practice, EXA, "/PowerShell/")).status).toBe(401);
    expect((await ask(practice, EXA, "/nothing/healthcheck.htm")).status).toBe(404);
  });

  test.each(["//", "/%zz", "/\\", "//healthcheck.htm", "/powershell//healthcheck.htm", "/?", "*"])("is not upset by the target %s", async (target) => {
    expect((await ask(practice, EXA, target)).status).toBeGreaterThan(400);
    expect((await ask(practice, EXA, "/powershell/healthcheck.htm?x=1")).status).toBe(200);
  });
});

describe("a broken server", () => {
  test("down refuses connections and comes back on the same port", async () => {
    const before = await practice.portOf(EXA, 443);
    await practice.does("down", "exa");
    expect(stateOf("exa")).toBe("down");
    expect(await errorCode(ask(practice, EXA))).toBe("ECONNREFUSED");
    expect((await ask(practice, "exb.contoso.lab")).status).toBe(200);
    await practice.does("up", "exa");
    expect(await practice.portOf(EXA, 443)).toBe(before);
    expect((await ask(practice, EXA)).status).toBe(200);
  });

  test("down drops connections that stand", async () => {
    const socket = net.connect({ host: "127.0.0.1", port: await practice.portOf(EXA, 443) });
    await new Promise((resolve) => socket.once("connect", resolve));
    const ended = new Promise((resolve) => {
      socket.on("error", resolve);
      socket.on("close", resolve);
    });
    await practice.does("down", "exa");
    await ended;
    expect(socket.destroyed || socket.readableEnded).toBe(true);
  });

  test("drain closes the connection without a status line, for PowerShell and nothing else", async () => {
    await practice.does("drain", EXA);
    expect(await errorCode(ask(practice, EXA))).toBe("ECONNRESET");
    expect((await ask(practice, EXA, "/owa/healthcheck.htm")).status).toBe(200);
  });

  test.each([
    ["stopped", 503, /The service is unavailable/],
    ["sign-in", 401, /^$/],
    ["redirect", 302, /^$/],
    ["proxy-page", 200, /<title>Access blocked/],
    ["other-server", 200, /^200 OK<br\/>EXPOOL2\.contoso\.lab$/],
  ])("%s answers %i with its own page", async (verb, status, body) => {
    await practice.does(verb, "exa");
    const answer = await ask(practice, EXA);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(body);
  });

  test("old-tls speaks nothing newer than TLS 1.0", async () => {
    await practice.does("old-tls", "exa");
    // The server's alert, "protocol version".
    expect(await errorCode(ask(practice, EXA))).toBe("EPROTO");
  });

  test("slow answers after the seconds given", async () => {
    await practice.does("slow", "exa", "0.5");
    const { status, ms } = await ask(practice, EXA);
    expect(status).toBe(200);
    expect(ms).toBeGreaterThan(450);
  });

  test("refuse accepts and drops before TLS", async () => {
    await practice.does("refuse", "exa");
    expect(await errorCode(ask(practice, EXA))).toBe("ECONNRESET");
  });

  test("hang accepts and never answers", async () => {
    await practice.does("hang", "exa");
    expect(await errorCode(ask(practice, EXA, undefined, 400))).toBe("TIMEOUT");
  });

  test.each([
    ["expired", "CERT_HAS_EXPIRED"],
    ["own-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["untrusted", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["no-intermediate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["wrong-purpose", "INVALID_PURPOSE"],
    // OpenSSL's "EE certificate key too weak", for which Node has no name.
    ["weak", "UNSPECIFIED"],
  ])("%s fails verification with %s, and up heals it", async (verb, code) => {
    await practice.does(verb, "exa");
    expect(await errorCode(ask(practice, EXA))).toBe(code);
    await practice.does("up", "exa");
    expect((await ask(practice, EXA)).status).toBe(200);
  });

  test("a server with two failures after each other has the last", async () => {
    await practice.does("down", "exa");
    await practice.does("expired", "exa");
    expect(await errorCode(ask(practice, EXA))).toBe("CERT_HAS_EXPIRED");
  });
});

describe("a thousand servers", () => {
  test("share one listener until one of them is broken", async () => {
    await practice.does("thousand");
    const ports = await Promise.all(Array.from({ length: 1001 }, (_, index) => practice.portOf(`ex${String(index + 1).padStart(4, "0")}.contoso.lab`, 443)));
    expect(new Set(ports).size).toBe(1);
    expect((await ask(practice, "ex0777.contoso.lab")).body).toBe("200 OK<br/>EX0777.contoso.lab");
    await practice.does("down", "ex0777");
    expect(stateOf("ex0777")).toBe("down");
    expect(await errorCode(ask(practice, "ex0777.contoso.lab"))).toBe("ECONNREFUSED");
    expect((await ask(practice, "ex0778.contoso.lab")).status).toBe(200);
    await practice.does("up", "ex0777");
    expect((await ask(practice, "ex0777.contoso.lab")).status).toBe(200);
  });

  test("are summed up as one component and go away with reset", async () => {
    await practice.does("thousand");
    expect(practice.port.components().find(({ id }) => id === "generated")?.detail).toBe("1001");
    expect(practice.port.components().length).toBeLessThan(20);
    await practice.does("reset");
    expect(practice.port.components().some(({ id }) => id === "generated")).toBe(false);
    expect((await practice.resolver.connectTo("ex0001.contoso.lab", 443, { server: null, signal: new AbortController().signal })).ok).toBe(false);
  });
});

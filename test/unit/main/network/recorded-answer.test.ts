/** Answers that came elsewhere: read as those that come here, whatever octets a file holds. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordedAnswer } from "../../../../main/network/https.ts";
import { systemClock } from "../store/support.ts";

const read = (octets: string | Uint8Array, cutOffMs: number | null = null) => recordedAnswer(Buffer.from(octets), { url: "https://exa.contoso.lab/PowerShell/healthcheck.htm", clock: systemClock, maxBytes: 1024, cutOffMs });

describe("an answer that came elsewhere", () => {
  it("is read to its end, with a length, in pieces, or up to where the connection ended", async () => {
    const whole = { ok: true, value: { status: 200, body: "200 OK<br/>EXA" } };
    for (const rest of ["Content-Length: 14\r\n\r\n200 OK<br/>EXA", "Transfer-Encoding: chunked\r\n\r\ne\r\n200 OK<br/>EXA\r\n0\r\n\r\n", "Connection: close\r\n\r\n200 OK<br/>EXA"]) {
      expect(await read(`HTTP/1.1 200 OK\r\nX-FEServer: EXA\r\n${rest}`)).toMatchObject(whole);
    }
  });

  it.each([
    ["", "closed-without-answer"],
    ["220 exa.contoso.lab ESMTP\r\n", "not-http"],
    ["HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n200", "answer-broken-off"],
    [`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(2000)}`, "answer-too-large"],
    ["HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "closed-without-answer"],
  ])("%j is %s", async (octets, reason) => {
    expect(await read(octets)).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "health-check", reason } });
  });

  it("answers for any octets", async () => {
    const pieces = fc.constantFrom("HTTP/1.1 ", "200", "101", "100", " OK", "\r\n", "\r\n\r\n", "Content-Length: ", "5", "Transfer-Encoding: chunked", "Upgrade: h2c", "Connection: Upgrade", "0", "\0", "é");
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
        expect([true, false]).toContain((await read(parts.join(""))).ok);
      }),
      { numRuns: 200 },
    );
  });
});

it("is whole where its head says so, of a server that did not close, and not otherwise", async () => {
  const page = (head: string, body: string) => `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`;
  const whole = [page("Content-Length: 2", "OK"), page("Transfer-Encoding: chunked", "2\r\nOK\r\n0\r\n\r\n"), page("Content-Length: 1024", "x".repeat(1024))];
  expect((await Promise.all(whole.map((octets) => read(octets, 8_000)))).map(({ ok }) => ok)).toEqual([true, true, true]);
  const cut = ["", "HTTP/1.1 200", page("Content-Length: 3", "OK"), page("Transfer-Encoding: chunked", "2\r\nOK\r\n"), page("X: y", "OK")];
  const late = { ok: false, fault: { kind: "timeout", phase: "response", afterMs: 8_000 } };
  expect(await Promise.all(cut.map((octets) => read(octets, 8_000)))).toEqual(cut.map(() => late));
});

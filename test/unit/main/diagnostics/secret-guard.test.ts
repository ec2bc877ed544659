/** Secrets in what is written for others: found however they are encoded, and no word taken for one. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecretGuard, type SecretGuard } from "../../../../main/diagnostics/secret-guard.ts";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));
const guarding = (...secrets: readonly (string | Uint8Array)[]): SecretGuard => {
  const guard = createSecretGuard((text) => text === "contoso.lab");
  for (const secret of secrets) guard.add(typeof secret === "string" ? bytesOf(secret) : secret);
  return guard;
};

const SECRET = 'Pa55 "w\\ö rd+/';
const basic = (before: string) => Buffer.from(`${before}${SECRET}@`).toString("base64");

describe("a secret", () => {
  it.each([
    ["as it is", SECRET],
    ["in JSON", JSON.stringify(SECRET)],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ SECRET }))],
    ["in an address", encodeURIComponent(SECRET)],
    ["in an address with small digits", encodeURIComponent(SECRET).replaceAll(/%../g, (escape) => escape.toLowerCase())],
    ["in JSON of ASCII with capital digits", JSON.stringify(SECRET).replace("ö", String.raw`\u00F6`)],
    ["in a form", new URLSearchParams({ p: SECRET }).toString()],
    ["in base64, at the beginning", basic("")],
    ["in base64, a byte later", basic("a")],
    ["in base64, two bytes later", basic("ab")],
    ["in base64 of addresses", Buffer.from(`u:${SECRET}>>`).toString("base64url")],
    ["in hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["in hexadecimal with capitals", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["in UTF-16, in base64", Buffer.from(SECRET, "utf16le").toString("base64")],
    ["in UTF-16 that was read as Latin", Buffer.from(SECRET, "utf16le").toString("latin1")],
    ["in markup", "Pa55 &quot;w\\ö rd+/"],
  ])("is found %s", (_how, text) => {
    expect(guarding("other-Secret-7", SECRET).isIn(`before ${text} after`)).toBe(true);
  });

  it("of bytes is found in base64 and hexadecimal, also a piece of it", () => {
    const file = Uint8Array.from({ length: 900 }, (_byte, index) => (index * 73 + 41) % 256);
    const guard = guarding(file);
    expect(guard.isIn(Buffer.from(file).toString("base64"))).toBe(true);
    expect(guard.isIn(Buffer.from(file.subarray(280, 420)).toString("hex"))).toBe(true);
    expect(guard.isIn(Buffer.from(file.map((byte) => byte ^ 0x55)).toString("base64"))).toBe(false);
  });

  it("that any text might hold stops nothing and is blotted out", () => {
    const guard = guarding("abc", "password", "Ab1!", "contoso.lab");
    expect(guard.isIn("the password of contoso.lab is abc or Ab1!")).toBe(false);
    expect(guard.mask("the password of contoso.lab is abc or Ab1! abcd")).toBe("the [redacted] of [redacted] is [redacted] or [redacted] abcd");
  });

  it.each([
    ["in base64 behind a name", Buffer.from("svc:sommerregen").toString("base64")],
    ["in base64, a byte later", Buffer.from("corp:sommerregen!").toString("base64")],
    ["in base64, two bytes later", Buffer.from("ab sommerregen").toString("base64url")],
    ["in hexadecimal", Buffer.from("sommerregen").toString("hex")],
    ["in hexadecimal with capitals", Buffer.from("sommerregen").toString("hex").toUpperCase()],
    ["in UTF-16, in base64", Buffer.from("sommerregen", "utf16le").toString("base64")],
    ["in UTF-16 that was read as Latin", Buffer.from("sommerregen", "utf16le").toString("latin1")],
    ["with a capital", "Sommerregen"],
  ])("that is a word is blotted out %s", (_how, text) => {
    const guard = guarding("sommerregen");
    const masked = guard.mask(`before ${text} after`);
    expect({ isIn: guard.isIn(text), masked }).toEqual({ isIn: false, masked: expect.stringMatching(/^before .{0,8}\[redacted\].{0,4} after$/) });
    // What is left beside it is less than one of its letters.
    for (const encoding of ["base64", "base64url", "hex"] as const) expect(Buffer.from(masked.replaceAll(/before |\[redacted\]| after/g, ""), encoding).toString("latin1")).not.toMatch(/somm|regen/);
  });

  it("that is written with what needs an escape is blotted out in JSON and in addresses", () => {
    const guard = guarding('a"ü%');
    expect(guard.mask(String.raw`{"p":"a\"ü%"} and ?p=a%22%C3%BC%25&q`)).toBe('{"p":"[redacted]"} and ?p=[redacted]&q');
  });

  it("that is a word with a capital is not found in the console's own words", () => {
    const guard = guarding("Password", "Exchange", "MessagingX", "Winter2026");
    for (const text of ['{"directoryPassword":"set"}', '"provider": "exchange"', "Messaging System", "winter2026 is not it"]) expect(guard.isIn(text)).toBe(false);
    expect(guard.isIn("it is Winter2026!")).toBe(true);
  });

  it("is never left, whichever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 2, maxLength: 40 }), fc.string({ maxLength: 20 }), (secret, around) => {
        const guard = guarding(secret);
        const text = `${around} ${secret} ${around}`;
        expect(guard.isIn(text) || !guard.mask(text).includes(secret) || around.includes(secret) || "[redacted]".includes(secret)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

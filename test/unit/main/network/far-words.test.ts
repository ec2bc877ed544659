import { generateKeyPairSync, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { farWords, withoutSecrets } from "../../../../main/network/far-words.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = `${part({ alg: "PS256", typ: "JWT" })}.${part({ aud: "https://login.microsoftonline.com", sub: "5f0c2a0e" })}.${randomBytes(256).toString("base64url")}`;
const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const inner = pem.split("\n").slice(1, -2);

/** Planted secrets, each with what of it must not be left over. The shapes are the vendors'; the values are made up here. */
const planted: readonly (readonly [name: string, text: string, left: readonly string[]])[] = [
  ["an assertion", `Assertion ${jwt} is malformed.`, jwt.split(".")],
  ["an access token in a header", `Invalid header: Bearer ${jwt}`, jwt.split(".")],
  ["an opaque token in a header", "Invalid header: Authorization: Bearer 8f14e45fceea167a5a36dedd4bea2543", ["8f14e45f"]],
  ["a cut token", `Token ${jwt.slice(0, 60)}`, [jwt.slice(0, 60)]],
  ["a client secret of Entra's", "Secret 'Abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789-_' is wrong.", ["8Q~", "dEfGhIjK"]],
  ["a client secret by its name", "client_secret=hunter2-hunter2&scope=x", ["hunter2"]],
  ["a client secret in JSON", '{"client_secret":"hunter2 is short", "scope":"x"}', ["hunter2", "is short"]],
  ["a refresh token of Entra's", "0.AXoA1fdL9rT1234567890abcdefghij.AgABAwEAAAApTwJmzXqdR4BN2miheQMYAgDs", ["AXoA1fdL", "AgABAwEA"]],
  ["Google's access token", "Invalid token: ya29.a0AfH6SMBx1234567890-abc_def", ["a0AfH6SM"]],
  ["Google's refresh token", "Token 1//0gLongRefreshToken-abc_123 has been revoked.", ["0gLongRefresh"]],
  ["Google's client secret", "GOCSPX-abcDEF123_-ghiJKL456", ["abcDEF123"]],
  ["a private key", `Key ${pem} is not accepted.`, inner],
  ["a private key in JSON", JSON.stringify({ private_key: pem }), inner],
  ["a private key on one line", `Key ${pem.replaceAll("\n", " ")}`, inner],
  ["a private key without its frame", `Key ${inner.join("\n")} is not accepted.`, inner.slice(0, -1)],
  ["a cut private key", `Key ${pem.slice(0, 200)}`, [pem.slice(40, 90)]],
];

describe("secrets in a far side's words", () => {
  it.each(planted)("%s is taken out", (_name, text, left) => {
    const clean = withoutSecrets(text, []);
    for (const piece of left) expect(clean).not.toContain(piece);
    expect(clean).toContain("[removed]");
  });

  it("the words around them stay", () => {
    expect(withoutSecrets(`Assertion ${jwt} is malformed.`, [])).toBe("Assertion [removed] is malformed.");
    expect(withoutSecrets("client_secret=hunter2-hunter2&scope=x", [])).toBe("client_secret=[removed]&scope=x");
    expect(withoutSecrets(`Key ${pem} is not accepted.`, [])).toBe("Key [removed]\n is not accepted.");
  });

  it.each(["Prac~tice.Secret-00000", "p&ss=wörd \"quoted\"", "short"])("what was sent is taken out whatever it looks like: %j", (secret) => {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret)]) {
      const clean = withoutSecrets(`You sent ${form} to us.`, [secret]);
      expect(clean).toMatch(/^You sent "?\[removed\]"? to us\.$/);
    }
  });

  it("does not take a word for a secret because it was sent", () => {
    expect(withoutSecrets("The id is abc.", ["id", ""])).toBe("The id is abc.");
  });
});

describe("what support asks for", () => {
  it.each([
    "AADSTS700027: Client assertion failed signature validation. [Reason - The key was not found., Thumbprint of key used by client: 'FEE7837AEDA22B9C13EF27ED6A4A5143F6B8F8E8', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '38CF1AAD-04a3-465c-ae31-e0f27fa709c3'.",
    "a query request URL, such as 'https://graph.microsoft.com/beta/applications/38cf1aad-04a3-465c-ae31-e0f27fa709c3'",
    "Trace ID: de577a4f-a611-44e8-94e6-5ca7955a3800 Correlation ID: b1f881fe-810c-4731-a772-fa920ee90430 Timestamp: 2025-04-10 13:07:42Z",
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    "Client assertion is not within its valid time range. Current time: 2024-10-02T22:05:03.6755165Z, assertion valid from 1970-01-01T00:00:00.0000000Z",
    "Enable it by visiting https://console.developers.google.com/apis/api/admin.googleapis.com/overview?project=123456789 then retry.",
    "messaging-console@contoso-practice.iam.gserviceaccount.com",
    // The claims of AADSTS53003: which policies blocked.
    '{"access_token":{"capolids":{"essential":true,"values":["2b1cf3a5-0000-4e1d-9c0a-7f1c2d3e4f50"]}}}',
    "8a3f0c1d5b7e9f2a4c6d8e0f1a3b5c7d9e1f2a4b6c8d0e2f4a6b8c0d1e3f5a7b",
    "The service principal for resource '00000002-0000-0ff1-ce00-000000000000' is disabled. This indicate that a subscription within the tenant has lapsed.",
  ])("stays: %s", (text) => {
    expect(withoutSecrets(text, [])).toBe(text);
  });
});

describe("words for the details", () => {
  it("are one line a part, without what nobody sees and without the same thing twice", () => {
    expect(farWords(["AADSTS1: no.\r\nTrace ID: 7\u{0000}", "Trace ID: 7", "", "claims: {}"], [])).toBe("AADSTS1: no. Trace ID: 7\nclaims: {}");
    expect(farWords(["", " "], [])).toBeUndefined();
  });

  it("are bounded, after the secrets were taken out", () => {
    const words = farWords([`${"word ".repeat(290)}${jwt} ${"word ".repeat(1_000)}`], []) ?? "";
    expect(words.length).toBeLessThanOrEqual(1_500);
    expect(words).not.toContain("eyJ");
    expect(words).toMatch(/…$/);
  });
});

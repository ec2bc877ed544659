import { describe, expect, it } from "vitest";
import { redact, redactText } from "../../../../../main/hosts/shared/redact.ts";
import { cpuTimeOf } from "../../../../lab/cpu-time.ts";

const planted = "Tr0ub4dor-plantedSecret";
const pem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA${planted}\n-----END RSA PRIVATE KEY-----`;

describe("redactText", () => {
  it.each([
    ["a password in a query string", `POST /token?user=a&password=${planted}&x=1`],
    ["a client secret in a form", `client_id=1&client_secret=${planted}`],
    ["a password in JSON", `{"user":"a","password":"${planted}"}`],
    ["a password in JSON with an escaped quote", `{"password":"a\\"${planted}"}`],
    ["a bearer token", `Authorization: Bearer ${planted}.abc`],
    ["basic credentials", `authorization: Basic ${planted}==`],
    ["a private key", `could not read ${pem}`],
    ["a private key that was cut off", pem.slice(0, -30)],
    ["a JSON Web Token", `got eyJhbGciOi.${planted}.c2lnbmF0dXJl`],
    ["an age key", "AGE-SECRET-KEY-1PLANTED".concat(planted.toUpperCase())],
    ["credentials in an address", `ldap://svc:${planted}@dc1.contoso.lab`],
    ["a one-time code in an address", `http://127.0.0.1:1/#code=${planted}`],
    ["a passphrase after a colon", `passphrase: ${planted}`],
    ["a quoted secret with blanks", `clientSecret = "two words ${planted}"`],
  ])("masks %s", (_what, text) => {
    const clean = redactText(text);
    expect(clean.toLowerCase()).not.toContain(planted.toLowerCase());
    expect(clean).toContain("[redacted]");
  });

  it("leaves ordinary sentences alone", () => {
    const text = "exb.contoso.lab is offline: TLS certificate expired on 2026-01-01; user CONTOSO\\svc-mail";
    expect(redactText(text)).toBe(text);
  });

  it("keeps the certificate's public part", () => {
    const text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    expect(redactText(text)).toBe(text);
  });

  it("cuts a text without end, in a time that does not grow with it", async () => {
    for (const text of ["x", "eyJ", "password", "://a:", '"'].map((part) => part.repeat(200_000))) {
      const { value, cpuMs } = await cpuTimeOf(() => redactText(text));
      expect(value.length).toBeLessThan(9_000);
      expect(cpuMs).toBeLessThan(500);
    }
  });

  it("masks a quoted secret that the cut goes through", () => {
    expect(redactText(`${"x".repeat(7_960)} "password": "${planted.repeat(5)}"`)).not.toContain("Tr0ub4dor");
  });
});

describe("redact", () => {
  it("masks by the field's name, whatever the value looks like", () => {
    expect(redact({ password: "short", Token: 12345, nested: { clientSecret: "a b", list: [{ privateKey: "k" }] } })).toEqual({
      password: "[redacted]",
      Token: "[redacted]",
      nested: { clientSecret: "[redacted]", list: [{ privateKey: "[redacted]" }] },
    });
  });

  it("keeps what says only whether there is a secret", () => {
    expect(redact({ password: null, token: true })).toEqual({ password: null, token: true });
  });

  it("describes errors with their causes, without secrets", () => {
    const error = new Error(`bind failed password=${planted}`, { cause: new Error(`Bearer ${planted}`) });
    const clean = JSON.stringify(redact({ error }));
    expect(clean).toContain("bind failed");
    expect(clean).not.toContain(planted);
  });

  it("names the size of bytes, never their content", () => {
    expect(redact({ file: new TextEncoder().encode(planted) })).toEqual({ file: `[${planted.length} bytes]` });
  });

  it("masks what the cause of an error says, at every depth", () => {
    const error = new Error("outer", { cause: new Error("inner", { cause: `password=${planted}` }) });
    expect(JSON.stringify(redact({ error }))).not.toContain(planted);
    expect(redact({ error })).toMatchObject({ error: { cause: { message: "inner", cause: "password=[redacted]" } } });
  });

  it("survives cycles, deep nesting and dates that are none", () => {
    const cycle: Record<string, unknown> = { at: new Date(Number.NaN) };
    cycle["self"] = cycle;
    let deep: unknown = "bottom";
    for (let level = 0; level < 50; level += 1) deep = { deep };
    expect(() => JSON.stringify(redact({ cycle, deep }))).not.toThrow();
  });
});

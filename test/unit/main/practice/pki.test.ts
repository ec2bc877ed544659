import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPki, type Pki } from "../../../../main/practice/pki.ts";

const folder = mkdtempSync(path.join(tmpdir(), "practice-pki-"));
let pki: Pki;
beforeAll(async () => {
  pki = await openPki(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const authority = () => new X509Certificate(pki.authorityPem);
const issue = async (request: Parameters<Pki["issue"]>[0]) => new X509Certificate((await pki.issue(request)).certificatePem);
const DAY = 86_400_000;

test("the authority is one, and signs itself", () => {
  expect(authority().ca).toBe(true);
  expect(authority().verify(authority().publicKey)).toBe(true);
});

test("a certificate carries its names and is the authority's", async () => {
  const certificate = await issue({ names: ["exa.contoso.lab", "mail.contoso.lab"] });
  expect(certificate.subjectAltName).toBe("DNS:exa.contoso.lab, DNS:mail.contoso.lab");
  expect(certificate.subject).toBe("CN=exa.contoso.lab");
  expect(certificate.ca).toBe(false);
  expect(certificate.checkIssued(authority())).toBe(true);
  expect(certificate.verify(authority().publicKey)).toBe(true);
  expect(certificate.validToDate.getTime() - Date.now()).toBeGreaterThan(390 * DAY);
});

test("an expired one ended yesterday", async () => {
  const certificate = await issue({ names: ["exa.contoso.lab"], flaw: "expired" });
  expect(certificate.validToDate.getTime()).toBeLessThan(Date.now());
  expect(certificate.verify(authority().publicKey)).toBe(true);
});

test("a wrong-name one is for another host", async () => {
  const certificate = await issue({ names: ["exa.contoso.lab"], flaw: "wrong-name" });
  expect(certificate.checkHost("exa.contoso.lab")).toBeUndefined();
  expect(certificate.verify(authority().publicKey)).toBe(true);
});

test("an untrusted one is another authority's, also after proper ones", async () => {
  const certificate = await issue({ names: ["exa.contoso.lab"], flaw: "untrusted" });
  expect(certificate.checkHost("exa.contoso.lab")).toBe("exa.contoso.lab");
  expect(certificate.verify(authority().publicKey)).toBe(false);
  expect((await issue({ names: ["exa.contoso.lab"], flaw: "untrusted" })).issuer).toBe(certificate.issuer);
});

test("serial numbers differ", async () => {
  const serials = await Promise.all(Array.from({ length: 20 }, async () => (await issue({ names: ["a.contoso.lab"] })).serialNumber));
  expect(new Set(serials).size).toBe(20);
});

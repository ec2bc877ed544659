/** What the product's health check says of each failure: every one has its own reason, on its own rung. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { firstFailure } from "../../../main/network/dial.ts";
import { health } from "../../../main/providers/exchange/health.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { connectionTo, contextFor } from "../directory/subject.ts";
import { openPractice, type Practice } from "./support.ts";

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.does("reset"));
afterAll(() => practice.stop());

function check(server: string, signal?: AbortSignal) {
  const site = { domain: "contoso.lab", resolver: practice.resolver, dnsServer: null };
  return health.check({ variant: "2013", domain: site.domain, username: "", authentication: "kerberos" }, server, contextFor(site, connectionTo(site, "", { trust: { mode: "system" } }), "", signal).context);
}

const SITE = { reason: "name-mismatch", detail: "mail.contoso.lab, autodiscover.contoso.lab" };
const findings = (rungs: readonly RungResult[]) => rungs.flatMap(({ outcome }) => (outcome.state === "finding" ? outcome.findings : []));

test("a server with the site's certificate passes every rung that is tried, with a finding", async () => {
  const { rungs, certificateExpiresAt } = await check("exa.contoso.lab");
  expect(rungs.map(({ rung, outcome }) => [rung, outcome.state])).toEqual([
    ["dns", "passed"],
    ["tcp", "passed"],
    ["tls", "finding"],
    ["health-check", "passed"],
    ["sign-in", "skipped"],
    ["role", "skipped"],
  ]);
  expect(findings(rungs)).toEqual([SITE]);
  expect(certificateExpiresAt).toBeGreaterThan(Date.now());
});

test.each([
  ["own-name", []],
  ["expired", [{ reason: "certificate-expired", detail: expect.stringMatching(/^\d{4}-/) }]],
  ["untrusted", [{ reason: "certificate-issuer-unknown", detail: expect.stringMatching(/^Unknown Authority/) }]],
  ["no-intermediate", [{ reason: "certificate-issuer-unknown", detail: expect.stringMatching(/^Practice Issuing CA/) }]],
  ["self-signed", [{ reason: "certificate-self-signed", detail: "exa.contoso.lab" }]],
  ["wrong-purpose", [{ reason: "certificate-wrong-purpose", detail: "clientAuth" }]],
  ["weak", [{ reason: "certificate-weak-key", detail: "RSA 1024" }, { reason: "certificate-weak-signature", detail: "SHA-1" }]],
  ["old-tls", [SITE, { reason: "tls-outdated", detail: "TLSv1" }]],
])("%s takes no server down: it is in service, with its findings", async (verb, expected) => {
  await practice.does(verb, "exa");
  const { rungs } = await check("exa.contoso.lab");
  expect(firstFailure(rungs)).toBeNull();
  expect(findings(rungs)).toEqual(expected);
});

test.each([
  ["down", "tcp", "refused"],
  ["drain", "health-check", "not-in-service"],
  ["stopped", "health-check", "service-unavailable"],
  ["sign-in", "health-check", "sign-in-asked"],
  ["redirect", "health-check", "redirected"],
  ["proxy-page", "health-check", "another-page"],
  ["other-server", "health-check", "another-server"],
  ["refuse", "tls", "connection-reset"],
  ["remove", "dns", "name-not-found"],
])("%s shows on the rung %s as %s", async (verb, rung, reason) => {
  await practice.does(verb, "exa");
  expect(firstFailure((await check("exa.contoso.lab")).rungs)).toMatchObject({ kind: "unreachable", rung, reason });
});

test("hang is heard of when giving up", async () => {
  await practice.does("hang", "exa");
  expect(firstFailure((await check("exa.contoso.lab", AbortSignal.timeout(300))).rungs)).toMatchObject({ kind: "cancelled" });
});

test("slow is in service, and its time shows", async () => {
  await practice.does("slow", "exa", "0.4");
  const { rungs, ms } = await check("exa.contoso.lab");
  expect(firstFailure(rungs)).toBeNull();
  expect(ms).toBeGreaterThan(380);
});

/** What the product's health check says of each failure: every one has its own reason, on its own rung. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { firstFailure } from "../../../main/network/dial.ts";
import { checkServer } from "../../../main/providers/exchange/health.ts";
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
  return checkServer(server, contextFor(site, connectionTo(site, "", { trust: { mode: "system" } }), "", signal).context);
}

test("a healthy server passes every rung that is tried", async () => {
  const { rungs, certificateExpiresAt } = await check("exa.contoso.lab");
  expect(rungs.map(({ rung, outcome }) => [rung, outcome.state])).toEqual([
    ["dns", "passed"],
    ["tcp", "passed"],
    ["tls", "passed"],
    ["health-check", "passed"],
    ["sign-in", "skipped"],
    ["role", "skipped"],
  ]);
  expect(certificateExpiresAt).toBeGreaterThan(Date.now());
});

test.each([
  ["down", "tcp", "refused"],
  ["drain", "health-check", "bad-status"],
  ["refuse", "tls", "connection-reset"],
  ["expired", "tls", "certificate-expired"],
  ["wrong-name", "tls", "name-mismatch"],
  ["untrusted", "tls", "certificate-untrusted"],
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

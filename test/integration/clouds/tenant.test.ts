/** A Microsoft Entra store's test: its cloud's sign-in host and nobody else, up to the tenant itself. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testTenant } from "../../../main/directory/index.ts";
import { explain } from "../../../renderer/text/fault.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import type { CloudId } from "../../../shared/model/identity-store.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { clock, noSignal } from "../practice/support.ts";
import { expectFault, openClouds, type Clouds } from "./support.ts";

const TENANT = "b3a1f6d2-0c58-4a69-8f0e-6d1c2e7a9b40";

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
beforeEach(() => {
  clouds.hosts.length = 0;
});
afterEach(() => clouds.set("authority", "up"));
afterAll(() => clouds.stop());

async function climb(tenant: string, cloud: CloudId = "worldwide", signal = noSignal): Promise<{ readonly result: Result<null>; readonly rungs: readonly RungResult[] }> {
  const rungs: RungResult[] = [];
  const { resolver, proxy, logger } = clouds.context({});
  const result = await testTenant({ kind: "entra-id", cloud, tenant }, { resolver, proxy, clock, logger }, { signal, onRung: (rung) => rungs.push(rung) });
  return { result, rungs };
}

function faultOf(result: Result<null>): Fault {
  if (result.ok) throw new Error("It passed");
  return result.fault;
}

describe("a Microsoft Entra tenant", () => {
  it.each([
    ["worldwide", "login.microsoftonline.com"],
    ["gcc-high", "login.microsoftonline.us"],
    ["dod", "login.microsoftonline.us"],
    ["china", "login.partner.microsoftonline.cn"],
  ] as const)("is found in the cloud %s at %s alone", async (cloud, host) => {
    const { result, rungs } = await climb("Contoso-Practice.com", cloud);
    expect(result).toEqual({ ok: true, value: null });
    expect(rungs.map(({ rung, outcome }) => `${rung} ${outcome.state}`)).toEqual(["dns passed", "tcp passed", "tls passed", "domain passed"]);
    expect(rungs.at(-1)?.outcome).toEqual({ state: "passed", answer: TENANT });
    expect(clouds.hosts).toEqual([host]);
  });

  it("is found by its id", async () => {
    expect((await climb(TENANT)).result.ok).toBe(true);
  });

  it.each([
    ["an unknown one", "up", "nowhere.example", { kind: "sign-in", reason: "tenant-not-found", detail: "AADSTS90002" }],
    ["a throttled host", "throttled-silently", TENANT, { kind: "throttled", until: null }],
    ["a failing host", "failing", TENANT, { kind: "unreachable", rung: "domain", reason: "bad-status", host: "login.microsoftonline.com", detail: "503" }],
    ["a host that is down", "down", TENANT, { kind: "unreachable", rung: "tcp", reason: "refused", host: "login.microsoftonline.com", detail: "ECONNREFUSED", chosenByConsole: true }],
  ] as const)("%s is said to be just that", async (_name, state, tenant, fault) => {
    await clouds.set("authority", state);
    const { result } = await climb(tenant);
    expectFault(faultOf(result), fault);
    expect(explain(faultOf(result)).nextStep).not.toBe("");
  });

  it.each(["", "common", "Organizations", "..", "a/b", "contoso.com?x=1", "contoso.com#", "ä.example", "x".repeat(254)])("%j cannot be one, and nobody is asked", async (tenant) => {
    const { result } = await climb(tenant);
    expect(faultOf(result)).toEqual({ kind: "invalid", issues: [{ path: ["connection", "tenant"], code: "tenant" }] });
    expect(clouds.hosts).toEqual([]);
  });

  it("is not waited for after cancelling", async () => {
    await clouds.set("authority", "slow");
    const controller = new AbortController();
    const climbing = climb(TENANT, "worldwide", controller.signal);
    setTimeout(() => controller.abort(), 200);
    const started = performance.now();
    expect(faultOf((await climbing).result)).toEqual({ kind: "cancelled" });
    expect(performance.now() - started).toBeLessThan(3_500);
  });

  it("of another cloud is not taken for one of the chosen cloud", async () => {
    await clouds.set("authority", "other-cloud");
    const { result } = await climb(TENANT);
    expect(faultOf(result)).toEqual({ kind: "sign-in", reason: "tenant-in-another-cloud", detail: "microsoftonline.us" });
  });
});

/** Cancelling ends sockets at once, nothing leaves loopback, and no secret shows in what is logged, thrown or answered. */
import net from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { CheckResult } from "../../../shared/model/mail-server.ts";
import { checkGoogle, checkOffice365, faultOf, openClouds, type Clouds, type Difference } from "./support.ts";

type Check = (clouds: Clouds, different: Difference) => Promise<CheckResult>;
const services: readonly [service: string, check: Check, components: readonly string[]][] = [
  ["Office 365", checkOffice365, ["exchange-online", "authority", "graph"]],
  ["Google Workspace", checkGoogle, ["google-token", "google-directory"]],
];
const components = services.flatMap(([, , names]) => names);

let clouds: Clouds;
const sockets = new Set<net.Socket>();
const targets: unknown[] = [];

beforeAll(async () => {
  clouds = await openClouds();
  // The vendors' libraries load with the first check, which no cancelling can shorten.
  for (const [, check] of services) await check(clouds, {});
});
beforeEach(() => {
  sockets.clear();
  targets.length = 0;
  clouds.lines.length = 0;
  const connect = Reflect.get(net.Socket.prototype, "connect");
  vi.spyOn(net.Socket.prototype, "connect").mockImplementation(function (this: net.Socket, ...given: unknown[]) {
    sockets.add(this);
    targets.push(given.flat()[0]);
    return Reflect.apply(connect, this, given);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const component of components) await clouds.set(component, "up");
});
afterAll(() => clouds.stop());

/** A component that answers after four seconds, asked for a while, then cancelled. */
async function cancelWhileSlow(check: Check, component: string): Promise<{ readonly ms: number; readonly result: CheckResult; readonly open: number }> {
  await clouds.set(component, "slow");
  const controller = new AbortController();
  const checking = check(clouds, { signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, 700));
  const at = performance.now();
  controller.abort();
  const result = await checking;
  const ms = performance.now() - at;
  // `destroyed` is set at once; the system closes the handle in the same turn.
  return { ms, result, open: [...sockets].filter((socket) => !socket.destroyed).length };
}

describe.each(services)("%s", (_service, check, names) => {
  it.each(names.filter((name) => name !== "exchange-online"))("is cancelled while %s is slow: at once, no socket left", async (component) => {
    const { ms, result, open } = await cancelWhileSlow(check, component);
    expect(faultOf(result)).toEqual({ kind: "cancelled" });
    expect(open).toBe(0);
    expect(ms).toBeLessThan(3_000);
  });

  it("does nothing when it was cancelled before", async () => {
    const result = await check(clouds, { signal: AbortSignal.abort() });
    expect(faultOf(result)).toEqual({ kind: "cancelled" });
    expect(targets).toEqual([]);
  });

  it("leaves no socket behind, and opens them on loopback alone", async () => {
    await check(clouds, {});
    expect(targets.length).toBeGreaterThan(2);
    for (const target of targets) expect(target).toMatchObject({ host: "127.0.0.1" });
    expect([...sockets].filter((socket) => !socket.destroyed)).toEqual([]);
  });
});

describe("secrets", () => {
  const needles = async () => {
    const application = await clouds.file("practice-application.pfx");
    const service = await clouds.file("practice-google.p12");
    const inner = (pem: string) => pem.split("\n").slice(2, 4);
    return [clouds.secret, clouds.expiredSecret, "PLANTED-secret-value", "eyJ", "PRIVATE KEY", "client_assertion=e", ...inner(application.privateKeyPem), ...inner(service.privateKeyPem)];
  };
  const states = ["up", "down", "failing", "throttled", "wrong-secret", "certificate-not-registered", "wrong-tenant", "clock-skew", "permission-missing", "forbidden", "domain-missing", "echo", "AADSTS700027"];

  it("are in no log line, no fault and no answer, whatever the clouds answer", async () => {
    const said: string[] = [];
    const catching = async (work: Promise<CheckResult>) => {
      try {
        said.push(JSON.stringify(await work));
      } catch (error) {
        said.push(error instanceof Error ? `${error.message} ${error.stack ?? ""} ${JSON.stringify(error)}` : String(error));
      }
    };
    for (const [, check, names] of services) {
      await catching(check(clouds, { secret: "PLANTED-secret-value" }));
      for (const component of names) {
        for (const state of [...states, "delegation-missing", "key-refused", "wrong-admin", "rate-limit", "not-enabled"]) {
          // A state that the component does not know leaves it as it was.
          await clouds.set(component, state).catch(() => undefined);
          if (state === "failing" && component === "graph") continue;
          await catching(check(clouds, {}));
        }
        await clouds.set(component, "up");
      }
    }
    expect(said.length).toBeGreaterThan(30);
    const all = [...said, ...clouds.lines].join("\n");
    for (const needle of await needles()) expect(all.includes(needle), `found ${needle.slice(0, 6)}…`).toBe(false);
  });

  it("are taken out where the far side repeats them, and the words around them stay", async () => {
    for (const [component, check] of [["authority", checkOffice365], ["graph", checkOffice365], ["google-token", checkGoogle]] as const) {
      await clouds.reset();
      await clouds.set(component, "echo");
      // With the secret alone, the authority repeats that; with both, the assertion.
      const results = [await check(clouds, {}), await check(clouds, component === "authority" ? { certificate: null } : {})];
      await clouds.set(component, "up");
      for (const result of results) {
        const said = JSON.stringify(faultOf(result));
        expect(said).toContain("[removed]");
        for (const needle of await needles()) expect(said.includes(needle), `found ${needle.slice(0, 6)}…`).toBe(false);
      }
    }
  });

  it("would be found: the same search finds them in what went over the wire", async () => {
    // Held against the search above, so that it cannot pass by looking for the wrong thing.
    const application = await clouds.file("practice-application.pfx");
    const wanted = await needles();
    expect(wanted.filter((needle) => application.privateKeyPem.includes(needle)).length).toBeGreaterThanOrEqual(3);
  });
});

import { describe, expect, test } from "vitest";
import { createDirectoryGateway } from "../../../../main/directory/gateway.ts";
import type { NameResolver } from "../../../../main/ports.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { fakeClock } from "../monitor/support.ts";
import { systemClock } from "../store/support.ts";

/** Says nothing until it is called off. */
const silent: NameResolver = {
  authorities: [],
  service: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found" })),
  connectTo: (_host, _port, { signal }) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(fail({ kind: "cancelled" })));
    }),
};

describe("fifty controllers of which none can be reached", () => {
  test("are begun a second and a half apart, three at a time, and end together after 45 seconds", async () => {
    const clock = fakeClock();
    const domainControllers = Array.from({ length: 50 }, (_, index) => `dc${index}.contoso.lab`);
    const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers, dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } } as const;
    const begun: [host: string, at: number][] = [];
    let ended: number | null = null;
    const opening = createDirectoryGateway(connection, { resolver: silent, clock, logger: silentLogger })
      .open({ domain: "contoso.lab", username: "svc", password: "secret", signal: new AbortController().signal, onTrying: (host) => begun.push([host, clock.elapsed()]) })
      .finally(() => {
        ended = clock.elapsed();
      });
    await clock.advance(60_000);
    expect(await opening).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "timed-out", host: "dc0.contoso.lab" } });
    expect(ended).toBe(45_000);
    // Each is given up after eight seconds.
    const times = [0, 8_000, 16_000, 24_000, 32_000, 40_000].flatMap((at) => [at, at + 1_500, at + 3_000]);
    expect(begun).toEqual(times.map((at, index) => [domainControllers[index], at]));
  });
});

describe("controllers of which none can be used", () => {
  const connection = { kind: "active-directory", domain: "contoso.lab", dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } } as const;
  /** One name leads nowhere, the other to a port that nobody listens on. */
  const resolver: NameResolver = {
    ...silent,
    connectTo: (host) => Promise.resolve(host.startsWith("closed") ? succeed([{ address: "127.0.0.1", port: 1 }]) : fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host })),
  };

  test.each([[["gone.contoso.lab", "closed.contoso.lab"]], [["closed.contoso.lab", "gone.contoso.lab"]]])("are told by the one that was come furthest to: %j", async (domainControllers) => {
    const gateway = createDirectoryGateway({ ...connection, domainControllers }, { resolver, clock: systemClock, logger: silentLogger });
    const opened = await gateway.open({ domain: "contoso.lab", username: "svc", password: "secret", signal: new AbortController().signal });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "closed.contoso.lab" } });
  });

  test("are not even looked for without a password: signing in without one succeeds as nobody", async () => {
    const asked: string[] = [];
    const gateway = createDirectoryGateway({ ...connection, domainControllers: ["closed.contoso.lab"] }, { resolver, clock: systemClock, logger: silentLogger });
    const opened = await gateway.open({ domain: "contoso.lab", username: "svc", password: "", signal: new AbortController().signal, onTrying: (host) => asked.push(host) });
    expect(opened).toEqual(fail({ kind: "invalid", issues: [{ path: ["password"], code: "required" }] }));
    expect(asked).toEqual([]);
  });
});

/** Nobody is lost, told of twice, or written over what was not looked at, whatever a tenant loses, throttles or mixes up. */
import * as fc from "fast-check";
import { expect, it, vi } from "vitest";
import type { CloudRequest } from "../../../../../main/providers/office365/cloud-request.ts";
import { cloudOf } from "../../../../../main/network/microsoft-clouds.ts";
import type { Office365Configuration } from "../../../../../main/providers/office365/configuration.ts";
import { manyLicences } from "../../../../../main/providers/office365/many-licences.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { succeed, type Result } from "../../../../../shared/fault.ts";
import { contextAsking } from "../support.ts";
import { hurryingClock, lossyTenant, type LossyTenant } from "./lossy-tenant.ts";

const far: { tenant: LossyTenant | null } = vi.hoisted(() => ({ tenant: null }));
vi.mock(import("../../../../../main/providers/office365/graph-access.ts"), async (original) => ({
  ...(await original()),
  graphReader: (_configuration: Office365Configuration, needs: readonly string[], context: ProviderContext) => Promise.resolve(succeed({ cloud: cloudOf("worldwide"), token: "token", rung: "permissions" as const, needs, context })),
}));
vi.mock(import("../../../../../main/providers/office365/cloud-request.ts"), async (original) => ({
  ...(await original()),
  cloudRequest: (request: CloudRequest) => Promise.resolve(far.tenant?.answer(request) ?? expect.unreachable("there is no tenant")),
}));

const configuration: Office365Configuration = { cloud: "worldwide", domain: "contoso.lab", applicationId: "00000000-0000-4000-8000-000000000000" };

interface Played {
  readonly tenant: LossyTenant;
  readonly users: readonly string[];
  readonly told: ReadonlyMap<string, Result<null>>;
  readonly result: Result<null>;
}

/** Everybody is to have `new` in place of `old`, and a country. */
async function play(count: number, random: () => number, { isCalm = false, rounds = Infinity } = {}): Promise<Played> {
  const clock = hurryingClock();
  const tenant = (far.tenant = lossyTenant(clock, random, isCalm));
  const users = Array.from({ length: count }, (_, index) => `user-${index}`);
  for (const user of users) {
    tenant.licences.set(user, new Set(random() < 0.5 ? ["old"] : []));
    tenant.places.set(user, random() < 0.5 ? "DE" : null);
  }
  const stop = new AbortController();
  const told = new Map<string, Result<null>>();
  let left = rounds;
  const context = { ...contextAsking().context, clock, signal: stop.signal, memory: new Map() };
  const result = await manyLicences.changeMany(configuration, users, {
    decide: (_user, { licences, usageLocation }) => {
      const direct = new Set(licences.map(({ subscription }) => subscription));
      const change = { give: direct.has("new") ? [] : ["new"], take: direct.has("old") ? ["old"] : [], usageLocation: usageLocation === null ? "DE" : null };
      return Promise.resolve(succeed(change.give.length + change.take.length === 0 && change.usageLocation === null ? null : change));
    },
    sending: (some) => {
      for (const user of some) tenant.announced.add(user);
      return Promise.resolve(succeed(null));
    },
    done: (answers) => {
      for (const [user, answer] of answers) {
        if (told.has(user)) tenant.wrong.push(`${user} is told of twice`);
        told.set(user, answer);
      }
      left -= 1;
      if (left === 0) stop.abort();
      return Promise.resolve(succeed(null));
    },
  }, context);
  return { tenant, users, told, result };
}

const notSo = ({ tenant, told }: Played) => [...told].flatMap(([user, { ok }]) => (ok && [...(tenant.licences.get(user) ?? [])].join() !== "new" ? [user] : []));
const chances = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

it("holds for whoever it comes to an end with, and ends with a fault otherwise", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), chances, async (count, stream) => {
      const played = await play(count, () => stream.next().value ?? 0);
      const { tenant, users, told, result } = played;
      expect([tenant.wrong, notSo(played)]).toEqual([[], []]);
      // Of whoever something was sent for somebody is told, or a run knows by what it was told before.
      const untold = result.ok ? users : [...tenant.changed].filter((user) => !tenant.announced.has(user));
      expect(untold.filter((user) => !told.has(user))).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 120_000);

it("holds where it is called off in the middle", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 21, max: 60 }), chances, async (count, stream) => {
      const played = await play(count, () => stream.next().value ?? 0, { rounds: 1 });
      expect([played.tenant.wrong, notSo(played)]).toEqual([[], []]);
    }),
    { numRuns: 150 },
  );
}, 120_000);

it("writes fewer than 3,000 times in 150 seconds", async () => {
  const { tenant, result } = await play(5_000, () => 0.9, { isCalm: true });
  expect([result.ok, tenant.wrong]).toEqual([true, []]);
  expect(tenant.writes.length).toBeGreaterThan(6_000);
  expect(tenant.writes.filter((at, index) => (tenant.writes[index + 2_999] ?? Infinity) - at <= 150_000)).toEqual([]);
}, 120_000);

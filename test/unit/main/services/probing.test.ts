/** Carry-in probes: what they ask, that no secret goes along, and what becomes of what they bring back. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { probeScript } from "../../../../renderer/text/probe/script.ts";
import type { OpenedProbe } from "../../../../shared/contract/handover.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import type { ProbePayload } from "../../../../shared/model/probe.ts";
import { eventually } from "../../../lab/eventually.ts";
import { probeFile, probePayload, REFUSED } from "../../../lab/probe-results.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, type Bed } from "./support.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

const servers = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }];
const create = async (name = "HQ", listed: readonly object[] = servers) => take(await bed.services.documents.create({ document: { name, connection, messaging: { ...toy, servers: listed } }, secrets: given, files: {} })).id;
const held = (payload: ProbePayload) => take(bed.services.files.hold("probe-result.json", probeFile(payload), "probe")).file;
const opened = async (payload: ProbePayload): Promise<OpenedProbe> => take(await bed.services.handover.openProbe(held(payload)));
const kept = async (payload: ProbePayload) => take(await bed.services.handover.applyProbe(held(payload))).kept;
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const rowOf = (id: string, name = "exa.contoso.lab"): ServerStatus | undefined => bed.services.servers.statuses(id).find((status) => status.name === name);

describe("a probe", () => {
  it("asks the servers in use, by their priority, and all that are listed where none is", async () => {
    const id = await create();
    const idle = await create("Idle", servers.map(({ name }) => ({ name, priority: null })));
    take(await bed.services.documents.create({ document: { name: "Empty", connection }, secrets: { "directory.password": "x" }, files: {} }));
    const plan = take(bed.services.handover.probePlan(null));
    const task = { provider: "toy", port: 443, page: "/PowerShell/healthcheck.htm" };
    expect(plan.tasks.filter(({ storeId }) => storeId === id)).toEqual(["exb.contoso.lab", "exa.contoso.lab"].map((server) => ({ ...task, storeId: id, storeName: "HQ", server })));
    expect(plan.tasks.filter(({ storeId }) => storeId === idle)).toHaveLength(3);
    expect(plan).toMatchObject({ nothing: ["Empty"], leftOut: 0 });
    expect(bed.services.handover.probePlan(["nobody"])).toMatchObject({ ok: false, fault: { kind: "not-found" } });
  });

  it("holds no secret, in no form, nor an account", async () => {
    await create();
    const script = await probeScript({ plan: take(bed.services.handover.probePlan(null)), at: Date.now(), version: "0.1.0" });
    const secrets = Object.values(given).flatMap((secret) => [secret, ...(["base64", "hex"] as const).flatMap((form) => [Buffer.from(secret).toString(form), Buffer.from(secret, "utf16le").toString(form)])]);
    for (const secret of [...secrets, ...secrets.map((one) => encodeURIComponent(one)), toy.values.username]) expect(script).not.toContain(secret);
    expect(script).toContain("'exa.contoso.lab'");
  });
});

describe("what a probe brings back", () => {
  it("is shown before anything of it is kept", async () => {
    const id = await create();
    const payload = probePayload([{ storeId: id }, { storeId: "gone", storeName: "hq", server: "EXB.contoso.lab" }, { storeId: "gone", storeName: "Gone" }, { storeId: id, server: "exz.contoso.lab" }, { storeId: id, provider: "none" }], { startedAt: ago(5) });
    const { computer, servers: told } = await opened(payload);
    expect([computer, ...told.map(({ server, state }) => [server, state])]).toEqual([
      "JUMP01",
      ["exa.contoso.lab", "news"],
      ["exb.contoso.lab", "news"],
      ["exa.contoso.lab", "unknown-store"],
      ["exz.contoso.lab", "unknown-server"],
      ["exa.contoso.lab", "other-provider"],
    ]);
    expect(told[0]?.probed?.result.rungs.map(({ rung, outcome }) => [rung, outcome.state])).toEqual([["dns", "passed"], ["tcp", "failed"], ["tls", "skipped"], ["health-check", "skipped"]]);
    expect(await bed.store.probes.all()).toEqual([]);
    expect(await kept(payload)).toBe(2);
  });

  it("stands beside a server's own status with its source and moment, and never as that status", async () => {
    const id = await create();
    bed.services.servers.follow(id);
    await kept(probePayload([{ storeId: id }], { startedAt: ago(5) }));
    await eventually(() => expect(rowOf(id)?.probed).toMatchObject({ source: "JUMP01", result: { rungs: [{ rung: "dns" }, { rung: "tcp", outcome: { state: "failed" } }, {}, {}] } }));
    await eventually(() => expect(rowOf(id)?.health.state).toBe("online"));
    expect(rowOf(id, "exb.contoso.lab")?.probed).toBeNull();
    await eventually(async () => expect((await bed.store.activity.page({ before: null, most: 10, store: null, words: [] })).events).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "probe-imported", subject: "JUMP01", storeId: id })])));
  });

  it("takes the place of an older one and of no newer one, and says so", async () => {
    const id = await create();
    const result = (minutes: number, computer: string) => probePayload([{ storeId: id }], { startedAt: ago(minutes), computer });
    const second = result(10, "JUMP02");
    expect([await kept(result(20, "JUMP01")), await kept(second)]).toEqual([1, 1]);
    expect(await kept(result(15, "JUMP03"))).toBe(0);
    expect((await opened(result(15, "JUMP03"))).servers).toMatchObject([{ state: "older", known: { source: "JUMP02" } }]);
    expect((await opened(second)).servers).toMatchObject([{ state: "same" }]);
    expect(await bed.store.probes.all()).toMatchObject([{ storeId: id, server: "exa.contoso.lab", provider: "toy", probed: { source: "JUMP02" } }]);
  });

  it("takes no good word's place where its computer could not look, and gives way to an older one that could", async () => {
    const id = await create();
    const lost = { dns: { ms: 1, addresses: [], error: "HostNotFound" }, tcp: null, tls: null, page: null };
    const outside = (minutes: number) => probePayload([{ storeId: id, observed: lost }], { startedAt: ago(minutes), computer: "LAPTOP" });
    const inside = probePayload([{ storeId: id }], { startedAt: ago(20) });
    expect([await kept(outside(10)), await kept(inside), await kept(outside(5))]).toEqual([1, 1, 0]);
    expect((await opened(outside(5))).servers).toMatchObject([{ state: "not-looked", known: { source: "JUMP01" } }]);
    expect(await bed.store.probes.all()).toMatchObject([{ probed: { source: "JUMP01" } }]);
  });

  it("is refused where it was made in the future, and taken for now where the clock is a little ahead", async () => {
    const id = await create();
    const ahead = probePayload([{ storeId: id }], { startedAt: ago(-60) });
    expect(await bed.services.handover.applyProbe(held(ahead))).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "probe-from-the-future", detail: `JUMP01, ${ahead.startedAt}` } });
    const before = Date.now();
    expect(await kept(probePayload([{ storeId: id }], { startedAt: ago(-2) }))).toBe(1);
    const [stored] = await bed.store.probes.all();
    expect(stored?.probed.at).toBeGreaterThanOrEqual(before);
    expect(stored?.probed.at).toBeLessThanOrEqual(Date.now());
  });

  it("says which Exchange is installed on the server that it ran on, and of no other one", async () => {
    const id = await create();
    const exchange = { build: "15.1.2507.39", roles: ["mailbox"] };
    const { servers: told } = await opened(probePayload([{ storeId: id }, { storeId: id, server: "exb.contoso.lab" }], { fullName: "EXA.contoso.lab", exchange }));
    expect(told.map(({ probed }) => [probed?.build, probed?.roles])).toEqual([["15.1.2507.39", ["mailbox"]], [null, []]]);
  });

  it("goes with its identity store", async () => {
    const id = await create();
    await kept(probePayload([{ storeId: id }], { startedAt: ago(5) }));
    take(await bed.store.identityStores.remove(id));
    expect((await bed.store.probes.all()).filter(({ storeId }) => bed.store.identityStores.get(storeId) !== null)).toEqual([]);
  });

  it("says nothing good of a server where steps are missing without a reason", async () => {
    const id = await create();
    const { servers: told } = await opened(probePayload([{ storeId: id, observed: { ...REFUSED, tcp: { ms: 1, address: "10.0.0.7", error: null } } }, { storeId: id, observed: { ...REFUSED, tcp: null } }]));
    expect(told.map(({ probed }) => probed?.result.rungs.map(({ outcome }) => outcome.state))).toEqual([["passed", "passed", "failed", "skipped"], ["passed", "failed", "skipped", "skipped"]]);
  });
});

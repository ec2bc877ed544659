/** What imported probes said of servers, as a side of a comparison. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { ComparedSide } from "../../../../shared/model/comparison.ts";
import type { ProbePayload } from "../../../../shared/model/probe.ts";
import { eventually } from "../../../lab/eventually.ts";
import { presenting, probeFile, probePayload } from "../../../lab/probe-results.ts";
import { take, temporaryFolder } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { checked, connection, contentOf, layBed, listingOf, quietly, server, type Bed } from "./support.ts";

const [saved, draft, now, probe] = [{ kind: "saved" }, { kind: "draft" }, { kind: "directory" }, { kind: "probe" }] as const;
const [exa, exb, exc] = ["exa.contoso.lab", "exb.contoso.lab", "exc.contoso.lab"] as const;
const [one, other] = [presenting(0), presenting(1)];
const value = ({ sha256, expiresAt }: typeof one) => `${sha256} ${new Date(expiresAt).toISOString()}`;

let bed: Bed;
let storeId: string;
beforeEach(async () => {
  bed = await layBed();
  bed.toy.check = () => Promise.resolve({ ...checked(null), certificateSha256: one.sha256, certificateExpiresAt: one.expiresAt });
  storeId = take(await bed.services.documents.create({ document: { name: "HQ", connection, messaging: { ...toy, servers: [{ name: exa, priority: 1 }, { name: exb, priority: 2 }] } }, secrets: given, files: {} })).id;
  take(await bed.services.relistSaved(storeId, true, quietly()));
});
afterEach(() => bed.dispose());

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
/** Imports what a probe says of servers. */
async function imported(servers: readonly Partial<ProbePayload["servers"][number]>[], more: Partial<ProbePayload> = {}): Promise<void> {
  const payload = probePayload(servers.map((told) => ({ storeId, ...told })), { startedAt: ago(5), ...more });
  const { file } = take(bed.services.files.hold("probe-result.json", probeFile(payload), "probe"));
  take(await bed.services.handover.applyProbe(file));
}
/** Run on exa itself, which has another build. */
const onExa = { fullName: "EXA.contoso.lab", computer: "EXA", exchange: { build: "15.0.1500.4", roles: ["mailbox", "client-access"] } };
const compare = (left: ComparedSide, right: ComparedSide) => bed.services.comparison.compare(storeId, left, right, quietly());
const told = async (left: ComparedSide, right: ComparedSide) => take(await compare(left, right)).changes.map(({ key, before, after }) => [key, before, after]);
const doubts = async (left: ComparedSide, right: ComparedSide) => take(await compare(left, right)).notCompared.map(({ what, subject }) => [what, subject]);
const probedInList = async () => (await bed.services.summaries.current()).get(storeId)?.probed ?? null;

describe("what probes said", () => {
  it("is no side where none was imported, and is named in the list of stores once one is", async () => {
    expect(await compare(saved, probe)).toEqual(fail({ kind: "not-found", what: "probe-result" }));
    expect(await probedInList()).toBeNull();
    await imported([{ server: exa }], { startedAt: ago(20) });
    await imported([{ server: exb }], { computer: "JUMP02" });
    await eventually(async () => expect(await probedInList()).toMatchObject({ source: "JUMP02", sources: 2, since: expect.closeTo(Date.now() - 20 * 60_000, -5), at: expect.closeTo(Date.now() - 5 * 60_000, -5) }));
  });

  it("is held against the servers of what is saved, in both orders: build and roles of where it ran", async () => {
    await imported([{ server: exa, observed: one.observed }, { server: exb, observed: one.observed }], onExa);
    const changes = [[`servers.${exa}.build`, "15.0.1497.2", "15.0.1500.4"], [`servers.${exa}.roles`, "mailbox", "client-access, mailbox"]];
    expect(await told(saved, probe)).toEqual(changes);
    expect(await told(probe, saved)).toEqual(changes.map(([key, before, after]) => [key, after, before]));
    expect(await told(probe, probe)).toEqual([]);
    for (const side of [saved, now, probe]) expect(take(await compare(probe, side)).probed).toEqual({ source: "EXA", sources: 1, since: expect.any(Number), at: expect.any(Number) });
    expect(take(await compare(saved, now)).probed).toBeNull();
  });

  it("makes no server vanish that it was not made for, nor one come", async () => {
    await imported([{ server: exb, observed: one.observed }]);
    expect(take(await compare(saved, probe)).changes).toEqual([]);
    expect(await doubts(saved, probe)).toEqual([["probe-none", exa], ["probe-elsewhere", exb], ["probe-certificate-unknown", exb]]);
    expect(await doubts(probe, saved)).toEqual(await doubts(saved, probe));
  });

  it("differs in the certificate from the one that is taken for granted, beside what is saved alone", async () => {
    take(await compare(saved, now));
    await imported([{ server: exa, observed: other.observed }, { server: exb, observed: one.observed }]);
    const certificate = [`servers.${exa}.certificate`, value(one), value(other)];
    expect(await told(saved, probe)).toEqual([certificate]);
    expect(await told({ kind: "revision", number: 2 }, probe)).toEqual([certificate]);
    expect(await told(probe, saved)).toEqual([[certificate[0], certificate[2], certificate[1]]]);
    expect(await told({ kind: "revision", number: 1 }, probe)).not.toContainEqual(certificate);
    expect(await doubts(saved, probe)).toEqual([["probe-elsewhere", exa], ["probe-elsewhere", exb]]);
  });

  it("is no sighting: nothing of it is kept as seen, drifts, or can be taken for granted", async () => {
    take(await compare(saved, now));
    const before = (await bed.store.sightings.read(0)).sightings;
    await imported([{ server: exa, observed: other.observed }]);
    expect(take(await compare(saved, probe))).toMatchObject({ changes: [{ key: `servers.${exa}.certificate` }], seen: null });
    expect((await bed.store.sightings.read(0)).sightings).toEqual(before);
    expect((await bed.services.summaries.current()).get(storeId)?.drift).toBeNull();
    expect(await told(saved, now)).toEqual([]);
  });

  it("says why of a server whose certificate it did not come to see", async () => {
    await imported([{ server: exa }]);
    expect(take(await compare(saved, probe)).notCompared).toContainEqual({ what: "probe-no-certificate", subject: exa, fault: expect.objectContaining({ reason: "refused" }) });
  });

  it("is held against a draft, a revision and a handed-over file by what these list", async () => {
    await imported([{ server: exa, observed: one.observed }, { server: exb, observed: one.observed }], onExa);
    const { base64 } = take(await bed.services.handover.export([storeId], { by: "nothing" }, quietly()));
    const { file } = take(bed.services.files.hold("hq.json", Buffer.from(base64, "base64"), "handover"));
    const { bundle } = take(await bed.services.handover.open(file, null, quietly()));
    const page = take(bed.services.editor.open(storeId));
    const begun = take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "another-42"));
    take(await bed.page.write(storeId, contentOf(begun, { username: "other" }, page.saved?.servers ?? [])));
    const build = [`servers.${exa}.build`, "15.0.1497.2", "15.0.1500.4"];
    expect(await told({ kind: "bundle", bundle, place: null }, probe)).toContainEqual(build);
    // Its servers stand there by their names alone: what is said of them first is no difference.
    expect(await told({ kind: "revision", number: 1 }, probe)).toEqual([]);
    expect(await told(draft, probe)).toEqual(await told(saved, probe));
    expect(await doubts(draft, probe)).toEqual([["probe-elsewhere", exb]]);
  });

  it("is laid over what the directory lists: servers that it was not made for are no difference", async () => {
    await imported([{ server: exa, observed: one.observed }, { server: exc, observed: one.observed }], onExa);
    bed.toy.list = () => Promise.resolve(succeed({ ...listingOf(exa, exc), servers: [{ ...server(exa), build: "15.0.1500.4", roles: ["client-access"] }, server(exc)] }));
    const roles = [`servers.${exa}.roles`, "client-access", "client-access, mailbox"];
    expect(await told(now, probe)).toEqual([roles]);
    expect(await told(probe, now)).toEqual([[roles[0], roles[2], roles[1]]]);
    expect(await doubts(now, probe)).toEqual([["probe-none", exc]]);
  });

  it("says nothing of another provider", async () => {
    await imported([{ server: exa, observed: one.observed }], onExa);
    take(await bed.services.documents.apply(storeId, { document: { name: "HQ", messaging: { provider: "none", variant: null, values: {} } }, secrets: {}, files: {} }, false));
    expect(take(await compare(saved, probe))).toMatchObject({ changes: [], notCompared: [{ what: "probe-other-provider", subject: null }] });
  });

  it("is known to a command, which answers once", async () => {
    const place = temporaryFolder();
    await bed.dispose();
    bed = await layBed({ folder: place.folder });
    const [first] = bed.store.identityStores.list();
    storeId = first?.id ?? take(await bed.services.documents.create({ document: { name: "HQ", connection, messaging: { ...toy, servers: [{ name: exa, priority: 1 }] } }, secrets: given, files: {} })).id;
    await imported([{ server: exa }]);
    await bed.dispose();
    bed = await layBed({ folder: place.folder, host: "command-line" });
    expect(await probedInList()).toMatchObject({ source: "JUMP01", sources: 1 });
    await bed.dispose();
    bed = await layBed();
    place.remove();
  });
});

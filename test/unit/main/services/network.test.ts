import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed, type Fault, type UnreachableReason } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";
import { checked, layBed, noDirectory, quietly, storeWithDraft, type Bed } from "./support.ts";
import { eventsOf } from "../../../lab/events.ts";

const unreachable = (reason: UnreachableReason): Fault => ({ kind: "unreachable", rung: "dns", reason });
const lost = (reason: UnreachableReason): CheckResult => ({
  at: 0,
  ms: 3,
  rungs: [{ rung: "dns", ms: 3, outcome: { state: "failed", fault: unreachable(reason) } }],
  certificateExpiresAt: null,
});
const found: CheckResult = { at: 0, ms: 3, rungs: [{ rung: "dns", ms: 1, outcome: { state: "passed", answer: null } }], certificateExpiresAt: null };

let clock: FakeClock;
let bed: Bed;
let storeId: string;
let interfaces: readonly string[] = ["lan"];
let directory: Fault | null = null;
let asked = 0;
beforeEach(async () => {
  clock = fakeClock(() => 0);
  [interfaces, directory, asked] = [["lan"], null, 0];
  bed = await layBed({
    clock,
    network: { interfaces: () => interfaces },
    directory: {
      ...noDirectory,
      findControllers: () => {
        asked += 1;
        return Promise.resolve(directory === null ? succeed([]) : fail(directory));
      },
    },
  });
  bed.toy.check = () => Promise.resolve(found);
  storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
  bed.services.servers.followAll();
  await clock.advance(100);
});
afterEach(() => bed.dispose());

const states = () => bed.services.servers.statuses(storeId).map(({ health }) => health.state);
const events = async () => (await eventsOf(bed.services)).filter(({ kind }) => kind.startsWith("server-"));
const said = () => bed.services.servers.network.values();

describe("this computer's network", () => {
  it.each<[string, UnreachableReason, Fault, readonly string[], string]>([
    ["a resolver that is away", "dns-failed", unreachable("dns-failed"), ["lan"], "resolver-away"],
    ["a VPN that dropped", "name-not-found", unreachable("name-not-found"), ["lan"], "names-unknown"],
    ["a closed laptop", "dns-failed", unreachable("dns-failed"), [], "no-interface"],
  ])("%s takes no server down, is said once, and is over at once", async (_how, reason, witness, up, why) => {
    [directory, interfaces] = [witness, up];
    bed.toy.check = () => Promise.resolve(lost(reason));
    const since = clock.now();
    await clock.advance(120_000);
    expect(states()).toEqual(["unknown", "unknown"]);
    expect(bed.services.servers.statuses(storeId).map(({ health }) => health)).toMatchObject([{ last: "online" }, { last: "online" }]);
    expect(bed.services.summaries.feed.get(storeId)).toMatchObject({ serversTotal: 1, serversOnline: 0, serversUnknown: 1 });
    expect(said()).toMatchObject([{ why, stores: ["Contoso HQ"] }]);
    expect((said()[0]?.since ?? 0) - since).toBeLessThan(10_500);
    expect(await events()).toEqual([]);
    [directory, interfaces] = [null, ["lan"]];
    bed.toy.check = () => Promise.resolve(found);
    await clock.advance(3_100);
    expect(states()).toEqual(["online", "online"]);
    expect(bed.services.summaries.feed.get(storeId)).toMatchObject({ serversOnline: 1, serversUnknown: 0 });
    expect(said()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it("the only server of a site that is really gone from DNS is offline", async () => {
    bed.toy.check = () => Promise.resolve(lost("name-not-found"));
    await clock.advance(20_000);
    expect(states()).toEqual(["offline", "offline"]);
    expect(said()).toEqual([]);
    expect(await events()).toMatchObject([{ kind: "server-offline", subject: "exa.contoso.lab" }]);
  });

  it("a server that is gone while another is found is offline, whoever answers for the directory", async () => {
    directory = unreachable("name-not-found");
    bed.toy.check = (server) => Promise.resolve(server.startsWith("exb") ? found : lost("name-not-found"));
    await clock.advance(60_000);
    expect(states()).toEqual(["offline", "online"]);
    expect(said()).toEqual([]);
  });

  it("what refuses is offline, with or without a network", async () => {
    [directory, interfaces] = [unreachable("dns-failed"), []];
    bed.toy.check = () => Promise.resolve(checked("refused"));
    await clock.advance(20_000);
    expect(states()).toEqual(["offline", "offline"]);
    expect(said()).toEqual([]);
  });

  it("a server that went down meanwhile is told of when the network is back", async () => {
    directory = unreachable("dns-failed");
    bed.toy.check = () => Promise.resolve(lost("dns-failed"));
    await clock.advance(30_000);
    directory = null;
    bed.toy.check = () => Promise.resolve(checked("refused"));
    await clock.advance(20_000);
    expect(await events()).toMatchObject([{ kind: "server-offline", subject: "exa.contoso.lab" }]);
  });

  it("asks for the directory once for all checks that fail together, and no more than every few seconds", async () => {
    directory = unreachable("dns-failed");
    bed.toy.check = () => Promise.resolve(lost("dns-failed"));
    await clock.advance(60_000);
    expect(asked).toBeGreaterThan(15);
    expect(asked).toBeLessThanOrEqual(40);
  });

  it("forgets a store that is gone", async () => {
    directory = unreachable("dns-failed");
    bed.toy.check = () => Promise.resolve(lost("dns-failed"));
    await clock.advance(20_000);
    take(await bed.services.stores.remove(storeId, "Contoso HQ"));
    await clock.advance(100);
    expect(said()).toEqual([]);
  });
});

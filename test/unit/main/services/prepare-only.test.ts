/** An identity store that is prepared only: nothing is asked for it, whoever wants it, and nothing is claimed of it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { eventsOf } from "../../../lab/events.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { fault, take, temporaryFolder } from "../store/support.ts";
import { checked, connection, layBed, noDirectory, quietly, storeWithDraft, type Bed } from "./support.ts";

const PREPARED_ONLY = { kind: "unsupported", why: "prepare-only" };

let clock: FakeClock;
let bed: Bed;
let storeId: string;
let place: ReturnType<typeof temporaryFolder>;
/** Whatever would have sent a packet. */
let asked: string[];
const said = <T>(what: string, answer: T): Promise<T> => {
  asked.push(what);
  return Promise.resolve(answer);
};

async function lay(): Promise<void> {
  bed = await layBed({
    clock,
    folder: place.folder,
    directory: {
      ...noDirectory,
      findControllers: () => said("controllers", succeed([])),
      presentedCertificate: () => said("certificate", fail({ kind: "unreachable", rung: "tcp", reason: "refused" })),
      createDirectoryGateway: () => ({ open: () => said("directory", fail({ kind: "unreachable", rung: "dns", reason: "no-records" })) }),
    },
  });
  const { list, test, subscriptions } = bed.toy;
  bed.toy.list = (context) => (asked.push("list"), list(context));
  bed.toy.test = (context) => (asked.push("test"), test(context));
  bed.toy.subscriptions = {
    list: (context) => (asked.push("subscriptions"), subscriptions.list(context)),
    holder: (user, context) => (asked.push("holder"), subscriptions.holder(user, context)),
    change: (user, change, context) => (asked.push("licences"), subscriptions.change(user, change, context)),
    many: {
      everyHolder: (context) => (asked.push("every holder"), subscriptions.many.everyHolder(context)),
      changeMany: (users, changes, context) => (asked.push("many licences"), subscriptions.many.changeMany(users, changes, context)),
    },
  };
  bed.toy.check = () => said("check", checked(null));
}

beforeEach(async () => {
  [clock, place, asked] = [fakeClock(() => 0), temporaryFolder(), []];
  await lay();
  storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
  bed.services.servers.followAll();
  await clock.advance(100);
  asked = [];
});
afterEach(async () => {
  await bed.dispose();
  place.remove();
});

const on = async () => take(await bed.services.stores.setPrepareOnly(storeId, true));
const healths = () => bed.services.servers.statuses(storeId).map(({ health }) => health);

describe("an identity store that is prepared only", () => {
  it("is asked nothing for, in no way that a page or a verb has", async () => {
    await on();
    const { services } = bed;
    const tried: Record<string, Result<unknown>> = {
      check: services.servers.check(storeId, null),
      test: await services.editor.test(storeId, quietly()),
      sync: await services.editor.sync(storeId, quietly()),
      relist: await services.relistSaved(storeId, true, quietly()),
      subscriptions: await services.licences.list(storeId, quietly()),
      holder: await services.licences.holder(storeId, "eva.lind@contoso.lab", quietly()),
      licences: await services.licences.change(storeId, { user: "eva.lind@contoso.lab", seen: [], change: { give: [], take: [], usageLocation: "DE" } }, quietly()),
      directory: await services.stores.test(storeId, connection, null, quietly()),
      controllers: await services.stores.findControllers(storeId, "contoso.lab", null, quietly().signal),
      comparison: await services.comparison.compare(storeId, { kind: "saved" }, { kind: "directory" }, quietly()),
      certificate: await services.stores.presentedCertificate(storeId, { host: "dc1", domain: "contoso.lab", dnsServer: null, security: "ldaps" }, quietly().signal),
    };
    services.attend();
    for (const [what, answer] of Object.entries(tried)) expect([what, answer]).toEqual([what, { ok: false, fault: PREPARED_ONLY }]);
    await clock.advance(3_600_000);
    expect(asked).toEqual([]);
  });

  it("claims nothing of its servers but what they were last known as, and when", async () => {
    const knownAt = clock.now();
    await clock.advance(1_000);
    await on();
    await clock.advance(100);
    expect(healths()).toMatchObject([
      { state: "unknown", why: "prepare-only", last: "online", lastAt: expect.toSatisfy((at: number) => at <= knownAt) },
      { state: "unknown", why: "prepare-only", last: "online" },
    ]);
    expect((await bed.services.summaries.current()).get(storeId)).toMatchObject({ prepareOnly: true, serversOnline: 0, serversUnknown: 1 });
    expect((await eventsOf(bed.services)).map(({ kind }) => kind)).not.toContain("server-offline");
  });

  it("stays so for a console that is started anew, from which its servers were never seen", async () => {
    await on();
    await bed.dispose();
    await lay();
    bed.services.servers.followAll();
    await clock.advance(60_000);
    expect(asked).toEqual([]);
    expect(healths()).toMatchObject([{ why: "prepare-only", last: null, lastAt: null }, { why: "prepare-only" }]);
  });

  it("ends what is under way, and a check that ends late says nothing", async () => {
    const late = Promise.withResolvers<CheckResult>();
    bed.toy.check = () => late.promise;
    bed.toy.list = ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(fail({ kind: "cancelled" }))));
    take(bed.services.servers.check(storeId, null));
    const listing = bed.services.editor.sync(storeId, quietly());
    await clock.advance(10);
    await on();
    expect(fault(await listing)).toEqual({ kind: "cancelled" });
    late.resolve(checked("refused"));
    await clock.advance(60_000);
    expect(healths()).toMatchObject([{ state: "unknown", why: "prepare-only" }, { state: "unknown", why: "prepare-only" }]);
  });

  it("is not taken for failing because a check was cut off, here or for those who are told", async () => {
    bed.toy.check = (_server, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(checked("refused"))));
    take(bed.services.servers.check(storeId, null));
    await clock.advance(10);
    await on();
    await clock.advance(100);
    expect(healths()).toMatchObject([{ why: "prepare-only", last: "online" }, { why: "prepare-only", last: "online" }]);
  });

  it("closes the ways for whoever holds them from before, and ends their shells", async () => {
    const ways = take(bed.reach.of(storeId));
    await on();
    const signal = new AbortController().signal;
    expect(await ways.resolver.connectTo("exa.contoso.lab", 443, { server: null, signal })).toEqual({ ok: false, fault: PREPARED_ONLY });
    expect(await ways.resolver.service("_ldap._tcp.contoso.lab", { server: null, signal })).toEqual({ ok: false, fault: PREPARED_ONLY });
    expect(ways.proxy("graph.microsoft.com")).toEqual({ ok: false, fault: PREPARED_ONLY });
  });

  it("is not created where that cannot be kept, and leaves no mark where it cannot be created", async () => {
    const before = (await bed.services.summaries.current()).values().length;
    bed.prepareOnly.set = () => Promise.resolve(fail({ kind: "not-stored", why: "disk-full" }));
    expect(fault(await bed.services.stores.create("Branch", connection, null, true))).toEqual({ kind: "not-stored", why: "disk-full" });
    expect((await bed.services.summaries.current()).values()).toHaveLength(before);
  });

  it("is checked again at once when that ends, and what it was known as still softens a first failure", async () => {
    await on();
    await clock.advance(100);
    bed.toy.check = () => said("check", checked("refused"));
    take(await bed.services.stores.setPrepareOnly(storeId, false));
    await clock.advance(100);
    expect(asked).toEqual(["check", "check"]);
    expect(healths()).toMatchObject([{ state: "unstable" }, { state: "unstable" }]);
  });

  it("may be one from the moment it is created, and what is copied of it is one too", async () => {
    const { id } = take(await bed.services.stores.create("Branch", connection, null, true));
    const copy = take(await bed.services.stores.duplicate(id, "Branch 2"));
    const summaries = await bed.services.summaries.current();
    const summary = (each: string) => summaries.get(each);
    expect([summary(id)?.prepareOnly, summary(copy.id)?.prepareOnly, summary(storeId)?.prepareOnly]).toEqual([true, true, false]);
  });

  it("is told of in the activity, once each way", async () => {
    await on();
    await on();
    take(await bed.services.stores.setPrepareOnly(storeId, false));
    const kinds = (await eventsOf(bed.services)).map(({ kind }) => kind).filter((kind) => kind.startsWith("prepare-only"));
    expect(kinds.toSorted()).toEqual(["prepare-only-began", "prepare-only-ended"]);
  });

  it("leaves the others alone", async () => {
    const other = take(await bed.services.stores.create("Branch", connection, null, true)).id;
    take(await bed.services.editor.test(storeId, quietly()));
    expect(asked).toEqual(["test"]);
    expect(fault(await bed.services.stores.setPrepareOnly("nobody", true))).toEqual({ kind: "not-found", what: "identity-store" });
    expect((await bed.services.summaries.current()).get(other)?.prepareOnly).toBe(true);
  });
});

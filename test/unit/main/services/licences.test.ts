/** Subscriptions and licences are asked for and changed with what is saved, over what was seen, and nothing else is said to be there. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BoundSubscriptions } from "../../../../main/providers/provider.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import type { LicenceChange, LicenceHolder, UserLicence } from "../../../../shared/model/licence.ts";
import type { SubscriptionList } from "../../../../shared/model/subscription.ts";
import { eventsOf } from "../../../lab/events.ts";
import { fakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";
import { connection as contoso, contentOf, holderOf, layBed, manyOneByOne, quietly, storeWithDraft, type Bed } from "./support.ts";

const seats = { enabled: 5, warning: 0, suspended: 0, lockedOut: 0, used: 2 };
const bought: SubscriptionList = {
  subscriptions: ["ENTERPRISEPACK", "EMS"].map((partNumber, index) => ({ id: String(index + 1), partNumber, state: "enabled", isForUsers: true, seats, plans: [] })),
  source: "graph.contoso.lab",
  at: 1_700_000_000_000,
};
const EVA = "eva.lind@contoso.lab";
const direct = (subscription: string): UserLicence => ({ subscription, group: null, groupName: null, state: "active", problem: null });

let bed: Bed;
let storeId: string;
/** What the provider was asked for, with the password that it was lent. */
let asked: string[];
/** What Eva has. */
let licences: UserLicence[];
beforeEach(async () => {
  bed = await layBed();
  [asked, licences] = [[], [direct("1")]];
  const single: Pick<BoundSubscriptions, "holder" | "change"> = {
    holder: async (user, context) => {
      asked.push(`holder ${user} ${take(await context.secrets.text("password"))}`);
      return succeed(holderOf(user, licences));
    },
    change: async (user, change) => {
      asked.push(`change ${user} ${JSON.stringify(change)}`);
      licences = [...licences.filter(({ subscription }) => !change.take.includes(subscription)), ...change.give.map(direct)];
      return Promise.resolve(succeed(holderOf(user, licences)));
    },
  };
  bed.toy.subscriptions = {
    ...single,
    many: manyOneByOne(single),
    list: async (context) => {
      asked.push(`list ${take(await context.secrets.text("password"))}`);
      return succeed(bought);
    },
  };
  storeId = await storeWithDraft(bed);
});
afterEach(() => bed.dispose());

const list = (signal = quietly().signal) => bed.services.licences.list(storeId, { ...quietly(), signal });
const change = (wanted: Partial<LicenceChange>, seen: readonly string[] = ["1"]) =>
  bed.services.licences.change(storeId, { user: EVA, seen, change: { give: [], take: [], usageLocation: null, ...wanted } }, quietly());
const changes = () => asked.filter((each) => each.startsWith("change"));

it("are not asked for where nothing is saved, whatever a draft holds, nor of a store that is gone", async () => {
  expect(await list()).toEqual(fail({ kind: "not-found", what: "saved-messaging" }));
  expect(await bed.services.licences.list("nobody", quietly())).toMatchObject({ ok: false, fault: { kind: "not-found", what: "identity-store" } });
  expect(asked).toEqual([]);
});

it("are none of a provider that has none", async () => {
  const { id } = take(await bed.services.stores.create("Rules", contoso, "Pa55word!"));
  take(await bed.page.write(id, { choice: { provider: "none", variant: null } }));
  take(await bed.page.save(id, 1));
  expect(await bed.services.licences.list(id, quietly())).toEqual(fail({ kind: "unsupported", why: "no-subscriptions" }));
  expect(await bed.services.licences.holder(id, EVA, quietly())).toEqual(fail({ kind: "unsupported", why: "no-subscriptions" }));
  take(await bed.page.save(storeId, 1));
  const summaries = await bed.services.summaries.current();
  expect([storeId, id].map((each) => summaries.get(each)?.hasSubscriptions)).toEqual([true, false]);
});

describe("of what is saved", () => {
  beforeEach(async () => {
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "half-ty"));
    take(await bed.page.write(storeId, contentOf(draft, { username: "half-ty" })));
  });

  it("come with the saved account, and change nothing", async () => {
    const before = bed.store.identityStores.get(storeId);
    expect(take(await list())).toEqual(bought);
    expect(take(await bed.services.licences.holder(storeId, EVA, quietly())).licences).toEqual([direct("1")]);
    expect(asked).toEqual(["list secret-42", `holder ${EVA} secret-42`]);
    expect(bed.store.identityStores.get(storeId)).toEqual(before);
  });

  it("are refused as the provider refuses, and not told after they were called off", async () => {
    bed.toy.subscriptions.list = () => Promise.resolve(fail({ kind: "forbidden", needs: ["Organization.Read.All"] }));
    expect(await list()).toEqual(fail({ kind: "forbidden", needs: ["Organization.Read.All"] }));
    const leaving = new AbortController();
    bed.toy.subscriptions.list = () => {
      leaving.abort();
      return Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "timed-out" }));
    };
    expect(await list(leaving.signal)).toEqual(fail({ kind: "cancelled" }));
  });

  it("are swapped in one call, and stand in the activity with who it was about", async () => {
    expect(take(await change({ give: ["2"], take: ["1"] })).licences).toEqual([direct("2")]);
    expect(changes()).toEqual([`change ${EVA} {"give":["2"],"take":["1"],"usageLocation":null}`]);
    expect(await eventsOf(bed.services)).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "licences-changed", storeId, subject: EVA, detail: "+EMS -ENTERPRISEPACK" })]));
  });

  it("are not touched where the user has others than were seen, where a rule is against it, or where it is so already", async () => {
    expect(await change({ take: ["1"] }, ["1", "2"])).toEqual(fail({ kind: "object-refused", why: "changed-meanwhile" }));
    expect(await change({ give: ["3"] })).toMatchObject({ ok: false, fault: { kind: "invalid", issues: [{ path: ["give", "3"], code: "subscription-unknown" }] } });
    expect(take(await change({ give: ["1"], take: ["2"], usageLocation: "DE" })).licences).toEqual([direct("1")]);
    expect(changes()).toEqual([]);
  });

  it("are asked for with what is signed in already, and anew after a refusal", async () => {
    const memories: unknown[] = [];
    bed.toy.subscriptions.list = (context) => {
      memories.push(context.memory);
      return Promise.resolve(memories.length === 2 ? fail({ kind: "forbidden", needs: ["Organization.Read.All"] }) : succeed(bought));
    };
    for (let time = 0; time < 3; time += 1) await list();
    expect([memories[1] === memories[0], memories[2] === memories[0]]).toEqual([true, false]);
  });

  it("keep what is signed in with while nothing is refused to the account, and for five minutes", async () => {
    const clock = fakeClock(() => 0);
    await bed.dispose();
    bed = await layBed({ clock });
    storeId = await storeWithDraft(bed);
    take(await bed.page.save(storeId, 1));
    const memories: unknown[] = [];
    bed.toy.subscriptions.holder = (_user, context) => {
      memories.push(context.memory);
      return Promise.resolve(fail({ kind: "not-found", what: "user-in-tenant" }));
    };
    const ask = () => bed.services.licences.holder(storeId, EVA, quietly());
    await ask();
    await clock.advance(4 * 60_000);
    await ask();
    await clock.advance(4 * 60_000);
    await ask();
    await clock.advance(5 * 60_000);
    await ask();
    expect(memories.map((memory) => memory === memories[0])).toEqual([true, true, true, false]);
  });

  it("that were not answered stand in the activity too, because they may have been changed", async () => {
    bed.toy.subscriptions.change = () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "timed-out" }));
    expect(await change({ usageLocation: "AT" })).toMatchObject({ ok: false });
    expect(await eventsOf(bed.services)).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "licences-not-changed", subject: EVA, detail: "AT" })]));
  });

  describe("of many users", () => {
    const TOM = "tom.reed@contoso.lab";
    const none: LicenceChange = { give: [], take: [], usageLocation: null };
    /** Changes both, and answers what was told of each. */
    async function changeMany(asked: readonly { readonly user: string; readonly seen: readonly string[]; readonly change: Partial<LicenceChange> }[]) {
      const told: (readonly [string, Result<null>])[] = [];
      const sent: string[] = [];
      const result = await bed.services.licences.changeMany(storeId, asked.map((each) => ({ ...each, change: { ...none, ...each.change } })), {
        sending: (users) => {
          sent.push(...users);
          return Promise.resolve(succeed(null));
        },
        done: (answers) => {
          told.push(...answers);
          return Promise.resolve(succeed(null));
        },
      }, quietly());
      return { result, sent, told: Object.fromEntries(told) };
    }

    it("are changed over what was seen, and stand in the activity", async () => {
      const answer = await changeMany([{ user: EVA, seen: ["1"], change: { give: ["2"], take: ["1"] } }]);
      expect(answer).toEqual({ result: succeed(null), sent: [EVA], told: { [EVA]: succeed(null) } });
      expect(changes()).toEqual([`change ${EVA} ${JSON.stringify({ give: ["2"], take: ["1"], usageLocation: null })}`]);
      expect(await eventsOf(bed.services)).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "licences-changed", subject: EVA, detail: "+EMS -ENTERPRISEPACK" })]));
    });

    it("are left alone where they are so already, others than were seen, or cannot be given", async () => {
      const isSo = await changeMany([{ user: EVA, seen: [], change: { give: ["1"], take: ["2"] } }]);
      const others = await changeMany([{ user: EVA, seen: ["2"], change: { give: ["2"] } }]);
      const nothing = await changeMany([{ user: EVA, seen: ["1"], change: { give: ["1"] } }]);
      const unknown = await changeMany([{ user: EVA, seen: ["1"], change: { give: ["3"] } }]);
      expect([isSo, others, nothing, unknown].map(({ told }) => told[EVA])).toMatchObject([
        succeed(null), fail({ kind: "object-refused", why: "changed-meanwhile" }), succeed(null), { ok: false, fault: { kind: "invalid", issues: [{ path: ["give", "3"], code: "subscription-unknown" }] } },
      ]);
      expect([changes(), [isSo, others, nothing, unknown].flatMap(({ sent }) => sent)]).toEqual([[], []]);
    });

    it("are judged by the seats that are left behind those before, and what was refused stands in the activity", async () => {
      let free = 1;
      bed.toy.subscriptions.list = () => Promise.resolve(succeed({ ...bought, subscriptions: bought.subscriptions.map((each) => ({ ...each, seats: { ...seats, used: seats.enabled - free } })) }));
      const many = manyOneByOne({
        holder: (user) => Promise.resolve(succeed(holderOf(user))),
        change: (user) => {
          free -= 1;
          return Promise.resolve(user === EVA ? succeed(holderOf(user)) : fail({ kind: "timeout", phase: "response", afterMs: 1 }));
        },
      });
      bed.toy.subscriptions = { ...bed.toy.subscriptions, many };
      const { told } = await changeMany([EVA, TOM].map((user) => ({ user, seen: [], change: { give: ["1"] } })));
      expect(told).toMatchObject({ [EVA]: succeed(null), [TOM]: { ok: false, fault: { kind: "invalid", issues: [{ code: "no-seats" }] } } });
      free = 1;
      const lost = await changeMany([{ user: TOM, seen: [], change: { give: ["1"] } }]);
      expect(lost.told[TOM]).toMatchObject({ ok: false, fault: { kind: "timeout" } });
      const events = await eventsOf(bed.services);
      expect(events.filter(({ subject }) => subject === TOM).map(({ kind }) => kind)).toEqual(["licences-not-changed"]);
    });

    it("fail as the list of what was bought does, and a tenant that does not come whole is none", async () => {
      bed.toy.subscriptions.list = () => Promise.resolve(fail({ kind: "forbidden", needs: [] }));
      expect((await changeMany([{ user: EVA, seen: ["1"], change: { give: ["2"] } }])).told[EVA]).toMatchObject({ ok: false, fault: { kind: "forbidden" } });
      const pages: Result<readonly LicenceHolder[]>[] = [succeed([holderOf(EVA)]), fail({ kind: "timeout", phase: "response", afterMs: 1 })];
      const many: BoundSubscriptions["many"] = {
        ...bed.toy.subscriptions.many,
        async *everyHolder() {
          for (const page of pages) yield await Promise.resolve(page);
        },
      };
      bed.toy.subscriptions = { ...bed.toy.subscriptions, many };
      expect(await bed.services.licences.everyHolder(storeId, quietly())).toMatchObject({ ok: false, fault: { kind: "timeout" } });
      pages.splice(1, 1, succeed([]), succeed([holderOf(TOM)]));
      expect([...take(await bed.services.licences.everyHolder(storeId, quietly())).keys()]).toEqual([EVA, TOM]);
    });
  });
});

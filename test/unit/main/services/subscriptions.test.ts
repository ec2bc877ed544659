/** Subscriptions are asked for with what is saved, and nothing else is said to be there. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { SubscriptionList } from "../../../../shared/model/subscription.ts";
import { take } from "../store/support.ts";
import { connection, contentOf, layBed, quietly, storeWithDraft, type Bed } from "./support.ts";

const bought: SubscriptionList = {
  subscriptions: [{ id: "1", partNumber: "ENTERPRISEPACK", state: "enabled", isForUsers: true, seats: { enabled: 5, warning: 0, suspended: 0, lockedOut: 0, used: 2 }, plans: [] }],
  source: "graph.contoso.lab",
  at: 1_700_000_000_000,
};

let bed: Bed;
let storeId: string;
/** Passwords that the provider was lent. */
let signedIn: string[];
beforeEach(async () => {
  bed = await layBed();
  signedIn = [];
  bed.toy.subscriptions = async (context) => {
    signedIn.push(take(await context.secrets.text("password")) ?? "");
    return succeed(bought);
  };
  storeId = await storeWithDraft(bed);
});
afterEach(() => bed.dispose());

const list = (signal = quietly().signal) => bed.services.listSubscriptions(storeId, { ...quietly(), signal });

it("are not asked for where nothing is saved, whatever a draft holds, nor of a store that is gone", async () => {
  expect(await list()).toEqual(fail({ kind: "not-found", what: "saved-messaging" }));
  expect(await bed.services.listSubscriptions("nobody", quietly())).toMatchObject({ ok: false, fault: { kind: "not-found", what: "identity-store" } });
  expect(signedIn).toEqual([]);
});

it("are none of a provider that has none", async () => {
  const { id } = take(await bed.services.stores.create("Rules", connection, "Pa55word!"));
  take(await bed.page.write(id, { choice: { provider: "none", variant: null } }));
  take(await bed.page.save(id, 1));
  expect(await bed.services.listSubscriptions(id, quietly())).toEqual(fail({ kind: "unsupported", why: "no-subscriptions" }));
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
    expect(signedIn).toEqual(["secret-42"]);
    expect(bed.store.identityStores.get(storeId)).toEqual(before);
  });

  it("are refused as the provider refuses, and not told after they were called off", async () => {
    bed.toy.subscriptions = () => Promise.resolve(fail({ kind: "forbidden", needs: ["Organization.Read.All"] }));
    expect(await list()).toEqual(fail({ kind: "forbidden", needs: ["Organization.Read.All"] }));
    const leaving = new AbortController();
    bed.toy.subscriptions = () => {
      leaving.abort();
      return Promise.resolve(succeed(bought));
    };
    expect(await list(leaving.signal)).toEqual(fail({ kind: "cancelled" }));
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import { take } from "../store/support.ts";
import { contentOf, layBed, listingOf, quietly, storeWithDraft, type Bed } from "./support.ts";

let bed: Bed;
let storeId: string;
/** Passwords that the provider was lent to list the servers. */
let signedIn: string[];
beforeEach(async () => {
  bed = await layBed();
  signedIn = [];
  bed.toy.list = async (context) => {
    signedIn.push(take(await context.secrets.text("password")) ?? "");
    return succeed(listingOf("exa.contoso.lab", "exb.contoso.lab"));
  };
  storeId = await storeWithDraft(bed);
});
afterEach(() => bed.dispose());

const saved = () => bed.store.identityStores.get(storeId);
const savedServers = () => saved()?.document.messaging?.configuration.servers.map(({ name }) => name);
const relist = async (save: boolean) => bed.services.relistSaved(storeId, save, quietly());

it("refuses where nothing is saved, whatever a draft holds", async () => {
  expect(await relist(true)).toEqual(fail({ kind: "not-found", what: "saved-messaging" }));
  expect(signedIn).toEqual([]);
});

describe("with a saved configuration and somebody's unsaved work", () => {
  beforeEach(async () => {
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "half-ty"));
    take(await bed.page.write(storeId, contentOf(draft, { username: "half-ty" })));
  });

  it("signs in with what is saved, publishes the listing and none of the unsaved work, which stays", async () => {
    const before = bed.store.drafts.get(storeId);
    expect(take(await relist(true))).toMatchObject({ revision: 3, configuration: { servers: [{ name: "exa.contoso.lab" }, { name: "exb.contoso.lab" }] } });
    expect(saved()).toMatchObject({ revision: 3, document: { messaging: { configuration: { values: { username: "svc" } } } } });
    expect(bed.store.drafts.get(storeId)).toEqual(before);
    expect(signedIn).toEqual(["secret-42"]);
  });

  it("keeps nothing unless it is asked to", async () => {
    expect(take(await relist(false))).toMatchObject({ revision: null, configuration: { servers: [{ name: "exa.contoso.lab" }, { name: "exb.contoso.lab" }] } });
    expect(saved()?.revision).toBe(2);
    expect(savedServers()).toEqual([]);
  });

  it("makes no revision of a listing that says what is known", async () => {
    await relist(true);
    bed.toy.list = () => Promise.resolve(succeed({ ...listingOf("exa.contoso.lab", "exb.contoso.lab"), at: 1_800_000_000_000 }));
    expect(take(await relist(true)).revision).toBe(3);
    bed.toy.list = () => Promise.resolve(succeed({ ...listingOf("exa.contoso.lab"), at: 1_800_000_000_000 }));
    expect(take(await relist(true)).revision).toBe(4);
  });

  it("publishes nothing over what was saved meanwhile", async () => {
    bed.toy.list = async () => {
      take(await bed.services.stores.rename(storeId, "Renamed meanwhile"));
      return Promise.resolve(succeed(listingOf("exc.contoso.lab")));
    };
    expect(await relist(true)).toMatchObject({ ok: false, fault: { kind: "conflict", revision: 3 } });
    expect(savedServers()).toEqual([]);
  });

  it("saves nothing after it was called off, nor a listing that failed", async () => {
    const stop = new AbortController();
    bed.toy.list = () => {
      stop.abort();
      return Promise.resolve(succeed(listingOf("exc.contoso.lab")));
    };
    expect(await bed.services.relistSaved(storeId, true, { signal: stop.signal, progress: () => undefined })).toEqual(fail({ kind: "cancelled" }));
    bed.toy.list = () => Promise.resolve(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    expect(await relist(true)).toEqual(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    expect(saved()?.revision).toBe(2);
  });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../../main/store/types.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
let store: Store;
let id: string;
beforeEach(async () => {
  store = await open({ folder: place.folder });
  ({ id } = take(store.identityStores.create(documentNamed("Contoso"), noteBy("ada"))));
});
afterEach(() => {
  store.close();
  place.remove();
});

test("a draft keeps every provider's form, apart from what is saved, and survives closing", async () => {
  const draft = { ...draftWith(messagingWith(3, { domain: "née.lab" })), tested: { state: "failed" as const, at: 4 } };
  const both = { ...draft, forms: { ...draft.forms, other: messagingWith(0, { maximum: 64, empty: null, on: true }) } };
  take(store.drafts.put(id, draft));
  take(store.drafts.put(id, both));
  store.close();
  store = await open({ folder: place.folder });
  expect(store.drafts.get(id)).toEqual(both);
  expect(store.identityStores.get(id)).toMatchObject({ revision: 1, document: { messaging: null } });
});

test("a removed draft is gone; removing none is no failure", () => {
  take(store.drafts.put(id, draftWith(messagingWith(0))));
  take(store.drafts.remove(id));
  expect(store.drafts.get(id)).toBeNull();
  expect(store.drafts.remove(id)).toEqual({ ok: true, value: null });
});

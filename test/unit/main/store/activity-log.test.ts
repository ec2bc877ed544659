import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../../main/store/types.ts";
import { open, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
let store: Store;
beforeEach(async () => {
  store = await open({ folder: place.folder });
});
afterEach(() => {
  store.close();
  place.remove();
});

test("events come back newest first, whole, and survive closing", async () => {
  const event = { at: 3, kind: "server-offline", storeId: "s", storeName: "Contoso", subject: "exb.contoso.lab", detail: "refused" };
  store.activity.append({ ...event, at: 2, storeId: null, storeName: null, subject: null, detail: null });
  store.activity.append(event);
  store.close();
  store = await open({ folder: place.folder });
  const [newest, older] = store.activity.recent();
  expect(newest).toMatchObject(event);
  expect(older).toMatchObject({ at: 2, storeId: null, detail: null });
  expect(newest?.id).not.toBe(older?.id);
});

test("the newest 500 are kept", () => {
  for (let at = 1; at <= 520; at += 1) store.activity.append({ at, kind: "k", storeId: null, storeName: null, subject: null, detail: null });
  const kept = store.activity.recent().map(({ at }) => at);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([500, 520, 21]);
});

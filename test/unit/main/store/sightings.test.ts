/** What was last seen of directories, as it is stored: changed over what stands there, and read from a change on. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Store } from "../../../../main/store/types.ts";
import type { Sighting } from "../../../../shared/model/comparison.ts";
import { eventually } from "../../../lab/eventually.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "./support.ts";

let place: ReturnType<typeof temporaryFolder>;
let store: Store;
let ids: string[];
beforeEach(async () => {
  place = temporaryFolder();
  store = await open({ folder: place.folder });
  ids = [];
  for (const name of ["HQ", "Branch"]) ids.push(take(await store.identityStores.create(documentNamed(name), noteBy("anna"))).id);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const seenAt = (at: number): Sighting => ({ at, revision: 1, choice: { provider: "exchange", variant: "2016" }, listing: { servers: [], notShown: [], complete: true, source: "dc1", at }, known: {}, seen: {}, told: null });

it("is made of what stands there, so that of two who change it neither undoes the other", async () => {
  const [id = ""] = ids;
  take(await store.sightings.change(id, () => seenAt(1)));
  const later = (before: Sighting | null) => seenAt((before?.at ?? 0) + 1);
  await Promise.all([store.sightings.change(id, later), store.sightings.change(id, later), store.sightings.change(id, () => null)]);
  expect((await store.sightings.read(0)).sightings.get(id)?.at).toBe(3);
  expect(take(await store.sightings.change("nobody", () => seenAt(1)))).toEqual(seenAt(1));
  expect((await store.sightings.read(0)).sightings.size).toBe(1);
});

it("is read from a change on, and says by another text that there is one", async () => {
  const [hq = "", branch = ""] = ids;
  const before = store.sightings.newest();
  take(await store.sightings.change(hq, () => seenAt(1)));
  await eventually(() => expect(store.sightings.newest()).not.toBe(before));
  const { last } = await store.sightings.read(0);
  const now = store.sightings.newest();
  take(await store.sightings.change(branch, () => seenAt(2)));
  await eventually(() => expect(store.sightings.newest()).not.toBe(now));
  expect((await store.sightings.read(last)).last).toBeGreaterThan(last);
  // What is a minute older is not read again.
  expect((await store.sightings.read(last + 10 * 60_000)).sightings.size).toBe(0);
});

/** What probes said, as it is stored: the newest of each server, and for as long as its identity store. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Store, StoredProbe } from "../../../../main/store/types.ts";
import { eventually } from "../../../lab/eventually.ts";
import { documentNamed, noteBy, open, take, temporaryFolder } from "./support.ts";

let place: ReturnType<typeof temporaryFolder>;
let store: Store;
let id: string;
beforeEach(async () => {
  place = temporaryFolder();
  store = await open({ folder: place.folder });
  ({ id } = take(await store.identityStores.create(documentNamed("HQ"), noteBy("anna"))));
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const said = (at: number, source: string, server = "exa.contoso.lab"): StoredProbe => ({ storeId: id, provider: "exchange", server, probed: { source, at, result: { at, ms: 1, rungs: [], certificateExpiresAt: null }, build: null, roles: [] } });

it("keeps the newest of each server, whatever comes when, and has it after a restart", async () => {
  let told = 0;
  const stop = store.onChange(() => (told += 1));
  expect(take(await store.probes.put([said(20, "JUMP02"), said(5, "JUMP01", "exb.contoso.lab")]))).toBe(2);
  expect(take(await store.probes.put([said(10, "JUMP01"), said(20, "JUMP03")]))).toBe(0);
  // In a team's database once the server has told it.
  await eventually(() => expect(told).toBeGreaterThan(0));
  stop();
  await store.close();
  store = await open({ folder: place.folder });
  expect(new Map((await store.probes.all()).map(({ server, probed }) => [server, [probed.source, probed.at]]))).toEqual(new Map([["exa.contoso.lab", ["JUMP02", 20]], ["exb.contoso.lab", ["JUMP01", 5]]]));
});

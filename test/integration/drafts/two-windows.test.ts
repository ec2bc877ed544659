import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { playRound, type Host } from "../../lab/two-windows.ts";
import { layBed, quietly, storeWithDraft } from "../../unit/main/services/support.ts";
import { take, temporaryFolder } from "../../unit/main/store/support.ts";

const ROUNDS = engineUnderTest().isTeam ? 25 : 50;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => void vi.useRealTimers());

/** A saved store with two servers, and as many hosts over its database as asked for. */
async function playedOver(hosts: 1 | 2, seed: number): Promise<readonly string[]> {
  const place = temporaryFolder();
  const beds = [];
  for (let index = 0; index < hosts; index += 1) beds.push(await layBed({ folder: place.folder }));
  const [bed, other = bed] = beds;
  if (bed === undefined || other === undefined) throw new Error("there is no host");
  try {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    take(await bed.page.save(storeId, 1));
    const hostsOf: readonly [Host, Host] = [bed, other];
    return await playRound({ storeId, seed, hosts: hostsOf });
  } finally {
    for (const each of beds) await each.dispose();
    place.remove();
  }
}

test.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))("two pages of one host lose nothing and write over nothing unseen, round %i", async (seed) => {
  expect(await playedOver(1, seed)).toEqual([]);
});

test.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))("two hosts on one database lose nothing and write over nothing unseen, round %i", async (seed) => {
  expect(await playedOver(2, seed)).toEqual([]);
});

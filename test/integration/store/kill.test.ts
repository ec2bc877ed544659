/** A killed process loses no save that it acknowledged, and leaves a database that opens without complaint. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { documentNamed, noteBy, open, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { startSaving } from "./child-process.ts";

const KILLS = 200;
const LANES = 2;

interface Lane {
  readonly acknowledged: number;
  readonly draftsAcknowledged: number;
}

/** What the draft may be: the acknowledged one (gone when its save dropped it), or the next one, stored but not yet said. */
function draftsAfter(acknowledged: string, saved: boolean): readonly (string | null)[] {
  const [who, count] = acknowledged.split(" ");
  const dropped = saved && Number(count) % 2 === 0;
  return [dropped ? null : acknowledged, `${who} ${Number(count) + 1}`];
}

/** Kills a saving process again and again on one database, and checks what it left each time. */
async function killRepeatedly(kills: number, lane: number): Promise<Lane> {
  const { folder, remove } = temporaryFolder();
  const compileCache = `${folder} compiled`;
  // The killed processes never come to write Node's cache; one that ends by itself does.
  await startSaving({ folder, storeId: "", who: "", saves: 0, servers: 0, drafts: false, compileCache }).lines;
  const setUp = await open({ folder });
  const { id } = take(await setUp.identityStores.create(documentNamed("Contoso"), noteBy("setup", { action: "created" })));
  await setUp.close();
  let acknowledged = 0;
  let draftsAcknowledged = 0;
  let lastRevision = 1;
  for (let kill = 1; kill <= kills; kill += 1) {
    const orders = { folder, storeId: id, who: `${lane}.${kill}`, saves: null, servers: kill % 7 === 0 ? 1000 : 20, drafts: kill % 2 === 0 };
    const saving = startSaving({ ...orders, compileCache });
    // From right after the start to some saves later, then at any moment of the save or draft under way.
    await saving.said(1 + (kill % 5));
    await sleep(Math.random() * 4);
    saving.child.kill("SIGKILL");
    const lines = await saving.lines;
    const saved = lines.filter((line) => line.startsWith("saved ")).map((line) => line.split(" "));
    const lastDraft = lines.findLast((line) => line.startsWith("draft "))?.slice("draft ".length);

    const store = await open({ folder });
    expect(store.notice).toBeNull();
    const numbers = (await store.identityStores.revisions(id)).map(({ number }) => number);
    const newest = numbers[0] ?? 0;
    expect(numbers.toReversed()).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
    for (const [, number, ...marker] of saved) {
      expect((await store.identityStores.revisionDocument(id, Number(number)))?.messaging?.configuration.values["marker"]).toBe(marker.join(" "));
    }
    lastRevision = Number(saved.at(-1)?.[1] ?? lastRevision);
    // One more may have been stored without the process living to say so; never fewer.
    expect([lastRevision, lastRevision + 1]).toContain(newest);
    lastRevision = newest;
    const draft = store.drafts.get(id)?.forms["exchange"]?.configuration.values["marker"] ?? null;
    const newestMarker = store.identityStores.get(id)?.document.messaging?.configuration.values["marker"];
    expect(lastDraft === undefined ? [draft] : draftsAfter(lastDraft, newestMarker === lastDraft)).toContain(draft);
    draftsAcknowledged += lastDraft === undefined ? 0 : 1;
    await store.close();
    acknowledged += saved.length;
  }
  remove();
  return { acknowledged, draftsAcknowledged };
}

test(`${KILLS} kills during saves and drafts lose nothing that was acknowledged`, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => killRepeatedly(KILLS / LANES, lane)));
  const acknowledged = lanes.reduce((sum, lane) => sum + lane.acknowledged, 0);
  const drafts = lanes.reduce((sum, lane) => sum + lane.draftsAcknowledged, 0);
  // Otherwise the kills came before the saves, and this would show nothing.
  expect(acknowledged).toBeGreaterThan(KILLS);
  expect(drafts).toBeGreaterThan(KILLS / 8);
}, 300_000);

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../../main/store/types.ts";
import type { ActivityQuestion } from "../../../../shared/contract/activity.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { eventsWritten, manualClock, open, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
let clock = manualClock(1_700_000_000_000);
let store: Store;
beforeEach(async () => {
  clock = manualClock(1_700_000_000_000);
  store = await open({ folder: place.folder, clock, logger: silentLogger });
});
afterEach(async () => {
  await store.close();
  place.remove();
});

function keep(subject: string, change: { readonly kind?: string; readonly storeId?: string; readonly storeName?: string } = {}): void {
  store.activity.append({ at: clock.now(), kind: "revision-saved", storeId: null, storeName: null, subject, detail: null, ...change });
}
const written = async () => {
  clock.advance(200);
  await eventsWritten(store);
};
const everything: ActivityQuestion = { before: null, most: 50, store: null, words: [] };
const page = (question: Partial<ActivityQuestion> = {}) => store.activity.page({ ...everything, ...question });
const subjects = async (question: Partial<ActivityQuestion> = {}) => (await page(question)).events.map(({ subject }) => subject);

test("events come a page at a time, each once, whatever happens meanwhile", async () => {
  for (let i = 0; i < 120; i += 1) keep(String(i));
  await written();
  const found: (string | null)[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const { events, next } = await page({ before: before ?? null });
    found.push(...events.map(({ subject }) => subject));
    keep("meanwhile");
    await written();
    before = next;
  }
  expect(found).toEqual(Array.from({ length: 120 }, (_none, i) => String(119 - i)));
});

test("a page that ends with the last event has none behind it", async () => {
  for (let i = 0; i < 50; i += 1) keep(String(i));
  await written();
  expect((await page()).next).toBeNull();
  expect((await page({ most: 49 })).next).not.toBeNull();
});

test("what is still to be written is on the first page, and on no other", async () => {
  keep("stored");
  await written();
  keep("waiting");
  expect(await subjects()).toEqual(["waiting", "stored"]);
  const { next } = await page({ most: 1 });
  expect(await subjects({ before: next })).toEqual(["stored"]);
});

test("each word must be in the subject, in the store's name, or be said by the kind, without case", async () => {
  keep("EXÄ.contoso.lab", { kind: "server-offline", storeName: "Contoso HQ" });
  keep("exb.fabrikam.lab", { kind: "server-offline", storeName: "Fabrikam" });
  keep("12", { storeName: "Contoso HQ" });
  await written();
  const word = (text: string, ...kinds: string[]) => ({ text, kinds });
  expect(await subjects({ words: [word("exä")] })).toEqual(["EXÄ.contoso.lab"]);
  expect(await subjects({ words: [word("offline", "server-offline"), word("HQ")] })).toEqual(["EXÄ.contoso.lab"]);
  expect(await subjects({ words: [word("saved", "revision-saved")] })).toEqual(["12"]);
  expect(await subjects({ words: [word("100%_")] })).toEqual([]);
});

test("a store's events are its own, by its id and not by its name", async () => {
  keep("1", { storeId: "a", storeName: "Contoso" });
  keep("2", { storeId: "b", storeName: "Contoso" });
  await written();
  expect(await subjects({ store: "b" })).toEqual(["2"]);
});

test("the newest id changes with everything that happens, before and after it is written", async () => {
  const ids = [store.activity.newest()];
  keep("1");
  ids.push(store.activity.newest());
  await written();
  ids.push(store.activity.newest());
  expect(ids[0]).toBe("");
  expect(new Set(ids).size).toBe(3);
});

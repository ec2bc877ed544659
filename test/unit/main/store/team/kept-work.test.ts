/** What is kept while a team's database is away, with a database whose every answer is planned. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeptRows } from "../../../../../main/store/team/kept-rows.ts";
import { keepWork, type KeptWork } from "../../../../../main/store/team/kept-work.ts";
import type { FileStore } from "../../../../../main/store/index.ts";
import type { Drafts, StoredDraft } from "../../../../../main/store/types.ts";
import { fail, type Result } from "../../../../../shared/fault.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { documentNamed, draftWith, messagingWith, manualClock, noteBy, open, take, temporaryFolder } from "../support.ts";

const unreachable = fail({ kind: "not-stored", why: "unreachable" });
const draft = (updatedAt: number, version = 0): StoredDraft => ({ ...draftWith(messagingWith(1)), updatedAt, version });

let folder: ReturnType<typeof temporaryFolder>;
/** The file keeps, and its own drafts stand in for the database's. */
let file: FileStore;
let id: string;
let work: KeptWork;
let rows: KeptRows;
let clock: ReturnType<typeof manualClock>;
let isAway: boolean;
let login: string;
let readOnly: boolean;
/** What the database answers next instead of doing it. */
let answers: (() => Promise<Result<never>> | null)[];
let put: ReturnType<typeof vi.fn<Drafts["put"]>>;

beforeEach(async () => {
  folder = temporaryFolder();
  file = await open({ folder: folder.folder });
  ({ id } = take(await file.identityStores.create(documentNamed("Contoso"), noteBy("eva"))));
  [isAway, login, readOnly, answers] = [false, "eva", false, []];
  [rows, clock] = [new KeptRows(file.home.rows, () => login), manualClock(1_700_000_000_000)];
  put = vi.fn(async (storeId, sent) => (await answers.shift()?.()) ?? file.drafts.put(storeId, sent));
  work = keepWork({
    rows,
    // What is held of it is older while it is away; here there was nothing.
    drafts: { ...file.drafts, put, get: (storeId) => (isAway ? null : file.drafts.get(storeId)) },
    vault: file.vault,
    stores: file.identityStores,
    activity: file.activity,
    engine: {
      away: () => (isAway ? {} : null),
      get readOnly() {
        return readOnly;
      },
      standing: () => ({ login }),
    },
    clock,
    logger: silentLogger,
    announce: () => undefined,
  });
});
afterEach(async () => {
  await work.close();
  await file.close();
  folder.remove();
});

describe("a draft", () => {
  it("that goes out in the moment in which the database goes away is kept, and comes in later", async () => {
    answers = [async () => unreachable, async () => unreachable];
    const kept = take(await work.drafts.put(id, draft(5)));
    expect(work.drafts.get(id)).toEqual(kept);
    expect(file.drafts.get(id)).toBeNull();
    work.changed();
    await expect.poll(() => file.drafts.get(id)?.updatedAt).toBe(5);
  });

  it("that arrived although nobody answered is not taken for somebody else's", async () => {
    answers = [
      async () => {
        take(await file.drafts.put(id, draft(5)));
        isAway = true;
        return unreachable;
      },
    ];
    const first = take(await work.drafts.put(id, draft(5)));
    take(await work.drafts.put(id, { ...first, updatedAt: 6 }));
    isAway = false;
    work.changed();
    await expect.poll(() => file.drafts.get(id)?.updatedAt).toBe(6);
    expect((await file.activity.page({ before: null, most: 10, store: id, words: [] })).events).toEqual([]);
  });

  it("is typed on while it is brought, and nothing of that is lost", async () => {
    isAway = true;
    const first = take(await work.drafts.put(id, draft(5)));
    isAway = false;
    let second: Promise<Result<StoredDraft>> | null = null;
    answers = [
      () => {
        second = work.drafts.put(id, { ...first, updatedAt: 6 });
        return null;
      },
    ];
    work.changed();
    await expect.poll(() => file.drafts.get(id)?.updatedAt).toBe(6);
    expect(second).not.toBeNull();
    await expect.poll(() => work.drafts.version(id)).toBe(file.drafts.version(id));
  });

  it("of another account of this computer waits for that account", async () => {
    isAway = true;
    take(await work.drafts.put(id, draft(5)));
    login = "bob";
    expect([work.drafts.get(id), work.drafts.version(id)]).toEqual([null, null]);
    take(await work.drafts.put(id, draft(7)));
    isAway = false;
    work.changed();
    await expect.poll(() => file.drafts.get(id)?.updatedAt).toBe(7);
    await work.close();
    expect(put).toHaveBeenCalledTimes(1);
    login = "eva";
    expect(work.drafts.get(id)?.updatedAt).toBe(5);
  });

  it("that is refused because the account is let in no more is kept as well", async () => {
    answers = [
      async () => {
        isAway = true;
        return fail({ kind: "not-stored", why: "no-rights" });
      },
    ];
    expect(take(await work.drafts.put(id, draft(5))).updatedAt).toBe(5);
    expect(work.drafts.get(id)?.updatedAt).toBe(5);
  });

  it("of who may only look is refused as the database refuses it", async () => {
    [isAway, readOnly] = [true, true];
    answers = [async () => unreachable];
    expect(await work.drafts.put(id, draft(5))).toEqual(unreachable);
    expect(work.drafts.get(id)).toBeNull();
  });
});

describe("a secret", () => {
  const purpose = "messaging/exchange/password";
  const seal = async () => take(await work.vault.seal(purpose, Buffer.from("geheim")));

  it("that a kept draft refers to stays, and one that was discarded with its draft goes after a day", async () => {
    isAway = true;
    const [needed, loose] = [await seal(), await seal()];
    take(await work.drafts.put(id, draftWith({ ...messagingWith(1), secrets: { password: needed } })));
    await work.close();
    expect(rows.secretIds()).toHaveLength(2);
    clock.advance(25 * 60 * 60 * 1000);
    await work.close();
    expect(rows.secretIds()).toEqual([needed.id]);
    expect([work.vault.open(purpose, needed).ok, work.vault.open(purpose, loose).ok]).toEqual([true, false]);
  });
});

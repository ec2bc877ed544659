import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeClock } from "../monitor/support.ts";
import { take, temporaryFolder } from "../store/support.ts";
import { checked, layBed, quietly, storeWithDraft, type Bed } from "./support.ts";
import { eventsOf } from "../../../lab/events.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

describe("expiry notices", () => {
  it("are given once for each bound, and not again after a restart", async () => {
    await bed.dispose();
    const clock = fakeClock();
    const temporary = temporaryFolder();
    const day = 24 * 60 * 60 * 1000;
    // The toy's support ended long after the fake clock's beginning.
    await clock.advance(new Date(2023, 3, 11).getTime() - 15 * day);
    bed = await layBed({ clock, folder: temporary.folder });
    take(await bed.page.save(await storeWithDraft(bed), 1));
    bed.services.attend();
    await bed.dispose();
    bed = await layBed({ clock, folder: temporary.folder });
    bed.services.attend();
    await clock.advance(2 * day);
    const notices = (await eventsOf(bed.services)).filter(({ kind }) => kind === "expires-soon");
    expect(notices.map(({ subject, detail }) => [subject, detail])).toEqual([
      ["toy/2013", "30 support"],
      ["toy/2013", "14 support"],
    ]);
    await bed.dispose();
    temporary.remove();
    bed = await layBed();
  });

  it("are given anew for what takes the place of what ended, when that ends within the same days", async () => {
    await bed.dispose();
    const clock = fakeClock(() => 0);
    bed = await layBed({ clock, interval: 3600 });
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    take(await bed.page.save(storeId, 1));
    const day = 24 * 60 * 60 * 1000;
    const endsIn = (days: number) => {
      const at = clock.now() + days * day;
      bed.toy.check = () => Promise.resolve({ ...checked(null), certificateExpiresAt: at });
    };
    const told = async () => (await eventsOf(bed.services)).filter(({ detail }) => detail?.endsWith("server-certificate")).map(({ subject, detail }) => [subject, detail]);
    const notice = ["exa.contoso.lab", "14 server-certificate"];
    endsIn(10);
    bed.services.attend();
    await clock.advance(3 * 60 * 60 * 1000);
    expect(await told()).toEqual([notice]);
    endsIn(12);
    await clock.advance(3 * 60 * 60 * 1000);
    expect(await told()).toEqual([notice, notice]);
  });
});

describe("expiry", () => {
  it("lists dates of saved configurations only, soonest first, server certificates of ticked servers included", async () => {
    bed.toy.check = () => Promise.resolve({ at: 0, ms: 1, rungs: [], certificateExpiresAt: 1_900_000_000_000 });
    const storeId = await storeWithDraft(bed, "HQ; main, office");
    expect(bed.services.expiry.list()).toEqual([]);
    take(await bed.services.editor.sync(storeId, quietly()));
    const ticked = take(await bed.page.save(storeId, 1)).saved.servers.find((server) => server.ticked)?.name ?? "";
    take(bed.services.servers.check(storeId, null));
    await expect.poll(() => bed.services.expiry.list().map(({ kind, subject, at }) => [kind, subject, at])).toEqual([
      ["support", "toy/2013", new Date(2023, 3, 11).getTime()],
      ["server-certificate", ticked, 1_900_000_000_000],
    ]);
  });
});

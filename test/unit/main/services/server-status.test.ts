import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { succeed } from "../../../../shared/fault.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";
import { checked, contentOf, layBed, listingOf, quietly, storeWithDraft, type Bed } from "./support.ts";
import { eventsOf } from "../../../lab/events.ts";

let clock: FakeClock;
let bed: Bed;
beforeEach(async () => {
  clock = fakeClock(() => 0);
  bed = await layBed({ clock });
});
afterEach(() => bed.dispose());

const states = (storeId: string) =>
  Object.fromEntries(bed.services.servers.statuses(storeId).map(({ name, health }: ServerStatus) => [name.split(".")[0], health.state]));

const inDraftAlone = (storeId: string) => bed.services.servers.statuses(storeId).filter(({ inForce }) => !inForce).map(({ name }) => name);

async function syncedStore(): Promise<string> {
  const storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  return storeId;
}

/** Lists these servers into the draft. */
async function listInto(storeId: string, ...names: string[]): Promise<void> {
  bed.toy.list = () => Promise.resolve(succeed(listingOf(...names)));
  take(await bed.services.editor.sync(storeId, quietly()));
}

describe("server status", () => {
  it("follows the draft's servers as soon as they are listed, and the saved ones after a discard", async () => {
    const storeId = await storeWithDraft(bed);
    take(bed.services.servers.watch(storeId));
    take(await bed.services.editor.sync(storeId, quietly()));
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
    expect(inDraftAlone(storeId)).toEqual(["exa.contoso.lab", "exb.contoso.lab"]);
    take(await bed.page.discardDraft(storeId));
    await clock.advance(100);
    expect(states(storeId)).toEqual({});
  });

  it("checks nothing that nobody asked about", async () => {
    const storeId = await syncedStore();
    await clock.advance(60_000);
    expect(states(storeId)).toEqual({});
    bed.services.servers.followAll();
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
  });

  it("keeps checking as saved while the draft is not valid", async () => {
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
    take(await bed.page.write(storeId, contentOf(draft, { username: "" })));
    take(bed.services.servers.watch(storeId));
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
  });

  it("checks a draft's own servers as saved while the draft is not valid", async () => {
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2016" } }));
    await listInto(storeId, "exc.contoso.lab");
    const accounts = new Set<unknown>();
    bed.toy.check = async (_server, context) => {
      accounts.add(take(await context.secrets.text("password")));
      return checked(null);
    };
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "half-typed"));
    take(await bed.page.write(storeId, contentOf(draft, { username: "" })));
    bed.services.servers.followAll();
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online", exc: "online" });
    expect([...accounts]).toEqual(["secret-42"]);
  });

  it("tells of ticked servers that go down and come back, and counts them in the list", async () => {
    const storeId = await syncedStore();
    bed.services.servers.followAll();
    await clock.advance(100);
    expect(inDraftAlone(storeId)).toEqual(["exa.contoso.lab", "exb.contoso.lab"]);
    take(await bed.page.save(storeId, 1));
    await clock.advance(100);
    expect(inDraftAlone(storeId)).toEqual([]);
    expect(bed.services.summaries.feed.get(storeId)).toMatchObject({ serversTotal: 1, serversOnline: 1, messaging: { provider: "toy", variant: "2013" } });
    bed.toy.check = () => Promise.resolve(checked("refused"));
    await clock.advance(15_000);
    expect(bed.services.summaries.feed.get(storeId)).toMatchObject({ serversTotal: 1, serversOnline: 0 });
    bed.toy.check = () => Promise.resolve(checked(null));
    await clock.advance(15_000);
    const events = (await eventsOf(bed.services)).filter(({ kind }) => kind.startsWith("server-"));
    expect(events.map(({ kind, subject, detail }) => [kind, subject, detail])).toEqual([
      ["server-offline", "exa.contoso.lab", "unreachable"],
      ["server-online", "exa.contoso.lab", null],
    ]);
  });

  it("goes on watching what is in force while a draft of another version lies there, and says when it goes down", async () => {
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2016" } }));
    bed.services.servers.followAll();
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
    bed.toy.check = () => Promise.resolve(checked("refused"));
    await clock.advance(15_000);
    expect(states(storeId)).toMatchObject({ exa: "offline" });
    expect(bed.services.summaries.feed.get(storeId)).toMatchObject({ serversTotal: 1, serversOnline: 0 });
    expect((await eventsOf(bed.services)).map(({ kind, subject }) => [kind, subject])).toContainEqual(["server-offline", "exa.contoso.lab"]);
  });

  it("watches a draft's own servers for whoever edits it, and keeps no event of them", async () => {
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2016" } }));
    await listInto(storeId, "exc.contoso.lab");
    bed.services.servers.followAll();
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online", exc: "online" });
    expect(inDraftAlone(storeId)).toEqual(["exc.contoso.lab"]);
    bed.toy.check = (server) => Promise.resolve(checked(server === "exc.contoso.lab" ? "refused" : null));
    await clock.advance(15_000);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online", exc: "offline" });
    expect((await eventsOf(bed.services)).filter(({ kind }) => kind.startsWith("server-"))).toEqual([]);
    take(await bed.page.discardDraft(storeId));
    await clock.advance(100);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
  });

  it("checks a server that both name with the account in force", async () => {
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
    const passwords = new Set<string>();
    bed.toy.check = async (_server, context) => {
      passwords.add(take(await context.secrets.text("password")) ?? "");
      return checked(null);
    };
    take(await bed.page.setSecret({ storeId, provider: draft.choice.provider, field: "password" }, "half-typed"));
    bed.services.servers.followAll();
    await clock.advance(10_000);
    expect([...passwords]).toEqual(["secret-42"]);
  });

  it("of a command signs in with nobody's unsaved account, and checks nobody's unsaved servers", async () => {
    await bed.dispose();
    bed = await layBed({ clock, host: "command-line" });
    const storeId = await syncedStore();
    take(await bed.page.save(storeId, 1));
    const draft = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
    take(await bed.page.write(storeId, contentOf(draft, { username: "half-typed" })));
    await listInto(storeId, "exa.contoso.lab", "exb.contoso.lab", "exc.contoso.lab");
    take(bed.services.servers.watch(storeId));
    await clock.advance(1_000);
    expect(states(storeId)).toEqual({ exa: "online", exb: "online" });
  });

  it("keeps nothing for a configuration that is no longer checked: what is checked again begins afresh", async () => {
    const storeId = await syncedStore();
    const [memories, kept]: [unknown[], unknown[]] = [[], []];
    bed.toy.check = (_server, { memory }) => {
      if (memories.at(-1) !== memory) memories.push(memory);
      return Promise.resolve(checked(null));
    };
    bed.services.servers.followAll();
    for (const [revision, username] of ["one", "two", "one"].entries()) {
      const draft = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
      take(await bed.page.write(storeId, contentOf(draft, { username })));
      take(await bed.page.save(storeId, revision + 1));
      await clock.advance(20_000);
      kept.push(memories.at(-1));
    }
    expect(new Set(kept).size).toBe(3);
  });

  it("knows no servers of a store that is gone", async () => {
    const storeId = await syncedStore();
    take(bed.services.servers.watch(storeId));
    await clock.advance(100);
    take(await bed.services.stores.remove(storeId, "Contoso HQ"));
    await clock.advance(100);
    expect(states(storeId)).toEqual({});
    expect(bed.services.servers.watch(storeId)).toEqual({ ok: false, fault: { kind: "not-found", what: "identity-store" } });
  });
});

/** A full disk: saves fail and say why, what was there stays readable, and room given back is used again. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createChanges } from "../../../main/store/changes.ts";
import { Connection } from "../../../main/store/connection.ts";
import { sqliteEngine } from "../../../main/store/sqlite-engine.ts";
import { createIdentityStores } from "../../../main/store/identity-stores.ts";
import { createJournal } from "../../../main/store/journal.ts";
import { question, request, runOf } from "../../lab/journal-runs.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, systemClock, take, temporaryFolder, tryOpen } from "../../unit/main/store/support.ts";

const place = temporaryFolder();
const { folder } = place;
const full = { ok: false, fault: { kind: "not-stored", why: "disk-full" } };

function mount(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "only root on Linux can mount a small file system";
  fs.mkdirSync(folder, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { encoding: "utf8" });
  return mounted.status === 0 ? null : `a small file system cannot be mounted here: ${mounted.stderr.trim()}`;
}
function unmount(): void {
  spawnSync("umount", [folder]);
  place.remove();
}

const refused = mount();
unmount();

describe.skipIf(refused !== null)(`on a file system of one mebibyte${refused === null ? "" : ` (skipped: ${refused})`}`, () => {
  beforeEach(() => {
    const problem = mount();
    if (problem !== null) throw new Error(problem);
  });
  afterEach(unmount);

  test("a save that does not fit fails whole, again and again, and the rest stays", async () => {
    const store = await open({ folder });
    const { id } = take(await store.identityStores.create(documentNamed("Contoso", messagingWith(10)), noteBy("ada")));
    take(await store.drafts.put(id, draftWith(messagingWith(10))));
    const big = documentNamed("Contoso", messagingWith(1000));
    let saved = 1;
    let answer = await store.identityStores.save(id, big, saved, noteBy("ada"), "dropped");
    for (; answer.ok && saved < 50; answer = await store.identityStores.save(id, big, saved, noteBy("ada"), "kept")) saved = answer.value.revision;
    expect(answer).toEqual(full);
    expect(await store.identityStores.save(id, big, saved, noteBy("ada"), "dropped")).toEqual(full);
    expect(await store.drafts.put(id, draftWith(messagingWith(1000)))).toEqual(full);
    expect(await store.vault.seal("p", Buffer.alloc(200_000, 1))).toEqual(full);
    expect(store.identityStores.get(id)?.revision).toBe(saved);
    expect(await store.identityStores.revisions(id)).toHaveLength(saved);
    await store.close();

    const again = await open({ folder });
    expect(again.notice).toBeNull();
    expect(again.identityStores.list().map(({ document, revision }) => [document.name, revision])).toEqual([["Contoso", saved]]);
    await again.close();
  });

  test("with not one byte left opening says that the disk is full, harms nothing, and works again once there is room", async () => {
    const first = await open({ folder });
    const { id } = take(await first.identityStores.create(documentNamed("Contoso", messagingWith(10)), noteBy("ada")));
    await first.close();
    const filler = path.join(folder, "filler");
    fs.writeFileSync(filler, "");
    const { bavail, bsize } = fs.statfsSync(folder);
    fs.writeFileSync(filler, Buffer.alloc(bavail * bsize));
    const opened = await tryOpen({ folder });
    expect(opened).toEqual(full);
    fs.rmSync(filler);
    const second = await open({ folder });
    expect(second.notice).toBeNull();
    expect(second.identityStores.get(id)?.document).toEqual(documentNamed("Contoso", messagingWith(10)));
    expect((await second.identityStores.save(id, documentNamed("Fabrikam"), 1, noteBy("ada"), "kept")).ok).toBe(true);
    await second.close();
  });
});

describe("on a database that may not grow", () => {
  afterEach(place.remove);

  test("a save that does not fit fails whole, and the rest stays", async () => {
    await (await open({ folder })).close();
    const connection = new Connection(path.join(folder, "messaging-console.db"), { readOnly: false });
    connection.execute("PRAGMA max_page_count = 70");
    const changes = createChanges({ connection, clock: systemClock, logger: silentLogger });
    const stores = createIdentityStores({ engine: sqliteEngine(connection), changes, logger: silentLogger, seals: null });
    const { id } = take(await stores.create(documentNamed("Contoso", messagingWith(10)), noteBy("ada")));
    expect(await stores.save(id, documentNamed("Contoso", messagingWith(1000)), 1, noteBy("ada"), "dropped")).toEqual(full);
    expect(stores.get(id)?.document).toEqual(documentNamed("Contoso", messagingWith(10)));
    expect(await stores.save(id, documentNamed("Fabrikam", messagingWith(10)), 1, noteBy("ada"), "dropped")).toEqual({ ok: true, value: { revision: 2 } });
    connection.close();
  });

  test("a step that does not fit in the journal is told so before it happens, and what was written stays", async () => {
    await (await open({ folder })).close();
    const connection = new Connection(path.join(folder, "messaging-console.db"), { readOnly: false });
    const pages = Number(connection.get("PRAGMA page_count")?.["page_count"]);
    connection.execute(`PRAGMA max_page_count = ${pages + 10}`);
    const changes = createChanges({ connection, clock: systemClock, logger: silentLogger });
    const journal = createJournal({ engine: sqliteEngine(connection), changes, logger: silentLogger });
    const { run, entries: [entry = ""] } = take(await journal.begin(runOf([request("Sales")])));
    expect(await journal.begin(runOf(Array.from({ length: 1000 }, (_, index) => request(`Group ${index}`))))).toEqual(full);
    let number = 1;
    const begin = () => journal.begun(entry, { number, kind: "look", server: `ex${number}.contoso.lab`, at: 1 });
    const end = () => journal.ended(entry, { number, ms: 1, outcome: { state: "missing" } }, { state: "running" });
    let answer = await begin();
    for (; answer.ok && number < 5000; answer = await begin()) {
      if (!(await end()).ok) break;
      number += 1;
    }
    expect(await begin()).toEqual(full);
    const [kept] = await journal.run(run);
    expect(kept?.steps.length).toBeGreaterThan(10);
    expect(kept?.steps.map((step) => step.number)).toEqual(Array.from({ length: kept?.steps.length ?? 0 }, (_, index) => index + 1));
    expect((await journal.page(question())).entries).toHaveLength(1);
    connection.execute("PRAGMA max_page_count = 1000");
    take(await begin());
    connection.close();
  });
});

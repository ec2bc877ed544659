/** A thousand identity stores go into a team's database and come out of it on another computer, equal in everything. */
import { expect, test } from "@playwright/test";
import { systemKeyWrapping } from "../../main/hosts/shared/key-wrapping.ts";
import { openStore, type FileStore } from "../../main/store/index.ts";
import { findPostgres, NEEDS_POSTGRES, startPostgres } from "../lab/postgres-server.ts";
import { silentLogger } from "../lab/loggers.ts";
import { contentOf, fill } from "../lab/whole-stores.ts";
import { documentNamed, noteBy, systemClock, take } from "../unit/main/store/support.ts";
import { openConsole } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";
import { approve, card, join, moveEverything, setUpTeam, goOverToTeam } from "./team-page.ts";

const STORES = 1_000;
/** So many have revisions, passwords and a draft as well. */
const FILLED = 20;
const bin = findPostgres();

async function openFile(dataDirectory: string): Promise<FileStore> {
  return take(await openStore({ dataDirectory, keyWrapping: systemKeyWrapping(dataDirectory), clock: systemClock, logger: silentLogger }));
}

/** What is in a folder while no console works on it. */
async function contentIn(folder: string) {
  const store = await openFile(folder);
  const content = await contentOf(store);
  await store.close();
  return content.toSorted((one, other) => one.id.localeCompare(other.id));
}

test(`a thousand identity stores move to a team's database and from there to another computer, equal${bin === null ? ` (skipped: ${NEEDS_POSTGRES})` : ""}`, async ({ page, browser }) => {
  test.skip(bin === null, NEEDS_POSTGRES);
  test.setTimeout(300_000);
  const server = await startPostgres(bin ?? "");
  const [here, there] = [temporaryFolder(), temporaryFolder()];
  const other = await browser.newPage({ viewport: { width: 1024, height: 768 } });
  try {
    const store = await openFile(here.path);
    for (let count = 1; count <= STORES; count += 1) {
      if (count <= FILLED) await fill(store, `Store ${count}`);
      else take(await store.identityStores.create(documentNamed(`Store ${count}`), noteBy("ada")));
    }
    await store.close();
    const before = await contentIn(here.path);
    const hosts = [await startHost("out/main/loopback.js", ["--no-open", "--data", here.path]), await startHost("out/main/loopback.js", ["--no-open", "--data", there.path])] as const;
    const database = await server.createEmpty();
    try {
      await openConsole(page, hosts[0].address);
      await setUpTeam(page, server.settings(database, "owner"));
      await moveEverything(page, "Store 1", STORES);
      await goOverToTeam(page);
      // The same person on another computer: drafts are a person's own.
      await openConsole(other, hosts[1].address);
      await approve(page, await join(other, server.settings(database, "owner")));
      await expect(card(other, "Consoles of the team")).toContainText("this console", { timeout: 20_000 });
      await moveEverything(other, "Store 1", STORES);
    } finally {
      for (const host of hosts) await host.kill();
    }
    expect(before).toHaveLength(STORES);
    expect(await contentIn(here.path)).toEqual(before);
    expect(await contentIn(there.path)).toEqual(before);
  } finally {
    await other.close();
    await server.remove();
    for (const folder of [here, there]) folder.remove();
  }
});

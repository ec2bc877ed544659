import { Readable } from "node:stream";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { status } from "../../../../../main/hosts/command-line/verbs/status.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { collected } from "../../../../lab/collected.ts";
import { checked, layBed, listingOf, quietly, storeWithDraft, type Bed } from "../../services/support.ts";
import { take } from "../../store/support.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
  bed.toy.check = (server) => Promise.resolve(checked(server === "draft.contoso.lab" ? "refused" : null));
});
afterEach(() => bed.dispose());

async function run(json: boolean) {
  await eventually(() => expect(bed.services.summaries.feed.size).toBe(1));
  const said = collected();
  const client = () => Promise.resolve(createRouterClient(bed.router));
  const { signal } = new AbortController();
  const code = await status.forms[0].run({ words: [], options: { store: "Contoso HQ" }, json, stdin: Readable.from([]), signal, client, stdout: said.stream, progress: () => undefined });
  return { code, said: said.text() };
}

it("counts what is saved, and says that unsaved work is not looked at", async () => {
  const storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
  take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2016" } }));
  bed.toy.list = () => Promise.resolve(succeed(listingOf("draft.contoso.lab")));
  take(await bed.services.editor.sync(storeId, quietly()));

  const text = await run(false);
  expect(text.code).toBe(0);
  expect(text.said).toContain("exa.contoso.lab");
  expect(text.said).not.toContain("draft.contoso.lab");
  expect(text.said.trim().split("\n").at(-1)).toBe("There is unsaved work on this identity store. It is not looked at here.");

  // Which of the two is in use was left to chance when they were listed.
  const rows = z.array(z.object({ name: z.string(), inForce: z.boolean(), inUse: z.boolean() })).parse(JSON.parse((await run(true)).said));
  expect(rows.map(({ name }) => name).toSorted()).toEqual(["exa.contoso.lab", "exb.contoso.lab"]);
  expect(rows).toMatchObject([{ inForce: true, inUse: true }, { inForce: true, inUse: false }]);
});

it("says that nothing is saved where all there is is a draft", async () => {
  const storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  expect(await run(false)).toEqual({
    code: 0,
    said: "No servers are saved. servers --sync --save asks for them and saves them.\nThere is unsaved work on this identity store. It is not looked at here.\n",
  });
});

it("says the page's words for each state, and what to do", async () => {
  const storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
  bed.toy.check = () => Promise.resolve(checked("refused"));
  const { said, code } = await run(false);
  expect(code).toBe(4);
  expect(said).toMatch(/^Priority +Server name +Status +Latency +Last check$/m);
  expect(said).toMatch(/^1 +ex[ab]\.contoso\.lab +Offline \(TCP: connection refused\) /m);
  // One of the two is in use: the other is shown, and asks nothing of anybody.
  expect(said.match(/^ex[ab]\.contoso\.lab: \p{Lu}.+\. \p{Lu}.+\.$/gmu)).toHaveLength(1);
});

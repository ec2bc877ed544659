/** What a verb opens is closed with it, and what there is to say of the data is said. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, expect, it } from "vitest";
import { openOwnClient } from "../../../../../main/hosts/command-line/client.ts";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { listStores } from "../../../../../main/hosts/command-line/take.ts";
import { VerbFailure, type Verb } from "../../../../../main/hosts/command-line/verb.ts";
import { collected } from "../../../../lab/collected.ts";
import { canListOpenFiles, openFilesBelow } from "../../../../lab/open-files.ts";
import { temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const list: Verb = {
  name: "list",
  forms: [
    {
      choice: null,
      meaning: "lists",
      words: [],
      options: {},
      examples: [{ line: "messaging-console list", meaning: "lists" }],
      run: async ({ client, stdout }) => {
        stdout.write(`${(await listStores(await client())).length}\n`);
        throw new VerbFailure({ kind: "cancelled" });
      },
    },
  ],
};

async function run() {
  const [out, err] = [collected(), collected()];
  await runCommandLine(["list"], { verbs: [list], stdin: Readable.from([]), stdout: out.stream, stderr: err.stream, signal: new AbortController().signal, open: () => openOwnClient(folder) });
  return { out: out.text(), err: err.text() };
}

const where = canListOpenFiles ? "" : " (open files can be listed on Linux only)";
it.skipIf(!canListOpenFiles)(`the database is closed, however the verb ends${where}`, async () => {
  const opened = await openOwnClient(folder);
  expect(openFilesBelow(folder).length).toBeGreaterThan(0);
  await opened.close();
  expect(openFilesBelow(folder)).toEqual([]);
  expect((await run()).out).toBe("0\n");
  expect(openFilesBelow(folder)).toEqual([]);
});

it("says on standard error that a backup took a damaged database's place", async () => {
  await (await openOwnClient(folder)).close();
  expect((await run()).err).not.toContain("backup");
  for (const name of readdirSync(folder).filter((each) => /\.db-/.test(each))) rmSync(path.join(folder, name));
  writeFileSync(path.join(folder, "messaging-console.db"), "no database");
  expect((await run()).err).toContain("backup");
});

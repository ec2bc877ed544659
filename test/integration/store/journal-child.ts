/** A process of its own that writes one run into the journal of the folder in its first argument, and says each write once it is acknowledged. */
import fs from "node:fs";
import { writeRun } from "../../lab/journal-runs.ts";
import { open } from "../../unit/main/store/support.ts";

const store = await open({ folder: process.argv[2] ?? "" });
for await (const run of writeRun(store.journal)) fs.writeSync(1, `${run}\n`);
await store.close();

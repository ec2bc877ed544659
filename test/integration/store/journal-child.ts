/** A process of its own that writes one run into the store of the folder in its first argument, of the journal or of a job as the second says, and says each write once it is acknowledged. */
import fs from "node:fs";
import { writeJobRun } from "../../lab/job-runs.ts";
import { writeRun } from "../../lab/journal-runs.ts";
import { open } from "../../unit/main/store/support.ts";

const store = await open({ folder: process.argv[2] ?? "" });
for await (const run of process.argv[3] === "job" ? writeJobRun(store.jobRuns) : writeRun(store.journal)) fs.writeSync(1, `${run}\n`);
await store.close();

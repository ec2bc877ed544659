/** Verbs of jobs over runs that were kept, and names that several identity stores have. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { createRouterClient } from "@orpc/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { runCommandLine } from "../../../../../../main/hosts/command-line/command-line.ts";
import { verbs } from "../../../../../../main/hosts/command-line/verbs/index.ts";
import { blankJob } from "../../../../../../shared/rules/job.ts";
import { collected } from "../../../../../lab/collected.ts";
import { jobRunOf, plannedRow } from "../../../../../lab/job-runs.ts";
import { connection, layBed, type Bed } from "../../../services/support.ts";
import { take, temporaryFolder } from "../../../store/support.ts";

const AT = 1_700_000_000_000;
const place = temporaryFolder();
beforeAll(() => void mkdirSync(place.folder, { recursive: true }));
afterAll(place.remove);
let bed: Bed;
beforeEach(async () => (bed = await layBed({})));
afterEach(() => bed.dispose());

async function run(...args: readonly string[]) {
  const [out, err] = [collected(), collected()];
  const open = () => Promise.resolve({ client: createRouterClient(bed.router), notice: null, close: () => Promise.resolve() });
  const code = await runCommandLine(["jobs", ...args], { verbs, stdin: Readable.from([]), stdout: out.stream, stderr: err.stream, signal: new AbortController().signal, open });
  return { code, out: out.text(), err: err.text() };
}

async function storeWithJob(store: string, job: string): Promise<void> {
  const client = createRouterClient(bed.router);
  const { id } = take(await client.documents.create({ document: { name: store, connection, messaging: { provider: "none" } }, secrets: {}, files: {} }));
  take(await client.jobs.create({ storeId: id, settings: { ...blankJob("mail-contact"), name: job, description: store } }));
}

describe("a job", () => {
  it("is found by its name without case, and never guessed between two identity stores", async () => {
    await storeWithJob("HQ", "Contacts");
    expect(JSON.parse((await run("export", " contacts")).out)).toMatchObject({ description: "HQ" });
    await storeWithJob("Branch", "CONTACTS");
    for (const verb of [["export"], ["plan"], ["run"], ["history"], ["enable"], ["remove"]]) expect(await run(...verb, "contacts")).toMatchObject({ code: 2, out: "" });
    expect(JSON.parse((await run("export", "contacts", "--store", "branch")).out)).toMatchObject({ description: "Branch" });
  });

  it("that is not there is told with the nearest name, whatever its case", async () => {
    await storeWithJob("HQ", "New Starters");
    expect(await run("export", "new starter")).toMatchObject({ code: 3, err: expect.stringMatching(/\n {2}New Starters\n$/) });
    expect(await run("export", "Leavers")).toMatchObject({ code: 3, err: expect.stringMatching(/^No job has this name\. List[^]*\n {2}Leavers\n$/) });
  });
});

describe("going on with a run", () => {
  /** A run of a job with this policy that was broken off before its only user was made. */
  async function brokenOff(job: string | null): Promise<string> {
    const store = bed.store.identityStores.list()[0]?.id ?? "none";
    const { run: id } = take(await bed.store.jobRuns.begin(jobRunOf({ storeId: store, job: job ?? "gone" }), [plannedRow(1)]));
    take(await bed.store.jobRuns.end(id, { state: "cancelled", fault: null, endedAt: AT }));
    return id;
  }

  it("wants a first password where the job says so, or is gone, and none where the job makes them", async () => {
    const client = createRouterClient(bed.router);
    const { id } = take(await client.documents.create({ document: { name: "HQ", connection, messaging: { provider: "none" } }, secrets: {}, files: {} }));
    const generated = { kind: "generated" as const, length: 16, classes: ["lower" as const], specials: "", noLookAlikes: true, recipients: [] };
    const jobWith = async (password: ReturnType<typeof blankJob>["password"], name: string) => take(await client.jobs.create({ storeId: id, settings: { ...blankJob("mailbox"), name, password } })).job.id;
    const WANTED = /nothing comes on standard input/;
    const resumed = async (job: string | null) => (await run("resume", await brokenOff(job), "--secrets")).err;
    expect(await resumed(await jobWith({ kind: "typed" }, "Typed"))).toMatch(WANTED);
    expect(await resumed(null)).toMatch(WANTED);
    expect(await resumed(await jobWith(generated, "Generated"))).not.toMatch(WANTED);
  });
});

describe("runs that were kept", () => {
  it("are listed newest first, as many as are wanted, beyond a page", async () => {
    for (let number = 1; number <= 203; number += 1) take(await bed.store.jobRuns.halted(jobRunOf({ at: AT + number, halts: [{ kind: "source-empty" }] })));
    const listed = async (...more: readonly string[]) => z.array(z.object({ at: z.number() })).parse(JSON.parse((await run("history", "--json", ...more)).out)).map(({ at }) => at - AT);
    expect(await listed()).toEqual(Array.from({ length: 20 }, (_, index) => 203 - index));
    expect(await listed("--limit", "202")).toHaveLength(202);
    expect(await listed("--all")).toHaveLength(203);
    expect(await run("history", "--all", "--limit", "3")).toMatchObject({ code: 2, out: "" });
  });

  it("have all their rows in a file that no spreadsheet takes for formulas", async () => {
    const rows = Array.from({ length: 201 }, (_, index) => plannedRow(index + 1, index === 0 ? { name: "=cmd()|A" } : {}));
    const { run: id } = take(await bed.store.jobRuns.begin(jobRunOf(), rows));
    take(await bed.store.jobRuns.changeRow(id, 2, { state: "failed", fault: { kind: "object-refused", why: "account-name-taken" }, at: AT }));
    take(await bed.store.jobRuns.end(id, { state: "with-failures", fault: null, endedAt: AT }));
    const file = path.join(place.folder, "rows.csv");
    const said = await run("history", "--run", id, "--csv", file);
    expect(said).toMatchObject({ code: 0, err: "", out: expect.stringContaining(`messaging-console jobs resume ${id}`) });
    const lines = readFileSync(file, "utf8").split("\r\n");
    expect(lines.slice(1, 3)).toEqual(["1,user1,'=cmd()|A,create,planned,,,,", expect.stringMatching(/^2,user2,User 2,create,failed,,,,.*Another account has that account name\./)]);
    expect(lines).toHaveLength(203);
    expect(await run("history", "Contacts", "--run", id)).toMatchObject({ code: 2 });
  });
});

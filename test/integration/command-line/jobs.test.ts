/** `jobs`: the built command line beside a running practice console, over its directory, two of its servers and its tenant. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { connectToRunningPractice } from "../../../main/hosts/shared/practice-control.ts";
import { jobRowSchema, jobRunSchema } from "../../../shared/model/job-run.ts";
import { jobSettingsSchema, type FieldMapping, type JobSettings, type JobTarget } from "../../../shared/model/job.ts";
import { blankJob } from "../../../shared/rules/job.ts";
import { take } from "../../unit/main/store/support.ts";
import { finish, start, type Running } from "./processes.ts";

const entry = "out/main/command-line.js";
const PASSWORD = "Starter-Pa55word!";
const STARTERS = "New starters";
const ranSchema = z.object({ run: jobRunSchema, rows: z.array(jobRowSchema) });

let folder: string;
let host: Running;
const at = (name: string) => path.join(folder, name);
const run = (args: readonly string[], stdin = "") => finish(entry, [...args, "--practice", "--data", at("data")], stdin);
const jobs = (...args: readonly string[]) => run(["jobs", ...args]);

/** Runs a step that a test only stands on. */
async function must(args: readonly string[], stdin = ""): Promise<string> {
  const said = await run(args, stdin);
  if (said.code !== 0) throw new Error(`${args.join(" ")} ended with ${String(said.code)}: ${said.stdout}${said.stderr}`);
  return said.stdout;
}

async function withClient<T>(act: (client: Extract<Awaited<ReturnType<typeof connectToRunningPractice>>, { ok: true }>["value"]["client"]) => Promise<T>): Promise<T> {
  const { client, close } = take(await connectToRunningPractice(at("data")));
  try {
    return await act(client);
  } finally {
    await close();
  }
}

const column = (target: JobTarget, name: string): FieldMapping => ({ target, transform: { from: { kind: "column", column: name }, steps: [{ kind: "trim" }] } });
const mailboxes = (name: string, more: Partial<JobSettings> = {}): JobSettings => ({
  ...blankJob("mailbox"),
  name,
  missing: "create",
  source: { kind: "csv", path: at("starters.csv"), delimiter: null, encoding: null, header: true },
  mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), { target: "container", transform: { from: { kind: "static", text: "OU=People,DC=contoso,DC=lab" }, steps: [] } }],
  ...more,
});
const starters = (...accounts: readonly string[]) => writeFileSync(at("starters.csv"), ["Name,Account", ...accounts.map((account) => `${account.replace(".", " ")},${account}`), ""].join("\n"));

function documentOf(settings: unknown): string {
  writeFileSync(at("job.json"), JSON.stringify(settings, null, 2));
  return at("job.json");
}
const save = (settings: JobSettings, store = "Contoso HQ") => must(["jobs", "import", documentOf(settings), "--store", store]);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-jobs-"));
  host = start("out/main/loopback.js", ["--practice", "--no-open", "--data", at("data")]);
  await host.until(/#code=/);
  const { forms, files, domain, username, password } = take(await withClient((client) => client.practice.facts()));
  const messaging = { provider: "exchange", variant: "2013", values: { domain, username }, servers: ["exb", "exa"].map((name, index) => ({ name: `${name}.${domain}`, priority: index + 1 })) };
  const connection = { kind: "active-directory", domain, domainControllers: [], dnsServer: null, username, security: "ldaps", trust: { mode: "system" } };
  writeFileSync(at("hq.json"), JSON.stringify({ name: "Contoso HQ", connection, messaging }));
  await must(["stores", "add", at("hq.json")], `directory.password=${password}\nmessaging.password=${password}\n`);
  const valueOf = (field: string) => forms.find(({ provider }) => provider === "office365")?.values.find((each) => each.field === field && each.variant === undefined)?.value ?? "";
  const [file] = files;
  writeFileSync(at("application.pfx"), Buffer.from(file?.base64 ?? "", "base64"));
  const values = { cloud: "worldwide", domain: valueOf("domain"), applicationId: valueOf("applicationId") };
  const tenant = { kind: "entra-id", cloud: "worldwide", tenant: valueOf("domain") };
  writeFileSync(at("cloud.json"), JSON.stringify({ name: "Cloud", connection: tenant, messaging: { provider: "office365", values, certificates: { certificate: at("application.pfx") } } }));
  await must(["stores", "add", at("cloud.json")], `messaging.clientSecret=${valueOf("clientSecret")}\nmessaging.certificatePassword=${file?.password ?? ""}\n`);
  await save(mailboxes(STARTERS));
});
afterAll(async () => {
  host.child.kill();
  await host.ended();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await withClient(async (client) => {
    for (const target of ["exb", "exa", "graph"]) take(await client.practice.run({ verb: "up", target, argument: null }));
  });
});

describe("settings of jobs", () => {
  it("are listed, and found without regard to case", async () => {
    expect(await jobs()).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^Name +Identity store +Type +Source +Enabled +Last run +Its state +Next run\nNew starters +Contoso HQ +User with a mailbox +.*starters\.csv +yes /) });
    expect(await jobs("export", "new STARTERS")).toMatchObject({ code: 0 });
    expect(await jobs("export", "New starter")).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("\n  New starters\n") });
  });

  it("come back as they went, and are saved only where something changed", async () => {
    await must(["jobs", "export", STARTERS, at("exported.json")]);
    expect(jobSettingsSchema.parse(JSON.parse(readFileSync(at("exported.json"), "utf8")))).toEqual(mailboxes(STARTERS));
    expect(await jobs("import", at("exported.json"), "--store", "contoso hq")).toMatchObject({ code: 0, stdout: "Nothing to change: the job New starters of Contoso HQ is so already.\n" });
    expect(await save({ ...mailboxes("NEW STARTERS"), description: "By HR" })).toMatch(/^Saved the job NEW STARTERS of Contoso HQ, revision \d+\.\n$/);
    await save(mailboxes(STARTERS));
  });

  it("are saved though they cannot be run yet, and say why and where", async () => {
    const said = await save(mailboxes("Unfinished", { mapping: [column("name", "Name"), column("accountName", "Account")], schedule: { pattern: "0 3 31 2 *", timeZone: "Europe/Zurich", missed: "skip" } }));
    expect(said).toMatch(/^Created the job Unfinished in Contoso HQ, revision \d+\.\nIt is saved, and cannot be run as it is:\n {2}mapping\.alias \(line \d+, column 3\): The job needs this field, and nothing is mapped to it\.\n {2}mapping\.container \(line \d+, column 3\): The job needs this field, and nothing is mapped to it\.\n {2}password \(line \d+, column 3\): .+\n {2}schedule\.pattern \(line \d+, column 5\): .+\n$/);
    expect(await jobs("plan", "Unfinished")).toMatchObject({ code: 7, stdout: "", stderr: expect.stringContaining("mapping.alias: The job needs this field") });
    expect(await jobs("remove", "Unfinished")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--yes") });
    expect(await jobs("remove", "Unfinished", "--yes")).toMatchObject({ code: 0, stdout: "Deleted the job Unfinished of Contoso HQ. Its runs stay in the history.\n" });
    expect((await jobs("plan", "Unfinished")).code).toBe(3);
  });

  it("are refused with the place of each entry that is not understood, and nothing is saved", async () => {
    const settings = mailboxes("Wrong");
    const wrong = documentOf({ ...settings, source: { ...settings.source, paht: "x", path: "D:\temp\new.csv" } });
    const refused = await jobs("import", wrong, "--store", "Contoso HQ");
    expect(refused).toMatchObject({ code: 7, stdout: "" });
    expect(refused.stderr).toMatch(/source\.paht \(line 12, column 5\): A job has no such setting here\./);
    expect(refused.stderr).toMatch(/source\.path \(line 8, column 5\): .+Write every backslash twice/);
    expect(await jobs("import", documentOf({ ...settings, missing: "delete", key: undefined }), "--store", "Contoso HQ")).toMatchObject({
      code: 7,
      stderr: expect.stringMatching(/missing \(line \d+, column 3\): This is none of the possible values: create, skip\.[^]*key: This is missing\./),
    });
    expect((await jobs("export", "Wrong")).code).toBe(3);
  });

  it("switch the schedule off and on", async () => {
    await save(mailboxes("Nightly", { schedule: { pattern: "0 3 * * *", timeZone: "UTC", missed: "skip" } }));
    expect((await jobs()).stdout).toMatch(/^Nightly .+ yes +- +- +\d{4}-\d\d-\d\dT03:00:00\.000Z$/m);
    expect((await jobs("disable", "nightly")).stdout).toBe("The job Nightly of Contoso HQ is disabled: its schedule does not begin it.\n");
    expect((await jobs()).stdout).toMatch(/^Nightly .+ no +- +- +-$/m);
    expect(await jobs("enable", "Nightly")).toMatchObject({ code: 0 });
    await must(["jobs", "remove", "Nightly", "--yes"]);
  });

  it("are told apart by their identity store where two have one of that name, and only there", async () => {
    await save(mailboxes("Shared name"));
    await save({ ...mailboxes("shared name"), key: "alias" }, "Cloud");
    expect(await jobs("export", "Shared Name")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/--store[^]*(Contoso HQ, Cloud|Cloud, Contoso HQ)/) });
    expect(JSON.parse(await must(["jobs", "export", "Shared Name", "--store", "cloud"]))).toMatchObject({ key: "alias" });
    for (const store of ["Cloud", "Contoso HQ"]) await must(["jobs", "remove", "Shared name", "--store", store, "--yes"]);
  });
});

describe("runs of jobs", () => {
  it("are planned without a change, row by row where that is wanted", async () => {
    starters("ada.kern", "ben.ott");
    const planned = await jobs("plan", STARTERS, "--rows");
    expect(planned).toMatchObject({ code: 0, stderr: "" });
    expect(planned.stdout).toMatch(/^New starters, Contoso HQ: 2 rows of .+starters\.csv\.\nCreate: 2\n\nRow +Key +Name +What is done +Licences +Why\n1 +ada\.kern +ada kern +Create +- +-\n2 .+\n\nNo brake holds it\. Nothing was written\.\n$/);
    expect(JSON.parse(await must(["jobs", "plan", STARTERS, "--json"]))).toMatchObject({ store: "Contoso HQ", job: STARTERS, counts: { create: 2 }, halts: [], asksPassword: true, rows: [] });
    expect((await jobs("history", STARTERS)).stdout).toBe("No job has run yet.\n");
  });

  it("are held with numbers and what to do, and then nothing is written", async () => {
    const limits = { ...blankJob("mailbox").brakes.limits, create: { count: 1, percent: null } };
    await save(mailboxes("Held", { brakes: { ...blankJob("mailbox").brakes, limits } }));
    writeFileSync(at("starters.csv"), "Name,Account\nDora,dora.a\nDora,DORA.A\nEmil,emil.e\nFritz,fritz.f\nNo Alias,\"bad name\"\n");
    const planned = await jobs("plan", "Held");
    expect(planned).toMatchObject({ code: 10, stderr: "" });
    expect(planned.stdout).toMatch(/\nCreate: 2\nLeave alone: 2\nRefused: 1\n\nRows that cannot be done as they are:\nRow +Key [^]*\n5 +bad name +No Alias +Refused +- +Alias: /);
    expect(planned.stdout).toMatch(/\nA brake holds it, and nothing was written:\n {2}2 rows have a key that another row has as well: dora\.a, DORA\.A\. Give .+\n {2}1 row cannot be done.+\n {2}Create: 2 are planned, and the limit is 1\. .+raise the limit.+\n$/);
    const held = await jobs("run", "Held");
    expect(held).toMatchObject({ code: 10, stderr: "", stdout: expect.stringMatching(/^Held, Contoso HQ: Halted\. Run [\w-]+, begun .+\n[^]*\n {2}Create: 2 are planned, and the limit is 1\./) });
    expect((await jobs("history", "held")).stdout).toMatch(/^\S+ +Held +Contoso HQ +Halted +5 +0\/0 /m);
    starters();
    expect(await jobs("plan", STARTERS)).toMatchObject({ code: 10, stdout: expect.stringContaining("The source has no rows.") });
  });

  it("make mailboxes through the server that stands in, with a first password from standard input, and nobody twice", async () => {
    starters("ada.kern", "ben.ott");
    await must(["practice", "down", "exb"]);
    expect(await jobs("run", STARTERS)).toMatchObject({ code: 7, stdout: "", stderr: expect.stringContaining("password: Enter a value.") });
    expect(await jobs("run", STARTERS, "--secrets")).toMatchObject({ code: 2, stdout: "" });
    const done = await run(["jobs", "run", STARTERS, "--secrets", "--json"], `${PASSWORD}\n`);
    expect({ code: done.code, stderr: done.stderr, said: ranSchema.parse(JSON.parse(done.stdout)) }).toMatchObject({ code: 0, stderr: "", said: { run: { state: "done", rows: 2, outcomes: { done: 2 } }, rows: [] } });
    expect(done.stdout).not.toContain(PASSWORD);
    // Where a check found the first server away meanwhile, it is not even asked.
    expect((await run(["mail-objects", "journal", "--search", "ada.kern"])).stdout).toMatch(/^(?:(?!exb\.contoso\.lab did it)[^])*exa\.contoso\.lab did it/);
    expect(await jobs("run", STARTERS)).toMatchObject({ code: 0, stdout: expect.stringMatching(/: Done\. Run [^]*\nPlanned: Keep as it is: 2\.\nWhat came of it: nothing was to be changed\.\n$/) });
  });

  it("of which a part failed say which, end with 1, and are gone on with", async () => {
    starters("carl.ohm", "dana.roth");
    for (const server of ["exb", "exa"]) await must(["practice", "down", server]);
    const failed = await run(["jobs", "run", STARTERS], PASSWORD);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^Rows that are not done:\nRow +Name +What is done +What came of it +Address +Licences +Why\n1 +carl ohm +Create +Half done /);
    const [command = "", id = ""] = /^To go on with it: messaging-console (jobs resume (\S+)) /m.exec(failed.stdout)?.slice(1) ?? [];
    for (const server of ["exb", "exa"]) await must(["practice", "up", server]);
    expect(await run(command.split(" "), PASSWORD)).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/: Done\. Run [^]*What came of it: Done: 2\.\n$/) });
    expect(await jobs("resume", id)).toMatchObject({ code: 3, stdout: "" });
  });

  it("end between two objects at Ctrl+C, and say how to go on", async () => {
    starters(...Array.from({ length: 60 }, (_, index) => `many.${index}`));
    const running = start(entry, ["jobs", "run", STARTERS, "--practice", "--data", at("data")]);
    running.child.stdin.end(PASSWORD);
    await withClient(async (client) => {
      const third = async () => take(await client.mailObjects.journal({ storeId: null, run: null, states: ["done"], search: "many.3", before: null, most: 1 })).entries;
      await expect.poll(third, { timeout: 60_000, interval: 20 }).toHaveLength(1);
    });
    running.child.kill("SIGINT");
    const stopped = await running.ended();
    expect(stopped).toMatchObject({ code: 130, stderr: "", stdout: expect.stringMatching(/: Cancelled\. Run /) });
    const id = /messaging-console jobs resume (\S+) /.exec(stopped.stdout)?.[1] ?? "";
    const resumed = await run(["jobs", "resume", id, "--json"], PASSWORD);
    expect({ code: resumed.code, said: ranSchema.parse(JSON.parse(resumed.stdout)) }).toMatchObject({ code: 0, said: { run: { id, state: "done", outcomes: { done: 60 } }, rows: [] } });
  });

  it("stay in the history with their rows, also as a file", async () => {
    const [newest] = z.array(jobRunSchema).parse(JSON.parse(await must(["jobs", "history", STARTERS, "--limit", "1", "--json"])));
    const id = newest?.id ?? "";
    expect(await jobs("history", "--run", id)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Row +Name [^]*\n60 +many 59 +Create +Done +many\.59@contoso\.lab [^]*\nNew starters, Contoso HQ: Done\. Run /) });
    await must(["jobs", "history", "--run", id, "--csv", at("rows.csv")]);
    const lines = readFileSync(at("rows.csv"), "utf8").split("\r\n");
    expect(lines.slice(0, 2)).toEqual(["\uFEFFrow,key,name,action,state,address,given,taken,why", "1,many.0,many 0,create,done,many.0@contoso.lab,,,"]);
    expect(lines).toHaveLength(62);
  });
});

describe("runs in a tenant", () => {
  const mapping = [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), column("usageLocation", "Country"), column("subscriptions", "Licences")];

  it("give licences with the users, and are held where seats are too few", async () => {
    await save(mailboxes("Cloud starters", { licensing: "give", mapping }), "Cloud");
    writeFileSync(at("starters.csv"), "Name,Account,Country,Licences\nJana Rot,jana.rot,DE,ENTERPRISEPACK\nKarl Blau,karl.blau,at,EMS;ENTERPRISEPACK\n");
    const planned = await jobs("plan", "Cloud starters", "--rows");
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nPart number +Needed +Free\nENTERPRISEPACK +2 +3\n[^]*2 +karl\.blau +Karl Blau +Create +\+EMS \+ENTERPRISEPACK AT +-\n/) });
    expect(await run(["jobs", "run", "Cloud starters"], PASSWORD)).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("What came of it: Done: 2.") });
    expect((await run(["subscriptions", "user", "karl.blau@contoso-practice.com", "--store", "Cloud"])).stdout).toMatch(/usage location AT\.[^]*ENTERPRISEPACK +given to the user/);
    writeFileSync(at("starters.csv"), `Name,Account,Country,Licences\n${["lea.a", "leo.b"].map((account) => `${account},${account},DE,EXCHANGESTANDARD`).join("\n")}\n`);
    expect(await jobs("plan", "Cloud starters")).toMatchObject({ code: 10, stdout: expect.stringMatching(/Exchange Online \(Plan 1\) \(EXCHANGESTANDARD\): 2 seats are needed, and 0 are free\./) });
  });

  it("are not planned while the tenant does not answer", async () => {
    await must(["practice", "down", "graph"]);
    expect(await jobs("plan", "Cloud starters")).toMatchObject({ code: 4, stdout: "" });
  });
});

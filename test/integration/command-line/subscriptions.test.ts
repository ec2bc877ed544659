/** `subscriptions`: the built command line beside a running practice console, whose tenant has seats, loses them, and refuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectToRunningPractice } from "../../../main/hosts/shared/practice-control.ts";
import type { PracticeFacts } from "../../../shared/contract/practice.ts";
import { take } from "../../unit/main/store/support.ts";
import { finish, start, type Running } from "./processes.ts";

let folder: string;
let host: Running;
const at = (name: string) => path.join(folder, name);
const run = (args: readonly string[], stdin = "") => finish("out/main/command-line.js", [...args, "--practice", "--data", at("data")], stdin);

async function factsOf(): Promise<PracticeFacts> {
  const { client, close } = take(await connectToRunningPractice(at("data")));
  try {
    return take(await client.practice.facts());
  } finally {
    await close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-subscriptions-"));
  host = start("out/main/loopback.js", ["--practice", "--no-open", "--data", at("data")]);
  await host.until(/#code=/);
  const { forms, files } = await factsOf();
  const valueOf = (field: string) => forms.find(({ provider }) => provider === "office365")?.values.find((each) => each.field === field && each.variant === undefined)?.value ?? "";
  const [file] = files;
  writeFileSync(at("application.pfx"), Buffer.from(file?.base64 ?? "", "base64"));
  const values = { cloud: "worldwide", domain: valueOf("domain"), applicationId: valueOf("applicationId") };
  const connection = { kind: "entra-id", cloud: "worldwide", tenant: valueOf("domain") };
  writeFileSync(at("cloud.json"), JSON.stringify({ name: "Cloud", connection, messaging: { provider: "office365", values, certificates: { certificate: at("application.pfx") } } }));
  const added = await run(["stores", "add", at("cloud.json")], `messaging.clientSecret=${valueOf("clientSecret")}\nmessaging.certificatePassword=${file?.password ?? ""}\n`);
  if (added.code !== 0) throw new Error(added.stderr);
});
afterAll(async () => {
  host.child.kill();
  await host.ended();
  rmSync(folder, { recursive: true, force: true });
});

describe("subscriptions", () => {
  it("are a table, with seats as a person counts them", async () => {
    const { code, stdout, stderr } = await run(["subscriptions", "--store", "cloud"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Product +Part number +Owned +Used +Free +Mailbox +State$/m);
    expect(stdout).toMatch(/^Office 365 E3 +ENTERPRISEPACK +25 +22 +3 +yes +active$/m);
    expect(stdout).toMatch(/^Visio Plan 2 +VISIOCLIENT +0 +2 +0 +no +suspended$/m);
    expect(stdout).toMatch(/^- +CDS_DB_CAPACITY +1 +0 +1 +no +active, for the whole tenant$/m);
    expect(stdout).toMatch(/^As graph\.microsoft\.com said, \d{4}-\d\d-\d\dT[\d:.]+Z\.$/m);
  });

  it("are JSON with their plans, and what is reckoned from the seats", async () => {
    const { code, stdout } = await run(["subscriptions", "--store", "Cloud", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      store: "Cloud",
      source: "graph.microsoft.com",
      subscriptions: expect.arrayContaining([expect.objectContaining({ partNumber: "EXCHANGESTANDARD", name: "Exchange Online (Plan 1)", owned: 10, free: 0, missing: 0, mailbox: true, plans: [{ id: "9aaf7827-d63c-4b61-89c3-182f06f82e5c", name: "EXCHANGE_S_STANDARD", state: "success", isForUsers: true }] })]),
    });
  });

  it("say how many seats are too few, and that nothing was bought", async () => {
    await run(["practice", "seats-bought-back", "graph"]);
    expect((await run(["subscriptions", "--store", "Cloud"])).stdout).toMatch(/^Office 365 E3 +ENTERPRISEPACK +21 +22 +0 +yes +active, 1 seat too few$/m);
    await run(["practice", "none-bought", "graph"]);
    expect(await run(["subscriptions", "--store", "Cloud"])).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^This tenant has no subscription\.\n/) });
    await run(["practice", "up", "graph"]);
  });

  it("are refused with the permission that is missing, and never as none", async () => {
    await run(["practice", "forbidden", "graph"]);
    expect(await run(["subscriptions", "--store", "Cloud"])).toMatchObject({ code: 6, stdout: "", stderr: expect.stringContaining("Organization.Read.All") });
    await run(["practice", "down", "graph"]);
    expect(await run(["subscriptions", "--store", "Cloud"])).toMatchObject({ code: 4, stdout: "" });
    await run(["practice", "up", "graph"]);
  });

  it("are not asked for while the store is prepared only", async () => {
    await run(["stores", "prepare-only", "Cloud"]);
    expect(await run(["subscriptions", "--store", "Cloud"])).toMatchObject({ code: 8, stdout: "" });
    await run(["stores", "prepare-only", "Cloud", "--end"]);
    expect((await run(["subscriptions", "--store", "Cloud"])).code).toBe(0);
  });
});

describe("licences of a user", () => {
  const EVA = "eva.lind@contoso-practice.com";
  const TOM = "tom.reed@contoso-practice.com";
  const user = (...args: readonly string[]) => run(["subscriptions", "user", ...args, "--store", "Cloud"]);

  it("are told with the way that they come by", async () => {
    const eva = await user(EVA);
    expect(eva).toMatchObject({ code: 0, stderr: "" });
    expect(eva.stdout).toMatch(/^Eva Lind, eva\.lind@contoso-practice\.com, usage location DE\.\nProduct +Part number +How +State +Problem\nOffice 365 E3 +ENTERPRISEPACK +given to the user +works +-\n$/);
    expect((await user(TOM)).stdout).toMatch(/usage location none\.\n[^]*^Enterprise Mobility \+ Security E3 +EMS +by the group Licensed staff +works/m);
    expect(await user("nobody@contoso-practice.com")).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("no user of that sign-in name") });
  });

  it("are planned without a change, with what is against it, and what it costs", async () => {
    expect(await user(EVA, "--take", "enterprisepack", "--give", "EMS", "--plan")).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nGive: EMS\nTake: ENTERPRISEPACK\nEva Lind then has no mailbox by any licence\. .+30 days.+\n$/) });
    expect(await user(TOM, "--give", "EXCHANGESTANDARD", "--give", "NOWHERE", "--take", "EMS", "--plan")).toMatchObject({
      code: 7,
      stdout: expect.stringMatching(/No seat is left[^]*no subscription NOWHERE\.[^]*by a group\.[^]*no usage location/),
    });
    expect((await user(EVA, "--give", "ENTERPRISEPACK", "--plan")).stdout).toMatch(/\nNothing to change\.\n$/);
    expect((await user(EVA)).stdout).toContain("ENTERPRISEPACK");
  });

  it("are taken away only where that is said twice, and only two letters are a place", async () => {
    expect(await user(EVA, "--take", "ENTERPRISEPACK")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--yes") });
    expect(await user(EVA, "--location", "Germany")).toMatchObject({ code: 2, stdout: "" });
    expect(await user(TOM, "--give", "ENTERPRISEPACK")).toMatchObject({ code: 7, stdout: "", stderr: expect.stringContaining("usage location") });
  });

  it("are swapped, and stand in the activity", async () => {
    const swapped = await user(EVA, "--take", "ENTERPRISEPACK", "--give", "EMS", "--yes", "--json");
    expect({ code: swapped.code, said: JSON.parse(swapped.stdout) }).toMatchObject({ code: 0, said: { holder: { licences: [{ group: null, state: "active" }] }, plan: { issues: [], losesMailbox: true } } });
    expect(await user(TOM, "--give", "ENTERPRISEPACK", "--location", "at")).toMatchObject({ code: 0, stdout: expect.stringMatching(/usage location AT\.[^]*ENTERPRISEPACK +given to the user/) });
    const { client, close } = take(await connectToRunningPractice(at("data")));
    const { events } = take(await client.app.activity.page({ before: null, most: 20, store: null, words: [] }));
    await close();
    expect(events.filter(({ kind }) => kind === "licences-changed").map(({ subject, detail }) => `${subject}: ${detail}`)).toEqual([`${TOM}: +ENTERPRISEPACK AT`, `${EVA}: +EMS -ENTERPRISEPACK`]);
  });
});

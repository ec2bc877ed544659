/** What an imported probe said as a side of `compare`: the built command line, on a data folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBundle, writeBundle } from "../../../main/handover/bundle.ts";
import { presenting, probeFile, probePayload } from "../../lab/probe-results.ts";
import { finish } from "./processes.ts";

const [exa, exb, exc] = ["exa.contoso.lab", "exb.contoso.lab", "exc.contoso.lab"] as const;
const NAME = /Probe on EXA at \d{4}-\d\d-\d\d \d\d:\d\d/.source;

let folder: string;
const at = (name: string) => path.join(folder, name);
const run = (...args: readonly string[]) => finish("out/main/command-line.js", [...args, "--data", at("data")]);

/** What only a list brings, and no directory is here that has one: HQ is handed out, its first server is filled in, and it comes back as revision 2. */
async function listExa(): Promise<void> {
  await run("export", at("hq.json"), "--store", "HQ", "--unsealed");
  const bundle = readBundle(readFileSync(at("hq.json")));
  if (!bundle.ok) throw new Error(bundle.fault.kind);
  for (const { messaging } of bundle.value.stores) messaging?.servers.forEach((entry) => entry.name === exa && Object.assign(entry, { version: "2016", build: "15.1.2375.7", roles: ["mailbox"] }));
  writeFileSync(at("hq.json"), writeBundle(bundle.value));
  const { code, stderr } = await run("import", at("hq.json"));
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-probe-side-"));
  const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } };
  for (const [name, listed] of [["HQ", [exa, exb, exc]], ["Branch", [exb]]] as const) {
    const servers = listed.map((server, place) => ({ name: server, priority: place + 1 }));
    const messaging = { provider: "exchange", variant: "2016", values: { domain: "contoso.lab", username: "CONTOSO\\svc" }, servers };
    writeFileSync(at("store.json"), JSON.stringify({ name, connection, messaging }));
    const { code, stderr } = await finish("out/main/command-line.js", ["stores", "add", at("store.json"), "--data", at("data")], "directory.password=a\nmessaging.password=b\n");
    if (code !== 0) throw new Error(stderr);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a probe as a side of a comparison", () => {
  it("is refused where no result was imported, with what to do", async () => {
    for (const sides of [["probe"], ["probe", "saved"], ["1", "probe"]]) {
      expect(await run("compare", "HQ", ...sides)).toMatchObject({ code: 3, stdout: "", stderr: expect.stringMatching(/^No result of a carry-in probe was imported for this identity store\. Run .+ probe --import FILE\.\n/) });
    }
    const json = await run("compare", "HQ", "probe", "--json");
    expect(JSON.parse(json.stderr)).toMatchObject({ exitCode: 3, fault: { kind: "not-found", what: "probe-result" } });
  });

  it("says what differs on the server that it ran on, whose word it is, and of what it knows nothing", async () => {
    const asked = ([["HQ", exa], ["HQ", exb], ["Branch", exb]] as const).map(([storeName, server]) => ({ storeId: "elsewhere", storeName, provider: "exchange", server, observed: presenting(0).observed }));
    const startedAt = new Date(Date.now() - 60_000).toISOString();
    writeFileSync(at("result.json"), probeFile(probePayload(asked, { startedAt, computer: "EXA", fullName: exa, exchange: { build: "15.1.2507.6", roles: ["mailbox"] } })));
    expect(await run("probe", "--import", at("result.json"))).toMatchObject({ code: 0 });
    // What is said of a server first, of which nothing but the name was known, is no difference.
    expect(await run("compare", "HQ", "probe")).toMatchObject({ code: 8, stderr: "", stdout: expect.stringMatching(new RegExp(`^Saved, held against ${NAME}: no difference, as far as could be compared\\.\n`)) });
    await listExa();
    const said = await run("compare", "HQ", "probe");
    expect(said).toMatchObject({ code: 9, stderr: "", stdout: expect.stringMatching(new RegExp(`^Saved, held against ${NAME}: 1 difference\\.\n`)) });
    expect(said.stdout).toMatch(/^Build of exa\.contoso\.lab +15\.1\.2375\.7 +15\.1\.2507\.6 +different$/m);
    expect(said.stdout).toMatch(/^Certificate of exa\.contoso\.lab, exb\.contoso\.lab: the probe saw one, and no console has seen any to hold it against\.$/m);
    expect(said.stdout).toMatch(/^No imported probe asked exc\.contoso\.lab\.$/m);
    expect(said.stdout).not.toMatch(/vanished|no longer listed/);
    expect((await run("compare", "HQ", "probe", "saved")).stdout).toMatch(new RegExp(`^${NAME}, held against Saved: 1 difference\\.\n[^]*15\\.1\\.2507\\.6 +15\\.1\\.2375\\.7 +different$`, "m"));
    expect((await run("compare", "HQ", "probe", "--markdown")).stdout).toMatch(new RegExp(`^# HQ: Saved and ${NAME}\n`));
  });

  it("is JSON with its source and moment, and ends with 8 where nothing differs as far as could be compared", async () => {
    const { code, stdout } = await run("compare", "HQ", "2", "probe", "--json");
    expect({ code, said: JSON.parse(stdout) }).toMatchObject({ code: 9, said: { left: "2", right: "probe", probed: { source: "EXA", sources: 1, at: expect.any(Number) }, notCompared: expect.arrayContaining([{ what: "probe-none", subject: exc, fault: null }]) } });
    expect(await run("compare", "HQ", "probe", "probe")).toMatchObject({ code: 0, stdout: expect.stringMatching(/: no difference\.\n$/) });
    expect(await run("compare", "Branch", "probe")).toMatchObject({ code: 8, stderr: "", stdout: expect.stringMatching(/: no difference, as far as could be compared\.\nCertificate of exb\.contoso\.lab: /) });
  });
});

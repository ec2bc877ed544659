/** Recipients in Exchange Online beside an Active Directory, with the product's scripts in real PowerShell over a module of the lab's. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { remoteShells } from "../../../main/powershell/index.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import type { ProvisioningRun } from "../../../main/providers/provider.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { held, holdObjects, requestOf } from "../../unit/main/providers/held-objects.ts";
import { temporaryFolder } from "../practice/support.ts";
import { FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;
const idle = new AbortController().signal;
const ADDRESS = "sales@contoso-practice.com";
const modules = path.resolve(import.meta.dirname, "../../lab/exchange-online");
const { folder, remove } = temporaryFolder();
const state = path.join(folder, "recipients.json");
const logger = recordingLogger();
const disable = requestOf({ action: "disable", identity: held.identity });

let clouds: Clouds;
let run: ProvisioningRun;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(async () => {
  await run.close();
  for (const file of [state, `${state}.log`]) rmSync(file, { force: true });
});
afterAll(async () => {
  await clouds.stop();
  remove();
});

async function open(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const certificate = await clouds.file("practice-application.pfx");
  const location = powershellHere === null ? null : { ...powershellHere, environment: { PSModulePath: modules, EXCHANGE_ONLINE_LAB: state, ...environment } };
  const context = { ...clouds.context({ certificates: { certificate } }), remoting: remoteShells(location, logger) };
  const opened = office365.provisioning?.open(configuration, context, holdObjects().objects);
  if (opened === undefined) throw new Error("Office 365 makes no mail objects");
  run = opened;
}

const ask = (request: MailRequest, object: DirectoryObject = held) => run.ask(null, request, object, idle);
const look = (request: MailRequest) => run.look(request, held, idle);
const log = () => (existsSync(`${state}.log`) ? readFileSync(`${state}.log`, "utf8").trim().split("\n") : []);
const told = (outcome: StepOutcome) => ("fault" in outcome ? `${outcome.state}: ${outcome.fault.kind} ${"why" in outcome.fault ? outcome.fault.why : "reason" in outcome.fault ? outcome.fault.reason : ""}` : outcome.state);

it("a computer without PowerShell for it says so, before anything is asked", async () => {
  const context = clouds.context({ certificates: { certificate: await clouds.file("practice-application.pfx") } });
  const opened = office365.provisioning?.open(configuration, context, holdObjects().objects);
  if (opened === undefined) throw new Error("Office 365 makes no mail objects");
  run = opened;
  expect(await ask(requestOf())).toEqual({ state: "refused", fault: { kind: "object-refused", why: "module-missing" } });
});

describe.skipIf(powershellHere === null)(`Exchange Online's PowerShell (${powershellWords})`, { timeout: 90_000 }, () => {
  it("makes a group without members once, finds it, takes it away, and is left", async () => {
    await open();
    expect(await look(requestOf())).toEqual({ state: "missing" });
    expect(await ask(requestOf())).toEqual({ state: "succeeded", already: false, address: ADDRESS });
    expect(await look(requestOf())).toEqual({ state: "found", address: ADDRESS });
    expect(JSON.parse(readFileSync(state, "utf8"))).toMatchObject([{ Name: "Sales", Type: "Distribution", Members: [] }]);
    expect(await ask(requestOf())).toEqual({ state: "succeeded", already: true, address: ADDRESS });
    expect(told(await ask(requestOf({ name: "Sales of old" })))).toBe("refused: object-refused address-taken");
    expect(await ask(disable)).toEqual({ state: "succeeded", already: false, address: null });
    expect(await ask(disable)).toEqual({ state: "succeeded", already: true, address: null });
    await run.close();
    // Signed in once, with the tenant's initial domain, and nothing of the certificate stayed in the environment.
    expect(log()).toEqual([`connected ${FORM.applicationId} contoso-practice.onmicrosoft.com O365Default environment=0`, "made sales", `removed ${ADDRESS}`, "disconnected"]);
  });

  it("makes a contact whose mail goes elsewhere", async () => {
    await open();
    const contact = requestOf({ type: "mail-contact", externalAddress: "sales@fabrikam.com" });
    expect(await ask(contact)).toEqual({ state: "succeeded", already: false, address: "sales@fabrikam.com" });
    expect(await ask(contact)).toMatchObject({ state: "succeeded", already: true });
    expect(await look(contact)).toEqual({ state: "found", address: "sales@fabrikam.com" });
    expect(await ask({ ...contact, action: "disable", externalAddress: null })).toEqual({ state: "succeeded", already: false, address: null });
    expect(await look(contact)).toEqual({ state: "missing" });
  });

  it("takes names exactly, whatever they hold", async () => {
    await open();
    const names = ["O'Brien \"$(exit)\" `n", "2026-11-26T00:00:00Z", "a;b|c&d #x", "\u202Etxt", "日本 🎉"];
    for (const [index, name] of names.entries()) expect(await ask(requestOf({ name, alias: `hostile${index}` }))).toMatchObject({ state: "succeeded" });
    const kept: readonly { readonly Name: string }[] = JSON.parse(readFileSync(state, "utf8"));
    expect(kept.map(({ Name }) => Name)).toEqual(names);
  });

  it("says whose address it is, and which command is not offered", async () => {
    await open();
    await ask(requestOf());
    expect(told(await ask(requestOf({ address: "other@contoso-practice.com" })))).toBe("refused: object-refused address-taken");
    await run.close();
    await open({ EXCHANGE_ONLINE_ROLE: "none" });
    expect(told(await ask(requestOf()))).toBe("refused: object-refused command-missing");
  });

  it("is missing where no such module is", async () => {
    await open({ PSModulePath: folder });
    expect(told(await ask(requestOf()))).toBe("refused: object-refused module-missing");
  });

  it.each([
    ["before", "missing"],
    ["after", "found"],
  ])("that dies %s the effect leaves a look to tell: %s", async (when, found) => {
    await open({ EXCHANGE_ONLINE_FAILS: when });
    expect(told(await ask(requestOf()))).toMatch(/^unanswered/);
    expect((await look(requestOf())).state).toBe(found);
  });

  it("keeps the certificate's key out of the log", async () => {
    await open();
    await ask(requestOf());
    const { privateKeyPem } = await clouds.file("practice-application.pfx");
    const [, line = ""] = privateKeyPem.split("\n");
    expect([...clouds.lines, ...logger.lines].join("\n")).not.toContain(line);
  });
});

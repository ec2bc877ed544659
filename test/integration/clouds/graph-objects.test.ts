/** Groups and users of a tenant over Graph, over the wire: made, found, taken away, and every refusal as what it is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DirectoryObjects } from "../../../main/directory/types.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import type { ProviderContext, ProvisioningRun } from "../../../main/providers/provider.ts";
import { explain, explainIssue } from "../../../renderer/text/fault.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import { requestOf } from "../../unit/main/providers/held-objects.ts";
import { take } from "../../unit/main/store/support.ts";
import { FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;
const connection: StoreConnection = { kind: "entra-id", cloud: "worldwide", tenant: "contoso-practice.com" };
const idle = new AbortController().signal;
const PASSWORD = "First~Pass.2026";
const group = requestOf({ type: "microsoft-365-group", container: null });
const user = requestOf({ type: "mailbox", container: null, name: "Anna Berg", alias: "anna.berg", accountName: "anna.berg" });

let clouds: Clouds;
let context: ProviderContext;
let objects: DirectoryObjects;
let run: ProvisioningRun;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(async () => {
  await run.close();
  await clouds.reset();
});
afterAll(() => clouds.stop());

const { provisioning } = office365;
if (provisioning?.openObjects == null) throw new Error("Office 365 makes no objects in a tenant");
const { openObjects, open: openRun } = provisioning;

async function open(secrets: Readonly<Record<string, string>> = { clientSecret: clouds.secret }): Promise<Result<DirectoryObjects>> {
  context = clouds.context({ secrets, connection });
  const opened = await openObjects(configuration, context);
  if (!opened.ok) return opened;
  objects = opened.value;
  run = openRun(configuration, context, objects);
  return opened;
}

const create = (request: MailRequest, password: string | null = PASSWORD) => objects.create(request, { password, attributes: {} });
const ask = (request: MailRequest, object: DirectoryObject) => run.ask(null, request, object, idle);
const look = (request: MailRequest, object: DirectoryObject) => run.look(request, object, idle);

function told(outcome: StepOutcome | Result<unknown>): string {
  const fault: Fault | null = "fault" in outcome ? outcome.fault : null;
  const state = "state" in outcome ? outcome.state : outcome.ok ? "ok" : "failed";
  if (fault === null) return state;
  expect(explain(fault).sentence).not.toBe("");
  const why = fault.kind === "object-refused" ? fault.why : fault.kind === "unreachable" || fault.kind === "sign-in" ? fault.reason : fault.kind === "forbidden" ? fault.needs.join() : "";
  return `${state}: ${fault.kind} ${why}`.trim();
}

async function codes(request: MailRequest): Promise<readonly string[]> {
  const issues = take(await objects.conflicts(request, provisioning?.address(configuration, request, connection) ?? null));
  for (const issue of issues) expect(explainIssue(issue)).not.toBe(explainIssue({ path: [], code: "other" }));
  return issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
}

describe("a Microsoft 365 group", () => {
  it("is made with its mail, found, located and deleted", async () => {
    take(await open());
    expect(await codes(group)).toEqual([]);
    expect(take(await objects.locate(group))).toBeNull();
    const made = take(await create(group));
    expect(made).toMatchObject({ identity: expect.stringMatching(/^groups\/[0-9a-f-]{36}$/), controller: null });
    expect(await ask(group, made)).toEqual({ state: "succeeded", already: false, address: "sales@contoso-practice.com" });
    expect(await look(group, made)).toEqual({ state: "found", address: "sales@contoso-practice.com" });
    expect(take(await objects.locate(group))).toEqual(made);
    expect(take(await objects.locate({ ...group, name: "Another" }))).toBeNull();
    expect(await codes({ ...group, name: "Sales too" })).toEqual(["alias: alias-taken"]);
    expect(take(await objects.find("Sal"))).toMatchObject({ more: false, objects: [{ name: "Sales", type: "microsoft-365-group", alias: "sales", mailEnabled: true, identity: made.identity }] });
    expect(take(await objects.find("sales@contoso-practice.com")).objects).toHaveLength(1);
    take(await objects.remove(made));
    expect(take(await objects.read(made, []))).toBeNull();
  });

  it("is found first where it is called just so, however many begin so", async () => {
    const numbered = (name: string) => ({ ...group, name, alias: name.toLowerCase(), accountName: null });
    const made = [];
    for (let number = 10; number < 61; number += 1) made.push(take(await create(numbered(`Fifty${number}`))));
    made.push(take(await create(numbered("Fifty"))));
    const found = take(await objects.find("Fifty"));
    expect([found.objects.length, found.more, found.objects[0]?.name]).toEqual([50, true, "Fifty"]);
    for (const each of made) take(await objects.remove(each));
  });

  it("is the same again where nobody saw the answer", async () => {
    for (const state of ["fails-after", "answer-lost"]) {
      take(await open());
      await clouds.set("graph", state);
      const made = await create(group);
      expect(made).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
      await clouds.set("graph", "up");
      expect(take(await objects.locate(group))).not.toBeNull();
      expect(told(await create(group))).toBe("failed: object-refused alias-taken");
      await clouds.reset();
    }
  });

  it("is asked for again while the tenant does not show it or its mail", async () => {
    take(await open());
    await clouds.set("graph", "not-shown-yet");
    const hidden = take(await create(group));
    expect(told(await ask(group, hidden))).toBe("not-seen: object-refused object-missing");
    expect(await look(group, hidden)).toEqual({ state: "missing" });
    await clouds.set("graph", "mail-later");
    const late = take(await create({ ...group, alias: "late" }));
    expect(told(await ask(group, late))).toBe("not-seen: object-refused not-mail-enabled");
    await clouds.set("graph", "up");
    expect(await ask(group, late)).toMatchObject({ state: "succeeded", address: "late@contoso-practice.com" });
  });

  it("that was just made is not called gone before it shows", async () => {
    take(await open());
    await clouds.set("graph", "not-shown-yet");
    const made = take(await create(group));
    const removed = objects.remove(made);
    await clouds.set("graph", "up");
    take(await removed);
    expect(take(await objects.read(made, []))).toBeNull();
  });

  it("of another directory cannot be deleted here", async () => {
    take(await open());
    const { objects: found } = take(await objects.find("Synchronised"));
    expect(found).toMatchObject([{ why: "synchronised", type: null }]);
    expect(await Promise.all(found.map(async (each) => told(await objects.remove(each))))).toEqual(["failed: object-refused synchronised"]);
  });
});

describe("a user", () => {
  it("is made with a first password, and has no address before its licence", async () => {
    take(await open());
    const made = take(await create(user));
    expect(await ask(user, made)).toEqual({ state: "succeeded", already: false, address: null });
    expect(await look(user, made)).toEqual({ state: "found", address: null });
    expect(take(await objects.locate(user))).toEqual(made);
    expect(await codes({ ...user, alias: "anna" })).toEqual(["accountName: account-name-taken"]);
    expect(told(await create({ ...user, alias: "anna" }))).toBe("failed: object-refused account-name-taken");
    take(await objects.remove(made));
    expect(clouds.lines.join("\n")).not.toContain(PASSWORD);
  });

  it.each([
    ["weak", "failed: object-refused password-policy"],
    [null, "failed: object-refused password-policy"],
  ])("needs a password that is good: %s", async (password, expected) => {
    take(await open());
    expect(told(await create(user, password))).toBe(expected);
  });
});

describe("what a tenant refuses", () => {
  it.each([
    ["authority", "permission-missing", "failed: forbidden Group.ReadWrite.All"],
    ["graph", "forbidden", "failed: forbidden Group.ReadWrite.All"],
    ["graph", "forbidden-silently", "failed: forbidden"],
    ["graph", "token-revoked", "failed: sign-in blocked-by-policy"],
    ["graph", "throttled", "failed: throttled"],
    ["graph", "throttled-silently", "failed: throttled"],
    ["graph", "overloaded", "failed: throttled"],
    ["graph", "failing", "failed: unreachable bad-status"],
    ["graph", "proxy-page", "failed: unreachable page-for-data"],
    ["graph", "down", "failed: unreachable refused"],
  ])("%s %s: %s", async (component, state, expected) => {
    if (component === "authority") await clouds.set(component, state);
    take(await open());
    await clouds.set(component, state);
    expect(told(await create(group))).toBe(expected);
  });

  it("a wrong secret, before anything is asked", async () => {
    take(await open());
    expect(told(await open({ clientSecret: clouds.expiredSecret }))).toBe("failed: sign-in secret-expired");
  });

  it("contacts, distribution groups, and a name that it does not take", async () => {
    take(await open());
    expect(told(await create({ ...group, type: "mail-contact" }))).toBe("failed: object-refused contacts-not-supported");
    expect(told(await create({ ...group, type: "distribution-group" }))).toBe("failed: object-refused type-not-supported");
    expect(told(await create({ ...group, alias: "sa les" }))).toBe("failed: object-refused value-not-allowed");
    expect(told(await ask({ ...group, action: "disable" }, { identity: "groups/x", guid: null, controller: null }))).toBe("refused: object-refused type-not-supported");
  });

  it("a quotation mark only as a part of a name", async () => {
    take(await open());
    take(await create({ ...group, name: "O'Brien's", alias: "obrien" }));
    expect(take(await objects.find("O'Brien's")).objects).toHaveLength(1);
    expect(take(await objects.find("x' or startswith(displayName,'O")).objects).toEqual([]);
  });
});

describe("what Office 365 says before", () => {
  const issues = (change: Partial<MailRequest>, of: StoreConnection = connection) => provisioning.issues(configuration, { ...group, ...change }, of).map(({ path, code }) => `${path.join(".")}: ${code}`);
  const ad: StoreConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "x", security: "ldaps", trust: { mode: "system" } };

  it("makes other kinds in a tenant than beside an Active Directory", () => {
    const kinds = (of: StoreConnection) => provisioning.types(configuration, of).map(({ type, why }) => (why === null ? type : `${type}: ${why}`));
    expect(kinds(connection)).toEqual(["microsoft-365-group", "mailbox", "mail-contact: contacts-not-supported"]);
    expect(kinds(ad)).toEqual(["distribution-group", "security-group", "mail-contact"]);
  });

  it.each<[Partial<MailRequest>, readonly string[]]>([
    [{}, []],
    [{ alias: "a.b" }, ["alias: alias-office365"]],
    [{ alias: "a@b" }, ["alias: alias-office365"]],
    [{ alias: "a".repeat(65) }, ["alias: alias-too-long"]],
    [{ type: "mailbox", alias: "a.b", accountName: "a..b" }, ["accountName: sign-in-name-office365"]],
    [{ type: "mail-contact" }, ["type: contacts-not-supported"]],
    [{ action: "disable" }, ["action: mail-part-fixed"]],
  ])("%j", (change, expected) => {
    expect(issues(change)).toEqual(expected);
  });

  it("leaves to do by hand what it cannot, and shows commands without secrets", () => {
    const facts = { identity: null, server: null, controller: null };
    expect([group, user].map((request) => provisioning.byHand(configuration, request, connection))).toEqual([["group-owner"], ["licence"]]);
    expect(provisioning.byHand(configuration, requestOf(), ad)).toEqual(["membership"]);
    expect(provisioning.commands(configuration, group, facts)).toBe("New-MgGroup -DisplayName 'Sales' -MailNickname 'sales' -GroupTypes @('Unified') -MailEnabled:$true -SecurityEnabled:$false -Visibility 'Private'");
    expect(provisioning.commands(configuration, requestOf(), facts)).toBe("New-DistributionGroup -Name 'Sales' -DisplayName 'Sales' -Alias 'sales' -Type 'Distribution' -PrimarySmtpAddress 'sales@contoso-practice.com'");
    expect(provisioning.commands(configuration, user, facts)).toContain("Read-Host -AsSecureString");
  });
});

/** Groups and users with Google Workspace, over the wire: made once, found again, taken away, and every refusal as what it is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { googleWorkspace } from "../../../main/providers/google-workspace/index.ts";
import type { ProvisioningRun } from "../../../main/providers/provider.ts";
import { explain } from "../../../renderer/text/fault.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import { held, holdObjects, requestOf } from "../../unit/main/providers/held-objects.ts";
import { adConnection, FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { serviceAccount: FORM.serviceAccount, adminUsername: FORM.adminUsername };
const idle = new AbortController().signal;
const GROUP = "sales@contoso-practice.com";
const USER = "anna.berg@contoso-practice.com";
const user = requestOf({ type: "mailbox", name: "Anna Maria Berg", alias: "anna.berg", accountName: "anna.berg" });
const disabled = (request: MailRequest): MailRequest => ({ ...request, action: "disable", identity: held.identity });

let clouds: Clouds;
let run: ProvisioningRun;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(() => clouds.reset());
afterAll(() => clouds.stop());

/** A run of its own: what a run keeps would hide what the sign-in says. */
async function open(): Promise<ProvisioningRun> {
  const { provisioning } = googleWorkspace;
  if (provisioning === null) throw new Error("Google Workspace makes no mail objects");
  run = provisioning.open(configuration, clouds.context({ certificates: { certificate: await clouds.file("practice-google.p12") } }), holdObjects().objects);
  return run;
}

const ask = (request: MailRequest, object: DirectoryObject = held, signal = idle) => run.ask(null, request, object, signal);
const look = (request: MailRequest, object: DirectoryObject = held) => run.look(request, object, idle);

/** What came of it in words, with a sentence for whoever reads it. */
function told(outcome: StepOutcome): string {
  if (!("fault" in outcome)) return outcome.state;
  const { fault } = outcome;
  expect(explain(fault).sentence).not.toBe("");
  const why = fault.kind === "object-refused" ? fault.why : fault.kind === "unreachable" || fault.kind === "sign-in" ? fault.reason : fault.kind === "forbidden" ? fault.needs.join() : "";
  return `${outcome.state}: ${fault.kind} ${why}`.trim();
}

describe("a group at Google", () => {
  it("is made once, found, and taken away once", async () => {
    await open();
    expect(await look(requestOf())).toEqual({ state: "missing" });
    expect(await ask(requestOf())).toEqual({ state: "succeeded", already: false, address: GROUP });
    expect(await look(requestOf())).toEqual({ state: "found", address: GROUP });
    expect(await ask(requestOf())).toEqual({ state: "succeeded", already: true, address: GROUP });
    expect(await look(disabled(requestOf()))).toEqual({ state: "missing" });
    expect(await ask(disabled(requestOf()))).toEqual({ state: "succeeded", already: false, address: null });
    expect(await look(disabled(requestOf()))).toEqual({ state: "found", address: null });
    expect(await ask(disabled(requestOf()))).toEqual({ state: "succeeded", already: true, address: null });
  });

  it("is not taken for another one that has its address", async () => {
    await open();
    await ask(requestOf({ name: "Sales of old" }));
    expect(told(await ask(requestOf()))).toBe("refused: object-refused address-taken");
    expect(await look(requestOf())).toEqual({ state: "different", address: GROUP });
  });

  it("is looked for again while Google does not show what is new", async () => {
    await clouds.set("google-directory", "not-shown-yet");
    await open();
    expect(await ask(requestOf())).toMatchObject({ state: "succeeded", already: false });
    expect(await look(requestOf())).toEqual({ state: "missing" });
    expect(told(await ask(requestOf()))).toBe("unanswered: object-refused address-taken");
    await clouds.set("google-directory", "up");
    expect(await look(requestOf())).toEqual({ state: "found", address: GROUP });
  });

  it.each([
    ["fails-after", "unanswered: unreachable bad-status"],
    ["answer-lost", "unanswered: unreachable closed-without-answer"],
  ])("is there though the answer was none: %s", async (state, expected) => {
    await open();
    await clouds.set("google-directory", state);
    expect(told(await ask(requestOf()))).toBe(expected);
    await clouds.set("google-directory", "up");
    expect(await look(requestOf())).toEqual({ state: "found", address: GROUP });
  });
});

describe("a user at Google", () => {
  it("is known by the object that it was made for, whatever its name", async () => {
    await open();
    expect(await ask(user)).toEqual({ state: "succeeded", already: false, address: USER });
    expect(await look({ ...user, name: "Anna Holm" })).toEqual({ state: "found", address: USER });
    const other = { ...held, guid: "00000000-0000-0000-0000-000000000001" };
    expect(told(await ask(user, other))).toBe("refused: object-refused address-taken");
    expect(told(await ask(disabled(user), other))).toBe("refused: object-refused enabled-otherwise");
    expect(await ask(disabled(user))).toEqual({ state: "succeeded", already: false, address: null });
  });

  it("needs a licence", async () => {
    await clouds.set("google-directory", "user-limit");
    await open();
    expect(told(await ask(user))).toBe("refused: object-refused licence-missing");
  });

  it("gets a password that stands nowhere", async () => {
    await open();
    await ask(user);
    expect(clouds.lines.join("\n")).not.toMatch(/password/i);
  });
});

describe("what Google refuses", () => {
  it.each([
    ["google-token", "delegation-reads", "refused: forbidden admin.directory.group"],
    ["google-token", "wrong-admin", "refused: sign-in admin-not-found"],
    ["google-token", "slow", "succeeded"],
    ["google-token", "down", "not-reached: unreachable refused"],
    ["google-directory", "insufficientPermissions", "refused: forbidden admin.directory.group"],
    ["google-directory", "forbidden", "refused: forbidden super-admin"],
    ["google-directory", "not-enabled", "refused: forbidden admin-sdk-api"],
    ["google-directory", "rate-limit", "not-reached: throttled"],
    ["google-directory", "dailyLimitExceeded", "not-reached: throttled"],
    ["google-directory", "throttled", "not-reached: throttled"],
    ["google-directory", "overloaded", "not-reached: throttled"],
    ["google-directory", "failing", "unanswered: unreachable bad-status"],
    ["google-directory", "down", "not-reached: unreachable refused"],
  ])("%s %s: %s", async (component, state, expected) => {
    await open();
    await clouds.set(component, state);
    expect(told(await ask(requestOf()))).toBe(expected);
  });

  it("names the users' scope of a user", async () => {
    await clouds.set("google-token", "delegation-reads");
    await open();
    expect(told(await ask(user))).toBe("refused: forbidden admin.directory.user");
  });

  it("a domain that is not its own, and an address that is none", async () => {
    await open();
    expect(told(await ask(requestOf({ address: "sales@fabrikam.com" })))).toBe("refused: forbidden super-admin");
    expect(told(await ask(requestOf({ alias: "sa les" })))).toBe("refused: object-refused value-not-allowed");
  });

  it("is not known of what was cancelled after it was sent", async () => {
    await open();
    await ask(requestOf());
    await clouds.set("google-directory", "slow");
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    expect(told(await ask(requestOf({ alias: "later" }), held, controller.signal))).toBe("unanswered: cancelled");
  });
});

describe("what Google Workspace says before", () => {
  const codes = (change: Partial<MailRequest>) => (googleWorkspace.provisioning?.issues(configuration, requestOf(change), adConnection) ?? []).map(({ path, code }) => `${path.join(".")}: ${code}`);

  it.each<[Partial<MailRequest>, readonly string[]]>([
    [{}, []],
    [{ alias: "postmaster" }, ["alias: alias-reserved"]],
    [{ alias: "a..b" }, ["alias: alias-google"]],
    [{ alias: "müller" }, ["alias: alias-google"]],
    [{ alias: "a".repeat(65) }, ["alias: alias-too-long"]],
    [{ name: "x".repeat(74) }, ["name: name-too-long"]],
    [{ type: "mailbox", name: "x".repeat(61) }, ["name: name-too-long"]],
    [{ type: "mail-contact" }, ["type: type-not-supported"]],
    [{ address: "nobody" }, ["address: email"]],
  ])("%j", (change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it("leaves the password to an administrator, and shows the command without one", () => {
    const facts = { identity: null, server: null, controller: null };
    expect(googleWorkspace.provisioning?.byHand(configuration, user, adConnection)).toEqual(["google-password"]);
    expect(googleWorkspace.provisioning?.commands(configuration, user, facts)).toBe(
      "New-GSUser -PrimaryEmail 'anna.berg@contoso-practice.com' -GivenName 'Anna Maria' -FamilyName 'Berg' -Password (Read-Host -AsSecureString 'Password') -ChangePasswordAtNextLogin:$true",
    );
    expect(googleWorkspace.provisioning?.commands(configuration, disabled(requestOf()), facts)).toBe("Remove-GSGroup -Identity 'sales@contoso-practice.com'");
  });
});

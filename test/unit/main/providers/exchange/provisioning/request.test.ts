/** What Exchange takes of a request, what it makes of it, and what an administrator would type. */
import { describe, expect, it } from "vitest";
import { exchange } from "../../../../../../main/providers/exchange/index.ts";
import { cmdletFor } from "../../../../../../main/providers/exchange/provisioning/cmdlets.ts";
import { lookAt } from "../../../../../../main/providers/exchange/provisioning/look.ts";
import type { MailRequest } from "../../../../../../shared/model/mail-object.ts";
import { explainIssue } from "../../../../../../renderer/text/fault.ts";
import { say } from "../../../../../../renderer/text/text.ts";
import { connection } from "../../../services/support.ts";
import { configuration, enabled, object, objectsWith, request } from "../remote.ts";

const { provisioning } = exchange;
if (provisioning === null) throw new Error("Exchange makes mail parts");
const issues = (changes: Partial<MailRequest>) => provisioning.issues(configuration, { ...request, ...changes }, connection);
const codes = (changes: Partial<MailRequest>) => issues(changes).map(({ path, code }) => `${path.join(".")}: ${code}`);
const contact = { type: "mail-contact", externalAddress: "anna@fabrikam.com" } as const;

describe("issues", () => {
  it.each<[string, Partial<MailRequest>, readonly string[]]>([
    ["a plain one", {}, []],
    ["every sign of an atom", { alias: "a!#$%&'*+-/=?^_`{|}~z" }, []],
    ["dots between", { alias: "anna.maria" }, []],
    ["letters of Latin-1", { alias: "jürgen\u00ff" }, []],
    ["64 characters", { alias: "x".repeat(64) }, []],
    ["65 characters", { alias: "x".repeat(65) }, ["alias: longer-than"]],
    ["no alias", { alias: "" }, ["alias: required"]],
    ["a blank", { alias: "anna maria" }, ["alias: alias-blank"]],
    ["a dot at an edge", { alias: ".anna" }, ["alias: alias-dot"]],
    ["two dots", { alias: "an..na" }, ["alias: alias-dot"]],
    ["a quote", { alias: "an\"na" }, ["alias: alias-character"]],
    ["a comma", { alias: "an,na" }, ["alias: alias-character"]],
    ["a letter beyond Latin-1", { alias: "анна" }, ["alias: alias-character"]],
    ["an emoji", { alias: "anna😀" }, ["alias: alias-character"]],
    ["a newline", { alias: "an\nna" }, ["alias: control-character"]],
    ["a mark that turns the direction", { name: "Sales\u202e" }, ["name: invisible-character"]],
    ["half a character", { name: "Sales\ud800" }, ["name: broken-character"]],
    ["a name with everything that PowerShell reads", { name: "a'b\"$(x)`#,\\;😀" }, []],
    ["a blank at the edge of a name", { name: " Sales" }, ["name: blank-at-edge"]],
    ["a long name", { name: "x".repeat(65) }, ["name: longer-than"]],
    ["a contact with an address", contact, []],
    ["a contact without", { ...contact, externalAddress: null }, ["externalAddress: required"]],
    ["a contact with half an address", { ...contact, externalAddress: "anna@" }, ["externalAddress: email"]],
    ["a mail user with a name for an address", { type: "mail-user", externalAddress: "Anna <anna@fabrikam.com>" }, ["externalAddress: email"]],
    ["an address of its own", { address: "sales@contoso.com" }, []],
    ["an address that is none", { address: "sales@contoso..com" }, ["address: email"]],
    ["nothing to enable", { action: "enable", identity: null }, ["identity: required"]],
    ["something to disable", { action: "disable", identity: "CN=x", alias: "", type: "mail-contact" }, []],
  ])("%s", (_name, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
    for (const issue of issues(changes)) expect(explainIssue(issue)).not.toBe(say("issues.other"));
  });
});

it("makes every kind but a group of Microsoft 365, gives a new object nothing that looks like mail, and leaves membership by hand", () => {
  expect(provisioning.types(configuration, connection).map(({ type, why }) => [type, why])).toEqual([["distribution-group", null], ["security-group", null], ["mailbox", null], ["mail-user", null], ["mail-contact", null]]);
  expect(provisioning.attributes(configuration, request, connection)).toEqual({});
  expect(provisioning.byHand(configuration, request, connection)).toEqual(["members"]);
  expect([provisioning.domain(configuration, connection), provisioning.aliasLength(configuration)]).toEqual([null, 64]);
  expect(provisioning.address(configuration, request, connection)).toBe("sales@contoso.lab");
  expect(provisioning.address(configuration, { ...request, address: "s@contoso.com" }, connection)).toBe("s@contoso.com");
});

it.each<[MailRequest["type"], Partial<MailRequest>, string, object]>([
  ["security-group", {}, "Enable-DistributionGroup", { Alias: "sales" }],
  ["mailbox", { address: "s@contoso.com" }, "Enable-Mailbox", { Alias: "sales", PrimarySmtpAddress: "s@contoso.com" }],
  ["mail-user", { externalAddress: "a@fabrikam.com" }, "Enable-MailUser", { Alias: "sales", ExternalEmailAddress: "a@fabrikam.com" }],
  ["mail-contact", { externalAddress: "a@fabrikam.com" }, "Enable-MailContact", { Alias: "sales", ExternalEmailAddress: "a@fabrikam.com" }],
  ["mailbox", { action: "disable" }, "Disable-Mailbox", { Confirm: false }],
  ["mail-contact", { action: "disable", externalAddress: "a@fabrikam.com" }, "Disable-MailContact", { Confirm: false }],
])("%s %j is %s", (type, changes, command, parameters) => {
  expect(cmdletFor({ ...request, type, ...changes }, object)).toEqual({ command, parameters: { Identity: object.guid, DomainController: object.controller, ...parameters } });
  expect(cmdletFor({ ...request, type: "microsoft-365-group" }, object)).toBeNull();
});

it("says what an administrator would type, with quotes of every kind doubled and the password asked for", () => {
  const named = { ...request, alias: "o'brien" };
  const facts = { identity: "CN=O\u2019Brien $(x) `y,DC=contoso,DC=lab", server: "exb.contoso.lab", controller: "dc1.contoso.lab" };
  expect(provisioning.commands(configuration, named, facts).split("\n")).toEqual([
    "$credential = Get-Credential -Credential 'CONTOSO\\svc'",
    "$session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri 'http://exb.contoso.lab/PowerShell/' -Authentication Kerberos -Credential $credential",
    "$null = Import-PSSession $session -CommandName Enable-DistributionGroup -DisableNameChecking",
    "Enable-DistributionGroup -Identity 'CN=O\u2019\u2019Brien $(x) `y,DC=contoso,DC=lab' -DomainController 'dc1.contoso.lab' -Alias 'o''brien'",
    "Remove-PSSession $session",
  ]);
  expect(provisioning.commands({ ...configuration, authentication: "basic" }, named, facts)).toContain("'https://exb.contoso.lab/PowerShell/' -Authentication Basic");
  expect(provisioning.commands(configuration, { ...request, action: "disable", identity: "CN=x" }, { identity: null, server: null, controller: null })).toBe("Disable-DistributionGroup -Identity 'CN=x' -Confirm:$false");
});

describe("a look", () => {
  const look = async (attributes: Parameters<typeof objectsWith>[0], changes: Partial<MailRequest> = {}) => (await lookAt(objectsWith(attributes).objects, { ...request, ...changes }, object)).state;
  const external = { ...enabled, targetaddress: ["SMTP:anna@fabrikam.com"] };

  it("finds what is as it was wanted, whatever the case, and the primary address among all", async () => {
    expect(await lookAt(objectsWith({ ...enabled, mailnickname: ["SALES"] }).objects, request, object)).toEqual({ state: "found", address: "sales@contoso.lab" });
    expect(await look(enabled, { address: "Sales@contoso.lab" })).toBe("found");
    expect(await look(external, { ...contact, externalAddress: "Anna@fabrikam.com" })).toBe("found");
  });

  it("tells what is otherwise from what is not there", async () => {
    expect(await look({ ...enabled, mailnickname: ["other"] })).toBe("different");
    expect(await look(enabled, { address: "s@contoso.lab" })).toBe("different");
    expect(await look(external)).toBe("different");
    expect(await look(enabled, contact)).toBe("different");
    expect(await look({ mail: ["sales@contoso.lab"] })).toBe("missing");
    expect(await look(null)).toBe("missing");
  });

  it("is the other way round where the mail part is to go", async () => {
    expect(await look(enabled, { action: "disable" })).toBe("missing");
    expect(await look({}, { action: "disable" })).toBe("found");
    expect(await look(null, { action: "disable" })).toBe("found");
  });

  it("does not say what it could not read", async () => {
    const fault = { kind: "timeout", phase: "ldap", afterMs: 1 } as const;
    expect(await lookAt(objectsWith(null, fault).objects, request, object)).toEqual({ state: "unanswered", fault });
  });
});

import { describe, expect, it } from "vitest";
import { runCmdlet, type CmdletAnswer } from "../../../../../main/practice/exchange/cmdlets.ts";
import { CONTROLLER, GLOBAL_GROUP, memoryRecipients, UNIVERSAL_GROUP, UNIVERSAL_SECURITY_GROUP } from "../../../../lab/exchange-remoting/memory-recipients.ts";

const dnOf = (name: string) => `CN=${name},OU=Objects,DC=contoso,DC=lab`;
const classes = { group: ["top", "group"], user: ["top", "person", "organizationalPerson", "user"], contact: ["top", "person", "organizationalPerson", "contact"] };

function place() {
  const directory = memoryRecipients();
  const add = (kind: keyof typeof classes, name: string, more: Record<string, readonly string[]> = {}) => directory.add(dnOf(name), { objectClass: classes[kind], sAMAccountName: [name], ...more });
  const run = (command: string, parameters: Record<string, unknown>) => runCmdlet(command, parameters, { directory, server: "EXB", domain: "contoso.lab", organisation: "Contoso", now: () => new Date(0) });
  return { directory, add, run, read: (name: string) => directory.read(dnOf(name)) };
}

function errorOf(answer: CmdletAnswer) {
  if (answer.ok) throw new Error("it succeeded");
  const { type, category, id } = answer.error;
  return { type: type.slice(type.lastIndexOf(".") + 1), category, failure: /FailureCategory=([^\]]+)/.exec(id)?.[1] ?? id };
}

const notFound = { type: "ManagementObjectNotFoundException", category: "NotSpecified", failure: "Cmdlet-ManagementObjectNotFoundException" };
const alreadyUser = { type: "RecipientTaskException", category: "InvalidArgument", failure: "Cmdlet-RecipientTaskException" };
const invalidOperation = { type: "InvalidOperationException", category: "InvalidOperation", failure: "Cmdlet-InvalidOperationException" };
const addressExists = { type: "ProxyAddressExistsException", category: "NotSpecified", failure: "Cmdlet-ProxyAddressExistsException" };
const invalidData = { type: "DataValidationException", category: "NotSpecified", failure: "Cmdlet-DataValidationException" };

describe("Enable-DistributionGroup", () => {
  it("writes what mail-enables a group, and answers its properties as text", async () => {
    const { add, run, read } = place();
    add("group", "Sales", { groupType: [UNIVERSAL_GROUP] });
    const answer = await run("Enable-DistributionGroup", { Identity: dnOf("Sales"), Alias: "sales", DomainController: CONTROLLER });
    expect(answer).toMatchObject({ ok: true, objects: [{ Alias: "sales", PrimarySmtpAddress: "sales@contoso.lab", EmailAddresses: "SMTP:sales@contoso.lab", RecipientTypeDetails: "MailUniversalDistributionGroup", Identity: "contoso.lab/Objects/Sales" }] });
    expect(read("Sales")).toMatchObject({ mailnickname: ["sales"], mail: ["sales@contoso.lab"], proxyaddresses: ["SMTP:sales@contoso.lab"], displayname: ["Sales"], msexchrecipientdisplaytype: ["1"] });
    expect(read("Sales")["legacyexchangedn"]?.[0]).toMatch(/^\/o=Contoso\/ou=Exchange Administrative Group \(FYDIBOHF23SPDLT\)\/cn=Recipients\/cn=[0-9a-f]{32}-Sales$/);
  });

  it("knows security groups by their display type", async () => {
    const { add, run, read } = place();
    add("group", "Admins", { groupType: [UNIVERSAL_SECURITY_GROUP] });
    expect(await run("Enable-DistributionGroup", { Identity: "Admins" })).toMatchObject({ ok: true, objects: [{ Alias: "Admins", RecipientTypeDetails: "MailUniversalSecurityGroup" }] });
    expect(read("Admins")["msexchrecipientdisplaytype"]).toEqual(["1073741833"]);
  });

  it("refuses groups that are not universal and those that are enabled with one class of exception", async () => {
    const { add, run } = place();
    add("group", "Global", { groupType: [GLOBAL_GROUP] });
    add("group", "Sales", { groupType: [UNIVERSAL_GROUP] });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "Global" }))).toEqual(invalidOperation);
    await run("Enable-DistributionGroup", { Identity: "Sales" });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "Sales" }))).toEqual(invalidOperation);
  });

  it("finds by name, GUID, account name and alias, and nothing of another kind or at another controller", async () => {
    const { add, run, directory } = place();
    add("group", "Sales", { groupType: [UNIVERSAL_GROUP], sAMAccountName: ["grp-sales"] });
    add("user", "Anna");
    for (const Identity of ["Nobody", "Anna", dnOf("Anna")]) expect(errorOf(await run("Enable-DistributionGroup", { Identity }))).toEqual(notFound);
    for (const Identity of [dnOf("Sales"), "Sales"]) expect(errorOf(await run("Enable-DistributionGroup", { Identity, DomainController: "dc2.contoso.lab" }))).toEqual(notFound);
    for (const Identity of ["GRP-SALES", directory.guid(dnOf("Sales")), "sales"]) {
      expect(await run("Enable-DistributionGroup", { Identity, Alias: "s" })).toMatchObject({ ok: true });
      expect(await run("Disable-DistributionGroup", { Identity: "s", Confirm: false })).toMatchObject({ ok: true });
    }
  });

  it("does not choose between two of one name", async () => {
    const { directory, run } = place();
    for (const unit of ["A", "B"]) directory.add(`CN=Twin,OU=${unit},DC=contoso,DC=lab`, { objectClass: classes.group, groupType: [UNIVERSAL_GROUP], name: ["Twin"] });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "Twin" }))).toMatchObject({ type: "ManagementObjectAmbiguousException" });
  });
});

describe("addresses and aliases", () => {
  it("an address that is given and taken is refused; one that the policy makes gets a number", async () => {
    const { add, run } = place();
    for (const name of ["One", "Two", "Three"]) add("group", name, { groupType: [UNIVERSAL_GROUP] });
    await run("Enable-DistributionGroup", { Identity: "One", Alias: "team" });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "Two", Alias: "two", PrimarySmtpAddress: "TEAM@contoso.lab" }))).toEqual(addressExists);
    expect(await run("Enable-DistributionGroup", { Identity: "Three", Alias: "team" })).toMatchObject({ ok: true, objects: [{ Alias: "team", PrimarySmtpAddress: "team2@contoso.lab" }] });
  });

  it.each(["a b", "a..b", ".a", "a.", "a@b", "größe東", "x".repeat(65)])("the alias %j is refused", async (Alias) => {
    const { add, run, read } = place();
    add("group", "Sales", { groupType: [UNIVERSAL_GROUP] });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "Sales", Alias }))).toEqual(invalidData);
    expect(read("Sales")["mailnickname"]).toBeUndefined();
  });

  it("an alias that Exchange makes itself holds what is allowed, and is another one where that is taken", async () => {
    const { add, run } = place();
    add("contact", "Anna B. (Fabrikam)");
    add("contact", "Other", { mailNickname: ["AnnaB.Fabrikam"] });
    expect(await run("Enable-MailContact", { Identity: "Anna B. (Fabrikam)", ExternalEmailAddress: "anna@fabrikam.example" })).toMatchObject({ ok: true, objects: [{ Alias: "AnnaB.Fabrikam2" }] });
  });
});

describe("users and contacts", () => {
  it("have their external address as the primary one and as their target", async () => {
    const { add, run, read } = place();
    add("user", "Anna");
    expect(await run("Enable-MailUser", { Identity: "Anna", ExternalEmailAddress: "SMTP:anna@fabrikam.example", Alias: "anna" })).toMatchObject({ ok: true, objects: [{ PrimarySmtpAddress: "anna@fabrikam.example", RecipientType: "MailUser" }] });
    expect(read("Anna")).toMatchObject({ targetaddress: ["SMTP:anna@fabrikam.example"], proxyaddresses: ["SMTP:anna@fabrikam.example", "smtp:anna@contoso.lab"], msexchrecipienttypedetails: ["128"], msexchrecipientdisplaytype: ["6"] });
  });

  it("get a mailbox with a database and an identity of its own", async () => {
    const { add, run, read } = place();
    add("user", "Berta", { userPrincipalName: ["berta@contoso.lab"] });
    expect(await run("Enable-Mailbox", { Identity: "Berta" })).toMatchObject({ ok: true, objects: [{ Alias: "berta", RecipientType: "UserMailbox" }] });
    expect(read("Berta")["homemdb"]?.[0]).toMatch(/^CN=Mailbox Database 1,.*,DC=contoso,DC=lab$/);
    expect(Buffer.from(read("Berta")["msexchmailboxguid"]?.[0] ?? "", "base64")).toHaveLength(16);
    expect(errorOf(await run("Enable-Mailbox", { Identity: "Berta" }))).toEqual(alreadyUser);
    expect(errorOf(await run("Enable-MailUser", { Identity: "Berta", ExternalEmailAddress: "b@fabrikam.example" }))).toEqual(alreadyUser);
  });
});

describe("Disable- cmdlets", () => {
  it("take all of it away, and find only what they are for", async () => {
    const { add, run, read } = place();
    add("user", "Anna", { displayName: ["Anna"] });
    expect(errorOf(await run("Disable-MailUser", { Identity: "Anna", Confirm: false }))).toEqual(notFound);
    await run("Enable-MailUser", { Identity: "Anna", ExternalEmailAddress: "anna@fabrikam.example" });
    expect(errorOf(await run("Disable-Mailbox", { Identity: "Anna", Confirm: false }))).toEqual(notFound);
    expect(await run("Disable-MailUser", { Identity: "Anna", Confirm: false })).toEqual({ ok: true, objects: [], warnings: [] });
    expect(Object.keys(read("Anna"))).toEqual(["name", "objectclass", "samaccountname", "displayname"]);
  });

  it("ask, where nobody can answer, unless they are told not to", async () => {
    const { add, run } = place();
    add("group", "Sales", { groupType: [UNIVERSAL_GROUP] });
    await run("Enable-DistributionGroup", { Identity: "Sales" });
    expect(errorOf(await run("Disable-DistributionGroup", { Identity: "Sales" }))).toMatchObject({ type: "HostException" });
  });
});

describe("what PowerShell says before a cmdlet runs", () => {
  it("of commands and parameters that there are not", async () => {
    const { run } = place();
    expect(errorOf(await run("Get-Process", {}))).toMatchObject({ type: "CommandNotFoundException", category: "ObjectNotFound" });
    expect(errorOf(await run("Enable-DistributionGroup", { Identity: "x", Colour: "red" }))).toMatchObject({ type: "ParameterBindingException", failure: "NamedParameterNotFound,Enable-DistributionGroup" });
    expect(errorOf(await run("Enable-MailContact", { Identity: "x" }))).toMatchObject({ failure: "MissingMandatoryParameter,Enable-MailContact" });
  });
});

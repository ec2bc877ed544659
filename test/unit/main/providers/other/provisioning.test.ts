import { describe, expect, it } from "vitest";
import { provisioning } from "../../../../../main/providers/other/provisioning.ts";
import { explainIssue } from "../../../../../renderer/text/fault.ts";
import type { Fault } from "../../../../../shared/fault.ts";
import type { MailRequest } from "../../../../../shared/model/mail-object.ts";
import { connection } from "../../services/support.ts";
import { held, holdObjects, requestOf } from "../held-objects.ts";
import { contextAsking } from "../support.ts";

const configuration = { domain: "googlegroups.com", maximumAliasLength: 12, aliasPattern: "", example: "" };
const idle = new AbortController().signal;
const timeout: Fault = { kind: "timeout", phase: "response", afterMs: 1 };

function codes(change: Partial<MailRequest>): readonly string[] {
  return provisioning.issues(configuration, requestOf(change), connection).map((issue) => {
    expect(explainIssue(issue)).not.toBe(explainIssue({ path: [], code: "other" }));
    return `${issue.path.join(".")}: ${issue.code}`;
  });
}

/** The run over an object with these attributes. */
function over(attributes: Readonly<Record<string, readonly string[]>>) {
  const directory = holdObjects(attributes);
  const run = provisioning.open(configuration, contextAsking().context, directory.objects);
  return { directory, ask: (request: MailRequest, signal = idle) => run.ask(null, request, held, signal), look: (request: MailRequest) => run.look(request, held, idle) };
}

const enable = requestOf({ action: "enable", identity: held.identity });
const disable = requestOf({ action: "disable", identity: held.identity });
const whole = { mail: ["sales@googlegroups.com"], mailnickname: ["sales"], proxyaddresses: ["SMTP:sales@googlegroups.com"] };

describe("what Other says before anything is written", () => {
  it("gives groups, mail users and contacts an address at its domain", () => {
    expect(provisioning.types(configuration, connection)).toEqual(["distribution-group", "security-group", "mail-user", "mail-contact"].map((type) => ({ type, why: null })));
    expect([provisioning.domain(configuration, connection), provisioning.aliasLength(configuration), provisioning.address(configuration, requestOf(), connection)]).toEqual(["googlegroups.com", 12, "sales@googlegroups.com"]);
  });

  it("gives a new group three attributes, and a user or contact the address where its mail goes", () => {
    expect(provisioning.attributes(configuration, requestOf(), connection)).toEqual({ mail: ["sales@googlegroups.com"], mailNickname: ["sales"], proxyAddresses: ["SMTP:sales@googlegroups.com"] });
    const contact = requestOf({ type: "mail-contact" });
    expect(provisioning.attributes(configuration, contact, connection)["targetAddress"]).toEqual(["SMTP:sales@googlegroups.com"]);
    expect(provisioning.attributes(configuration, { ...contact, externalAddress: "s@fabrikam.com" }, connection)["targetAddress"]).toEqual(["SMTP:s@fabrikam.com"]);
  });

  it.each<[Partial<MailRequest>, readonly string[]]>([
    [{}, []],
    [{ alias: "a".repeat(12) }, []],
    [{ alias: "" }, ["alias: required"]],
    [{ alias: "a".repeat(13) }, ["alias: alias-too-long"]],
    [{ address: "SALES@GoogleGroups.com" }, []],
    [{ address: "sales@contoso.com" }, ["address: address-not-of-alias"]],
    [{ address: "other@googlegroups.com" }, ["address: address-not-of-alias"]],
    [{ type: "mail-contact", externalAddress: "nobody" }, ["externalAddress: email"]],
    [{ type: "mailbox" }, ["type: type-not-supported"]],
    [{ action: "disable", alias: "" }, []],
  ])("refuses what its rules do not allow: %j", (change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it("shows the command, with every quotation mark of a name doubled", () => {
    const facts = { identity: null, server: null, controller: "dc1.contoso.lab" };
    expect(provisioning.commands(configuration, requestOf({ name: "O’Brien's (x)" }), facts)).toBe(
      "Get-ADObject -LDAPFilter '(name=O’’Brien''s \\28x\\29)' -SearchBase 'OU=Groups,DC=contoso,DC=lab' -SearchScope 'OneLevel' -Server 'dc1.contoso.lab' | " +
        "Set-ADObject -Server 'dc1.contoso.lab' -Replace @{mail = 'sales@googlegroups.com'; mailNickname = 'sales'} -Add @{proxyAddresses = 'SMTP:sales@googlegroups.com'}",
    );
    expect(provisioning.commands(configuration, disable, { ...facts, controller: null })).toBe(
      "Set-ADObject -Identity 'CN=Sales,OU=Groups,DC=contoso,DC=lab' -Clear mail,mailNickname -Remove @{proxyAddresses = 'SMTP:sales@googlegroups.com'}",
    );
  });
});

describe("enabling with Other", () => {
  it("writes what is missing once, and finds it afterwards", async () => {
    const { directory, ask, look } = over({ proxyaddresses: ["x500:/o=Old/cn=sales", "smtp:old@contoso.com"] });
    expect(await look(enable)).toEqual({ state: "missing" });
    expect(await ask(enable)).toEqual({ state: "succeeded", already: false, address: "sales@googlegroups.com" });
    expect(directory.values).toEqual({ ...whole, proxyaddresses: ["x500:/o=Old/cn=sales", "smtp:old@contoso.com", "SMTP:sales@googlegroups.com"] });
    expect(await look(enable)).toEqual({ state: "found", address: "sales@googlegroups.com" });
    expect(await ask(enable)).toEqual({ state: "succeeded", already: true, address: "sales@googlegroups.com" });
    expect(directory.changes).toHaveLength(1);
  });

  it("makes a secondary address the primary one, which the directory holds for the same value", async () => {
    const { directory, ask } = over({ mail: ["Sales@GoogleGroups.com"], proxyaddresses: ["smtp:Sales@googlegroups.com"] });
    expect(await ask(enable)).toMatchObject({ state: "succeeded", already: false });
    expect(directory.values?.["proxyaddresses"]).toEqual(["SMTP:sales@googlegroups.com"]);
  });

  it.each([{ mail: ["sales@contoso.com"] }, { mailnickname: ["verkauf"] }, { proxyaddresses: ["SMTP:sales@contoso.com"] }])("leaves alone what is mail-enabled otherwise: %j", async (attributes) => {
    const { directory, ask, look } = over(attributes);
    expect(await ask(enable)).toEqual({ state: "refused", fault: { kind: "object-refused", why: "enabled-otherwise" } });
    expect((await look(enable)).state).toBe("different");
    expect(directory.changes).toEqual([]);
  });

  it("tells what was not sent from what was sent without an answer", async () => {
    const { directory, ask, look } = over({});
    directory.answers.read = timeout;
    expect(await ask(enable)).toEqual({ state: "not-reached", fault: timeout });
    expect(await look(enable)).toEqual({ state: "unanswered", fault: timeout });
    delete directory.answers.read;
    directory.answers.modify = timeout;
    expect(await ask(enable)).toEqual({ state: "unanswered", fault: timeout });
    const forbidden: Fault = { kind: "forbidden", needs: [] };
    directory.answers.modify = forbidden;
    expect(await ask(enable)).toEqual({ state: "refused", fault: forbidden });
  });

  it("writes nothing once it is cancelled, nor to an object that is gone", async () => {
    const { directory, ask, look } = over({});
    expect(await ask(enable, AbortSignal.abort())).toEqual({ state: "not-reached", fault: { kind: "cancelled" } });
    directory.values = null;
    expect(await ask(enable)).toEqual({ state: "refused", fault: { kind: "object-refused", why: "object-missing" } });
    expect(await look(enable)).toEqual({ state: "missing" });
    expect(directory.changes).toEqual([]);
  });
});

describe("disabling with Other", () => {
  it("takes away what belongs to it, and leaves every other address", async () => {
    const { directory, ask, look } = over({ ...whole, targetaddress: ["SMTP:s@fabrikam.com"], proxyaddresses: [...whole.proxyaddresses, "smtp:old@contoso.com", "x500:/o=Old/cn=sales"] });
    expect(await look(disable)).toEqual({ state: "missing" });
    expect(await ask({ ...disable, alias: "" })).toEqual({ state: "succeeded", already: false, address: null });
    expect(directory.values).toEqual({ proxyaddresses: ["smtp:old@contoso.com", "x500:/o=Old/cn=sales"] });
    expect(await look(disable)).toEqual({ state: "found", address: null });
    expect(await ask(disable)).toEqual({ state: "succeeded", already: true, address: null });
  });

  it("does not touch a mail part that is another system's", async () => {
    const { directory, ask } = over({ mail: ["sales@contoso.com"], mailnickname: ["sales"], proxyaddresses: ["SMTP:sales@contoso.com"] });
    expect(await ask(disable)).toEqual({ state: "refused", fault: { kind: "object-refused", why: "enabled-otherwise" } });
    expect(directory.changes).toEqual([]);
  });
});

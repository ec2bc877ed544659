/**
 * The worked example on a real directory with real remoting: a group that stands in Samba is mail-enabled by the product's scripts through
 * PowerShell's remoting, by EXB, and by EXA where EXB is down; what was done is read back over LDAP.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { ldapRecipients, type LdapRecipients } from "../../lab/exchange-remoting/ldap-recipients.ts";
import { EXA, EXB, remotingWorld, wanted, type World } from "../../lab/exchange-remoting/world.ts";
import { startLab, type Lab } from "../../lab/lab.ts";
import { reasonToSkip } from "../../lab/programs.ts";
import { signInAsAdministrator } from "../../lab/administrator.ts";

const signal = new AbortController().signal;
const skip = powershellHere === null ? powershellWords : await reasonToSkip();

describe.skipIf(skip !== null)(`on Samba over real remoting (${skip ?? powershellWords})`, () => {
  let lab: Lab;
  let recipients: LdapRecipients;
  let world: World;
  beforeAll(async () => {
    lab = await startLab({ frontEnds: false });
    recipients = await ldapRecipients(lab.address, lab.authorityPem);
    world = await remotingWorld("real remoting", recipients);
  });
  afterAll(async () => {
    await world.close();
    await recipients.close();
    await lab.dispose();
  });

  /** A universal group in Samba. */
  async function group(name: string, accountName: string) {
    const dn = `CN=${name.replaceAll(/[,"]/g, String.raw`\$&`)},CN=Users,DC=contoso,DC=lab`;
    const administrator = await signInAsAdministrator(lab.address);
    await administrator.add(dn, { objectClass: ["top", "group"], groupType: "8", sAMAccountName: accountName });
    await administrator.close();
    const entry = await recipients.find(dn, null);
    return { identity: dn, guid: entry?.guid ?? "", controller: lab.controller };
  }
  const read = async (guid: string, attribute: string) => (await recipients.find(guid, lab.controller))?.values(attribute);

  test("EXB does it, and takes it away again", async () => {
    const object = await group("Sales", "sales");
    const run = world.run();
    expect(await run.ask(EXB, wanted("Sales"), object, signal)).toMatchObject({ state: "succeeded", address: "sales@contoso.lab" });
    expect(await read(object.guid, "proxyaddresses")).toEqual(["SMTP:sales@contoso.lab"]);
    expect(await run.ask(EXB, wanted("Sales", { action: "disable" }), object, signal)).toMatchObject({ state: "succeeded" });
    expect(await read(object.guid, "mailnickname")).toEqual([]);
    await run.close();
    expect(world.sessions()).toEqual([]);
  });

  test("EXA does it where EXB is down", async () => {
    const name = 'Größe, "quoted"';
    const object = await group(name, "groesse");
    world.set(EXB, "down");
    const run = world.run();
    const request = wanted(name, { alias: "groesse" });
    expect(await run.ask(EXB, request, object, signal)).toMatchObject({ state: "not-reached", fault: { kind: "unreachable", host: EXB } });
    expect(await run.ask(EXA, request, object, signal)).toMatchObject({ state: "succeeded", address: "groesse@contoso.lab" });
    expect(await read(object.guid, "proxyaddresses")).toEqual(["SMTP:groesse@contoso.lab"]);
    await run.close();
    expect(world.sessions()).toEqual([]);
  });
});

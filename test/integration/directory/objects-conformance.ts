/** How objects are found in every directory, and what of them is taken. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import type { Subject } from "./subject.ts";
import { contactNamed, DOMAIN_DN, groupNamed, GROUPS, openFor, openWriter, PEOPLE, refused, taken, userNamed, type Writer } from "./writes-support.ts";

export function objectsConformance(name: string, start: () => Promise<Subject>): void {
  describe(`${name} shows its objects as Active Directory does`, () => {
    let writer: Writer;
    let subject: Subject;
    let objects: Writer["objects"];
    beforeAll(async () => {
      writer = await openWriter(start);
      ({ subject, objects } = writer);
    });
    afterAll(() => writer.dispose());

    const session: Writer["session"] = (work, account) => writer.session(work, account);
    const make: Writer["make"] = (request, details) => writer.make(request, details);

    test("containers, level by level", async () => {
      await session(async (opened) => {
        taken(await opened.add(`OU=Level,${PEOPLE}`, { objectClass: ["organizationalUnit"] }));
        taken(await opened.add(`OU=Lower,OU=Level,${PEOPLE}`, { objectClass: ["organizationalUnit"] }));
      });
      expect(taken(await objects.containers(null))).toEqual([{ dn: DOMAIN_DN, name: "contoso.lab", kind: "domain", hasChildren: true }]);
      const top = taken(await objects.containers(DOMAIN_DN));
      expect(top.map(({ name }) => name)).toEqual(["Domain Controllers", "Groups", "People", "Service Accounts", "Users"]);
      expect(top.find(({ dn }) => dn === PEOPLE)).toEqual({ dn: PEOPLE, name: "People", kind: "organizational-unit", hasChildren: true });
      expect(top.find(({ name }) => name === "Users")).toMatchObject({ kind: "container", hasChildren: false });
      expect(taken(await objects.containers(PEOPLE))).toEqual([{ dn: `OU=Level,${PEOPLE}`, name: "Level", kind: "organizational-unit", hasChildren: true }]);
      expect(taken(await objects.containers(`OU=Level,${PEOPLE}`))).toMatchObject([{ name: "Lower", hasChildren: false }]);
      expect(await objects.containers(`OU=Nowhere,${DOMAIN_DN}`)).toMatchObject(refused("container-missing"));
    });

    test("objects by what they are called", async () => {
      const made = await make({ ...groupNamed("Findable (one) * two"), accountName: "findable-1" }, { password: null, attributes: { mailNickname: ["fnd"], mail: ["fnd@contoso.lab"], proxyAddresses: ["SMTP:fnd@contoso.lab", "smtp:secondary@fabrikam.lab"] } });
      const expected = { identity: made.identity, guid: made.guid, controller: subject.controller, name: "Findable (one) * two", type: "distribution-group", alias: "fnd", address: "fnd@contoso.lab", accountName: "findable-1", mailEnabled: true, why: null };
      for (const text of ["Findable (one) *", "findable", "fnd", "fnd@contoso", "secondary@fabrikam.lab", made.identity, made.identity.toUpperCase()]) {
        expect({ text, ...taken(await objects.find(text)) }).toEqual({ text, objects: [expected], more: false });
      }
      for (const text of ["*", "nobody)(objectClass=*", "able (one)"]) expect({ text, ...taken(await objects.find(text)) }).toMatchObject({ text, objects: [], more: false });
    });

    test("kinds, and why something is none", async () => {
      await session(async (opened) => {
        taken(await opened.add(`CN=kind-global,${GROUPS}`, { objectClass: ["group"], sAMAccountName: ["kind-global"], groupType: ["-2147483646"] }));
        taken(await opened.add(`CN=kind-security,${GROUPS}`, { objectClass: ["group"], sAMAccountName: ["kind-security"], groupType: ["-2147483640"] }));
        taken(await opened.add(`CN=kind-user,${PEOPLE}`, { objectClass: ["user"], sAMAccountName: ["kind-user"] }));
        taken(await opened.add(`CN=kind-mail-user,${PEOPLE}`, { objectClass: ["user"], sAMAccountName: ["kind-mail-user"], mailNickname: ["kind"], targetAddress: ["SMTP:x@fabrikam.lab"] }));
        taken(await opened.add(`CN=kind-contact,${PEOPLE}`, { objectClass: ["contact"] }));
      });
      const { objects: found } = taken(await objects.find("kind-"));
      expect(Object.fromEntries(found.map(({ name, type, why, mailEnabled }) => [name, [type, why, mailEnabled]]))).toEqual({
        "kind-global": [null, "not-universal", false],
        "kind-security": ["security-group", null, false],
        "kind-user": ["mailbox", null, false],
        "kind-mail-user": ["mail-user", null, true],
        "kind-contact": ["mail-contact", null, false],
      });
    });

    test("at most fifty, with what is called just so first", async () => {
      await session(async (opened) => {
        for (let number = 0; number < 51; number += 1) taken(await opened.add(`CN=fifty${number},${PEOPLE}`, { objectClass: ["contact"] }));
        const all = taken(await objects.find("fifty"));
        expect([all.objects.length, all.more]).toEqual([50, true]);
        for (const number of [0, 24, 50]) expect(taken(await objects.find(`fifty${number}`)).objects[0]?.name).toBe(`fifty${number}`);
        taken(await opened.add(`CN=fifty,${PEOPLE}`, { objectClass: ["contact"] }));
        expect(taken(await objects.find("fifty")).objects[0]?.name).toBe("fifty");
        taken(await opened.remove(`CN=fifty,${PEOPLE}`));
        taken(await opened.remove(`CN=fifty50,${PEOPLE}`));
        const fewer = taken(await objects.find("fifty"));
        expect([fewer.objects.length, fewer.more]).toEqual([50, false]);
      });
    });

    test("what is taken, before anything is written", async () => {
      const made = await make({ ...userNamed("taken-user"), name: "Taken" }, { password: null, attributes: { mailNickname: ["taken"], mail: ["taken@contoso.lab"], proxyAddresses: ["SMTP:taken@contoso.lab"] } });
      const request = { ...userNamed("TAKEN-user"), name: "taken", alias: "Taken", externalAddress: "TAKEN@contoso.lab", type: "mail-user" } as const;
      const codes = async (wanted: MailRequest, address: string | null) => taken(await objects.conflicts(wanted, address)).map(({ path, code }) => `${path.join(".")} ${code}`);
      expect(await codes(request, "Taken@contoso.lab")).toEqual([
        "name object-name-taken",
        "accountName account-name-taken",
        "accountName sign-in-name-taken",
        "alias alias-taken",
        "alias address-taken",
        "externalAddress external-address-taken",
      ]);
      expect(await codes({ ...request, address: "taken@contoso.lab", container: `OU=Nowhere,${DOMAIN_DN}` }, "taken@contoso.lab")).toContain("container container-missing");
      expect(await codes(contactNamed("free"), "free@contoso.lab")).toEqual([]);
      const enabling: MailRequest = { ...request, action: "enable", identity: made.identity, externalAddress: null };
      expect(await codes(enabling, "taken@contoso.lab")).toEqual([]);
      expect(await codes({ ...enabling, identity: `CN=Nobody,${PEOPLE}` }, null)).toContain("identity object-missing");
    });

    test("one controller, and no other", async () => {
      const pinned = taken(await openFor(subject, subject.accounts.mail, { domainControllers: ["127.0.0.1:1"] }, subject.controller));
      expect(pinned.controller).toBe(subject.controller);
      await pinned.close();
      expect(await openFor(subject, subject.accounts.mail, {}, "127.0.0.1:1")).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    });
  });
}

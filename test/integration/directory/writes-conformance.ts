/** What every directory is held to that objects are made in; the real one decides what is right. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gather } from "../../../main/directory/gather.ts";
import type { Subject } from "./subject.ts";
import { bare, contactNamed, DOMAIN_DN, forbidden, groupNamed, GROUPS, openFor, openWriter, PASSWORD, PEOPLE, refused, taken, userNamed, type Writer } from "./writes-support.ts";

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function writesConformance(name: string, start: () => Promise<Subject>): void {
  describe(`${name} takes changes as Active Directory does`, () => {
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
    const seen: Writer["seen"] = (dn, attributes) => writer.seen(dn, attributes);

    describe("what is made", () => {
      test.each([
        ["distribution-group", "8"],
        ["security-group", "-2147483640"],
      ] as const)("a universal group: %s", async (type, groupType) => {
        const request = { ...groupNamed(`Made ${type}`), type };
        const made = await make(request, { password: null, attributes: { mailNickname: ["made"], proxyAddresses: ["SMTP:made@contoso.lab", "smtp:second@contoso.lab"] } });
        expect(made).toEqual({ identity: `CN=Made ${type},${GROUPS}`, guid: expect.stringMatching(GUID), controller: subject.controller });
        expect(await seen(made.identity, ["groupType", "sAMAccountName", "displayName", "mailNickname", "proxyAddresses"])).toMatchObject({
          groupType: [groupType],
          sAMAccountName: [request.name],
          displayName: [request.name],
          mailNickname: ["made"],
          proxyAddresses: expect.arrayContaining(["SMTP:made@contoso.lab", "smtp:second@contoso.lab"]),
        });
        expect(taken(await objects.locate(request))).toEqual(made);
        // What stands there is of another kind, or has another account: nobody made it for that request.
        expect(taken(await objects.locate({ ...request, type: "mail-contact" }))).toBeNull();
        expect(taken(await objects.locate({ ...request, type: type === "security-group" ? "distribution-group" : "security-group" }))).toBeNull();
        expect(taken(await objects.locate({ ...request, accountName: "another" }))).toBeNull();
        taken(await objects.remove(made));
        expect(taken(await objects.locate(request))).toBeNull();
      });

      test("a user with a password, who must change it at first sign-in", async () => {
        const made = await make(userNamed("made-user"), { password: PASSWORD, attributes: {} });
        expect(await seen(made.identity, ["userAccountControl", "pwdLastSet", "userPrincipalName", "sAMAccountName", "unicodePwd"])).toMatchObject({ userAccountControl: ["512"], pwdLastSet: ["0"], userPrincipalName: ["made-user@contoso.lab"], sAMAccountName: ["made-user"] });
        expect(await seen(made.identity, ["unicodePwd"])).not.toHaveProperty("unicodePwd");
      });

      test("a user without a password, disabled", async () => {
        const made = await make({ ...userNamed("made-mail-user"), type: "mail-user" });
        expect(await seen(made.identity, ["userAccountControl", "objectClass"])).toMatchObject({ userAccountControl: ["514"], objectClass: ["top", "person", "organizationalPerson", "user"] });
      });

      test("a contact, without an account", async () => {
        const made = await make(contactNamed("Made Contact"), { password: null, attributes: { targetAddress: ["SMTP:else@fabrikam.lab"] } });
        expect(await seen(made.identity, ["objectClass", "displayName", "targetAddress", "sAMAccountName"])).toMatchObject({ objectClass: ["top", "person", "organizationalPerson", "contact"], displayName: ["Made Contact"], targetAddress: ["SMTP:else@fabrikam.lab"] });
      });

      test("a Microsoft 365 group is not made in Active Directory", async () => {
        expect(await objects.create({ ...groupNamed("cloud"), type: "microsoft-365-group" }, bare)).toMatchObject(refused("type-not-supported"));
      });

      test("the GUID is the directory's, in the order that Microsoft's tools write", async () => {
        const made = await make(groupNamed("GUID"));
        const byGuid = await seen(`<GUID=${made.guid ?? ""}>`, ["cn"]);
        expect(byGuid).toMatchObject({ cn: ["GUID"] });
      });

      test("more than a page of objects is found by later searches, each once", async () => {
        const unit = `OU=Many,${GROUPS}`;
        await session(async (opened) => {
          taken(await opened.add(unit, { objectClass: ["organizationalUnit"] }));
          for (let number = 0; number < 520; number += 1) taken(await opened.add(`CN=Many ${number},${unit}`, { objectClass: ["contact"] }));
          const found = taken(await gather(opened.search({ base: unit, filter: "(objectClass=contact)", attributes: ["cn"] })));
          expect(new Set(found.entries.map(({ dn }) => dn)).size).toBe(520);
          expect(found.entries).toHaveLength(520);
        });
      });
    });

    describe("what is refused", () => {
      test("a name that another object in the container has", async () => {
        await make(groupNamed("Twice"));
        expect(await objects.create({ ...groupNamed("Twice"), accountName: "twice-other" }, bare)).toMatchObject(refused("name-taken"));
        expect(await objects.create({ ...groupNamed("TWICE"), accountName: "twice-other" }, bare)).toMatchObject(refused("name-taken"));
      });

      test.each([
        ["a group's by a group", "group-account", groupNamed("another group"), groupNamed],
        ["a user's by a user", "user-account", userNamed("another user"), userNamed],
        ["a group's by a user", "mixed-account", userNamed("mixed"), groupNamed],
      ] as const)("an account name: %s", async (_what, account, second, first) => {
        await make(first(account));
        expect(await objects.create({ ...second, accountName: account.toUpperCase() }, bare)).toMatchObject(refused("account-name-taken"));
      });

      test("a name at sign-in", async () => {
        await session(async (opened) => taken(await opened.add(`CN=upn one,${PEOPLE}`, { objectClass: ["user"], sAMAccountName: ["upn-one"], userPrincipalName: ["upn-two@contoso.lab"] })));
        expect(await objects.create(userNamed("upn-two"), bare)).toMatchObject(refused("account-name-taken"));
      });

      test("a container that is not there", async () => {
        expect(await objects.create({ ...groupNamed("Nowhere"), container: `OU=Nowhere,${DOMAIN_DN}` }, bare)).toMatchObject(refused("container-missing"));
      });

      test.each([
        ["short", "Ab1-"],
        ["of two kinds", "abcdefgh12345"],
      ])("a password that is %s", async (what, password) => {
        expect(await objects.create(userNamed(`weak-${what.slice(0, 5).trim()}`), { password, attributes: {} })).toMatchObject(refused("password-policy"));
        expect(taken(await objects.locate(userNamed(`weak-${what.slice(0, 5).trim()}`)))).toBeNull();
      });

      test("a password over a connection that is not protected, before it is sent", async () => {
        const insecure = await openFor(subject, subject.accounts.mail, { security: "none" });
        // A hardened controller does not even let anybody sign in.
        const answer = insecure.ok ? await insecure.value.create(userNamed("in-the-clear"), { password: PASSWORD, attributes: {} }) : insecure;
        expect(answer).toMatchObject(subject.hardened ? { ok: false, fault: { kind: "sign-in", reason: "encryption-required" } } : refused("password-needs-encryption"));
        expect(taken(await objects.locate(userNamed("in-the-clear")))).toBeNull();
        if (insecure.ok) await insecure.value.close();
      });

      test.each([
        ["the domain's root", DOMAIN_DN],
        ["another container", `CN=Users,${DOMAIN_DN}`],
        ["the configuration", `CN=Services,CN=Configuration,${DOMAIN_DN}`],
      ])("whoever has no right: in %s", async (_where, container) => {
        expect(await objects.create({ ...contactNamed("No Right"), container }, bare)).toMatchObject(forbidden("create-objects"));
      });

      test("whoever has no right: an ordinary account", async () => {
        const made = await make(groupNamed("Not Yours"));
        const other = taken(await openFor(subject, subject.accounts.unprivileged));
        expect(await other.create(groupNamed("Mine"), bare)).toMatchObject(forbidden("create-objects"));
        await session(async (opened) => {
          expect(await opened.modify(made.identity, [{ how: "replace", attribute: "description", values: ["x"] }])).toMatchObject(forbidden("change-objects"));
          expect(await opened.remove(made.identity)).toMatchObject(forbidden("delete-objects"));
        }, subject.accounts.unprivileged);
        await other.close();
      });

      test.each([
        ["an attribute that there is not", { objectClass: ["group"], noSuchAttribute: ["x"] }],
        ["an attribute of another class", { objectClass: ["group"], givenName: ["x"] }],
        ["two values where one may be", { objectClass: ["group"], displayName: ["one", "two"] }],
        ["an empty value", { objectClass: ["group"], displayName: [""] }],
      ])("%s", async (what, attributes) => {
        const answer = await session((opened) => opened.add(`CN=Wrong,${GROUPS}`, { sAMAccountName: ["wrong"], ...attributes }));
        expect({ what, answer }).toMatchObject({ answer: refused("value-not-allowed") });
      });

      test.each([["0"], ["12"], ["abc"]])("the group type %s", async (groupType) => {
        const answer = await session((opened) => opened.add(`CN=Wrong,${GROUPS}`, { objectClass: ["group"], sAMAccountName: ["wrong"], groupType: [groupType] }));
        expect(answer).toMatchObject({ ok: false, fault: { kind: "object-refused" } });
      });

      test("an object below a group, and names that are none", async () => {
        const made = await make(groupNamed("No Container"));
        await session(async (opened) => {
          expect(await opened.add(`CN=Below,${made.identity}`, { objectClass: ["group"] })).toMatchObject(refused("name-not-allowed"));
          expect(await opened.add("nonsense", { objectClass: ["group"] })).toMatchObject(refused("name-not-allowed"));
        });
      });
    });

    describe("what is changed", () => {
      test("adds, replaces and takes away values, and marks the change", async () => {
        const made = await make(groupNamed("Changed"));
        const before = await seen(made.identity, ["uSNChanged"]);
        taken(
          await objects.modify(made, [
            { how: "replace", attribute: "mailNickname", values: ["changed"] },
            { how: "add", attribute: "proxyAddresses", values: ["smtp:a@contoso.lab", "smtp:b@contoso.lab"] },
          ]),
        );
        taken(await objects.modify(made, [{ how: "delete", attribute: "proxyAddresses", values: ["smtp:a@contoso.lab"] }]));
        taken(await objects.modify(made, [{ how: "replace", attribute: "displayName", values: [] }]));
        const after = await seen(made.identity, ["mailNickname", "proxyAddresses", "displayName", "uSNChanged"]);
        expect(after).toMatchObject({ mailNickname: ["changed"], proxyAddresses: ["smtp:b@contoso.lab"] });
        expect(after).not.toHaveProperty("displayName");
        expect(Number(after?.["uSNChanged"]?.[0])).toBeGreaterThan(Number(before?.["uSNChanged"]?.[0]));
        expect(taken(await objects.read(made, ["mailNickname"]))?.attributes["mailnickname"]).toEqual(["changed"]);
      });

      test("octets stay octets", async () => {
        const made = await make(userNamed("octets"));
        const octets = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + 1);
        taken(await objects.modify(made, [{ how: "replace", attribute: "msExchMailboxGuid", values: [octets] }]));
        expect(taken(await objects.read(made, ["msExchMailboxGuid"]))?.attributes["msexchmailboxguid"]).toEqual([Buffer.from(octets).toString("base64")]);
      });

      test("values that are there already, or are not", async () => {
        const made = await make(groupNamed("Values"));
        taken(await objects.modify(made, [{ how: "add", attribute: "proxyAddresses", values: ["smtp:one@contoso.lab"] }]));
        expect(await objects.modify(made, [{ how: "add", attribute: "proxyAddresses", values: ["smtp:one@contoso.lab"] }])).toMatchObject(refused("value-not-allowed"));
        expect(await objects.modify(made, [{ how: "delete", attribute: "proxyAddresses", values: ["smtp:two@contoso.lab"] }])).toMatchObject(refused("value-not-allowed"));
        expect(await objects.modify(made, [{ how: "replace", attribute: "objectGUID", values: [new Uint8Array(16)] }])).toMatchObject(refused("value-not-allowed"));
      });

      test("members, and whose members they are", async () => {
        const member = await make(userNamed("a-member"));
        const group = await make(groupNamed("Members"));
        taken(await objects.modify(group, [{ how: "add", attribute: "member", values: [member.identity] }]));
        expect(taken(await objects.read(member, ["memberOf"]))?.attributes["memberof"]).toEqual([group.identity]);
        taken(await objects.remove(group));
        expect(taken(await objects.read(member, ["memberOf"]))?.attributes["memberof"]).toBeUndefined();
      });

      test("an object that is gone", async () => {
        const made = await make(groupNamed("Gone"));
        taken(await objects.remove(made));
        expect(taken(await objects.remove(made))).toBeNull();
        expect(taken(await objects.read(made, ["cn"]))).toBeNull();
        expect(await objects.modify(made, [{ how: "replace", attribute: "description", values: ["x"] }])).toMatchObject(refused("object-missing"));
        await session(async (opened) => {
          expect(await opened.remove(made.identity)).toMatchObject(refused("object-missing"));
          expect(await opened.modify(made.identity, [{ how: "replace", attribute: "description", values: ["x"] }])).toMatchObject(refused("object-missing"));
          expect(taken(await opened.read(made.identity, ["cn"]))).toBeNull();
        });
      });

      test("another object in its place is left alone", async () => {
        const first = await make(groupNamed("Replaced"));
        taken(await objects.remove(first));
        const second = await make(groupNamed("Replaced"));
        expect(second.guid).not.toBe(first.guid);
        expect(taken(await objects.read(first, ["cn"]))).toBeNull();
        expect(taken(await objects.remove(first))).toBeNull();
        expect(taken(await objects.locate(groupNamed("Replaced")))).toEqual(second);
      });

      test("what holds other objects is not deleted", async () => {
        const unit = `OU=Full,${GROUPS}`;
        await session(async (opened) => {
          taken(await opened.add(unit, { objectClass: ["organizationalUnit"] }));
          taken(await opened.add(`CN=Inside,${unit}`, { objectClass: ["contact"] }));
          expect(await opened.remove(unit)).toMatchObject(refused("not-empty"));
          taken(await opened.remove(`CN=Inside,${unit}`));
          taken(await opened.remove(unit));
        });
      });
    });
  });
}

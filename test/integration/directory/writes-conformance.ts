/** What every directory is held to that objects are made in; the real one decides what is right. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openObjects } from "../../../main/directory/index.ts";
import { gather } from "../../../main/directory/gather.ts";
import type { DirectoryObjects, DirectorySession } from "../../../main/directory/types.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../shared/model/mail-object.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { ldapSearch } from "./ldapsearch.ts";
import { connectionTo, open, systemClock, type Account, type Subject } from "./subject.ts";

const DOMAIN_DN = "DC=contoso,DC=lab";
const GROUPS = `OU=Groups,${DOMAIN_DN}`;
const PEOPLE = `OU=People,${DOMAIN_DN}`;
const PASSWORD = "First-Password-1";
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const plain: MailRequest = { action: "create", type: "distribution-group", name: "", container: GROUPS, identity: null, alias: "", address: null, externalAddress: null, accountName: null };
const groupNamed = (name: string): MailRequest => ({ ...plain, name, alias: name.toLowerCase(), accountName: name });
const userNamed = (name: string): MailRequest => ({ ...groupNamed(name), type: "mailbox", container: PEOPLE });
const contactNamed = (name: string): MailRequest => ({ ...groupNamed(name), type: "mail-contact", container: PEOPLE, accountName: null });
const bare = { password: null, attributes: {} };

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

const refused = (why: Extract<Fault, { kind: "object-refused" }>["why"]) => ({ ok: false, fault: { kind: "object-refused", why } });

/** Opens the subject's objects as the product does. */
function openFor(subject: Subject, account: Account = subject.accounts.mail, changes: Parameters<typeof connectionTo>[2] = {}, controller?: string) {
  const deps = { resolver: subject.resolver, clock: systemClock, logger: silentLogger };
  return openObjects(connectionTo(subject, subject.authorityPem, changes), { ...account, signal: new AbortController().signal, ...(controller === undefined ? {} : { controller }) }, deps);
}

export function writesConformance(name: string, start: () => Promise<Subject>): void {
  describe(`${name} takes changes as Active Directory does`, () => {
    let subject: Subject;
    let objects: DirectoryObjects;
    beforeAll(async () => {
      subject = await start();
      objects = taken(await openFor(subject));
    });
    afterAll(async () => {
      await objects.close();
      await subject.dispose();
    });

    const session = async <T>(work: (opened: DirectorySession) => Promise<T>, account: Account = subject.accounts.mail): Promise<T> => {
      const opened = taken((await open(subject, connectionTo(subject, subject.authorityPem), account)).opened);
      const result = await work(opened);
      await opened.close();
      return result;
    };
    /** As a program reads it that shares no code with the product. */
    const seen = async (dn: string, attributes: readonly string[]) => {
      const { entries } = await ldapSearch({ url: subject.urls.ldaps, account: subject.accounts.mail, base: dn, scope: "base", filter: "(objectClass=*)", attributes });
      return entries[0] ?? null;
    };
    const make = async (request: MailRequest, details: Parameters<DirectoryObjects["create"]>[1] = bare): Promise<DirectoryObject> => taken(await objects.create(request, details));

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
        if (subject.hardened) {
          expect(insecure).toMatchObject({ ok: false, fault: { kind: "sign-in", reason: "encryption-required" } });
          return;
        }
        const opened = taken(insecure);
        expect(await opened.create(userNamed("in-the-clear"), { password: PASSWORD, attributes: {} })).toMatchObject(refused("password-needs-encryption"));
        expect(taken(await opened.locate(userNamed("in-the-clear")))).toBeNull();
        await opened.close();
      });

      test.each([
        ["the domain's root", DOMAIN_DN],
        ["another container", `CN=Users,${DOMAIN_DN}`],
        ["the configuration", `CN=Services,CN=Configuration,${DOMAIN_DN}`],
      ])("whoever has no right: in %s", async (_where, container) => {
        expect(await objects.create({ ...contactNamed("No Right"), container }, bare)).toMatchObject({ ok: false, fault: { kind: "forbidden", needs: ["create-objects"] } });
      });

      test("whoever has no right: an ordinary account", async () => {
        const made = await make(groupNamed("Not Yours"));
        const other = taken(await openFor(subject, subject.accounts.unprivileged));
        expect(await other.create(groupNamed("Mine"), bare)).toMatchObject({ ok: false, fault: { kind: "forbidden", needs: ["create-objects"] } });
        await session(async (opened) => {
          expect(await opened.modify(made.identity, [{ how: "replace", attribute: "description", values: ["x"] }])).toMatchObject({ ok: false, fault: { kind: "forbidden", needs: ["change-objects"] } });
          expect(await opened.remove(made.identity)).toMatchObject({ ok: false, fault: { kind: "forbidden", needs: ["delete-objects"] } });
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

    describe("looking around", () => {
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

      test("at most fifty", async () => {
        await session(async (opened) => {
          for (let number = 0; number < 51; number += 1) taken(await opened.add(`CN=fifty${number},${PEOPLE}`, { objectClass: ["contact"] }));
          const all = taken(await objects.find("fifty"));
          expect([all.objects.length, all.more]).toEqual([50, true]);
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
  });
}

/** One suite for every directory the product is tried against; the real one decides what is right. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presentedCertificate } from "../../../main/directory/index.ts";
import { gather } from "../../../main/directory/gather.ts";
import type { DirectorySession } from "../../../main/directory/types.ts";
import type { ActiveDirectoryConnection } from "../../../shared/model/identity-store.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { ldapSearch } from "./ldapsearch.ts";
import { connectionTo, listExchange, open, systemClock, type Account, type Subject } from "./subject.ts";

const allServers = ["EDGE1", "EXA", "EXB", "EXC", "EXD", "EXS"];

/** Filters over the organisation's servers and whom they find. */
const filters: readonly (readonly [filter: string, found: readonly string[]])[] = [
  ["(objectCategory=msExchExchangeServer)", allServers],
  ["(objectClass=msExchExchangeServer)", allServers],
  ["(&(objectCategory=msExchExchangeServer)(cn=EXA))", ["EXA"]],
  ["(&(objectCategory=msExchExchangeServer)(cn=exa))", ["EXA"]],
  ["(&(objectCategory=msExchExchangeServer)(cn=EX*))", ["EXA", "EXB", "EXC", "EXD", "EXS"]],
  ["(&(objectCategory=msExchExchangeServer)(cn=*G*1))", ["EDGE1"]],
  ["(&(objectCategory=msExchExchangeServer)(!(cn=EX*)))", ["EDGE1"]],
  ["(|(cn=EXA)(cn=EXB))", ["EXA", "EXB"]],
  ["(&(objectCategory=msExchExchangeServer)(networkAddress=*))", allServers],
  ["(networkAddress=ncacn_ip_tcp:exb.contoso.lab)", ["EXB"]],
  ["(msExchCurrentServerRoles:1.2.840.113556.1.4.803:=64)", ["EDGE1"]],
  ["(&(objectCategory=msExchExchangeServer)(msExchCurrentServerRoles>=65))", ["EXA", "EXB", "EXC", "EXD", "EXS"]],
  ["(&(objectCategory=msExchExchangeServer)(msExchCurrentServerRoles<=64))", ["EDGE1"]],
  ["(cn=nobody \\28of that name\\29)", []],
];

const sorted = (names: readonly (string | undefined)[]) => names.map((name) => name ?? "").toSorted((a, b) => (a < b ? -1 : 1));

/** Holds a directory to Active Directory's ways, with the product's client and with ldapsearch. */
export function directoryConformance(name: string, start: () => Promise<Subject>): void {
  describe(`${name} behaves as Active Directory`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(async () => {
      await subject.dispose();
    });

    const connection = (changes: Partial<ActiveDirectoryConnection> = {}) => connectionTo(subject, subject.authorityPem, changes);
    const enter = (account: Account, changes: Partial<ActiveDirectoryConnection> = {}) => open(subject, connection(changes), account);
    const within = async <T>(work: (session: DirectorySession) => Promise<T>): Promise<T> => {
      const { opened } = await enter(subject.accounts.mail);
      if (!opened.ok) throw new Error(`not signed in: ${JSON.stringify(opened.fault)}`);
      const result = await work(opened.value);
      await opened.value.close();
      return result;
    };
    const configurationDn = () => `CN=Configuration,${subject.domain.split(".").map((label) => `DC=${label}`).join(",")}`;
    const exchangeDn = () => `CN=Microsoft Exchange,CN=Services,${configurationDn()}`;

    describe("signing in", () => {
      test.each([
        ["user@domain", (account: Account) => account.username],
        ["DOMAIN\\user", (account: Account) => `${subject.netbios}\\${account.username.split("@")[0] ?? ""}`],
        ["a distinguished name", () => subject.accounts.mailDn],
        ["a bare name, completed", (account: Account) => account.username.split("@")[0] ?? ""],
      ])("as %s", async (_form, username) => {
        const { mail } = subject.accounts;
        const { opened } = await enter({ username: username(mail), password: mail.password });
        expect(opened).toMatchObject({ ok: true, value: { host: subject.controller } });
        if (opened.ok) await opened.value.close();
      });

      test.each(["ldaps", "starttls"] as const)("over %s, rung by rung", async (security) => {
        const { opened, rungs } = await enter(subject.accounts.mail, { security });
        expect(rungs.map(({ rung, outcome }) => [rung, outcome.state])).toEqual(["dns", "tcp", "tls", "sign-in", "directory-search"].map((rung) => [rung, "passed"]));
        expect(rungs[2]?.outcome).toMatchObject({ answer: "TLSv1.3" });
        if (opened.ok) await opened.value.close();
      });

      test("without TLS: refused by a hardened controller, said before any other reason", async () => {
        const { opened, rungs } = await enter(subject.accounts.mail, { security: "none" });
        expect(rungs.find(({ rung }) => rung === "tls")?.outcome).toEqual({ state: "skipped", why: "not-needed" });
        if (opened.ok) await opened.value.close();
        const said = opened.ok || opened.fault.kind !== "sign-in" ? opened.ok : opened.fault.reason;
        expect(said).toBe(subject.hardened ? "encryption-required" : true);
      });

      test("a wrong password is refused once, however many controllers there are", async () => {
        const { opened, rungs } = await enter({ ...subject.accounts.mail, password: "not-the-password" }, { domainControllers: [subject.controller, subject.controller] });
        expect(opened).toEqual({ ok: false, fault: { kind: "sign-in", reason: "wrong-credentials", detail: "52e" } });
        expect(rungs.filter(({ rung }) => rung === "sign-in")).toHaveLength(1);
        expect(rungs.at(-1)).toMatchObject({ rung: "directory-search", outcome: { state: "skipped", why: "earlier-rung" } });
      });

      test("an unknown account is refused like a wrong password", async () => {
        const { opened } = await enter({ username: `nobody@${subject.domain}`, password: "whatever" });
        expect(opened).toMatchObject({ ok: false, fault: { kind: "sign-in", reason: "wrong-credentials" } });
      });

      test.each([
        ["passwordExpired", "password-expired", "532"],
        ["disabled", "account-disabled", "533"],
        ["mustChange", "password-must-change", "773"],
        ["locked", "account-locked", "775"],
        ["expired", "account-expired", "701"],
      ] as const)("the account %s answers %s", async (account, reason, detail) => {
        const { opened } = await enter(subject.accounts[account]);
        expect(opened).toEqual({ ok: false, fault: { kind: "sign-in", reason, detail } });
      });

      test("an empty password is never sent: the directory would take it for nobody", async () => {
        const { opened, rungs } = await enter({ ...subject.accounts.mail, password: "" });
        expect(opened).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["password"], code: "required" }] } });
        expect(rungs).toEqual([]);
      });

      test("nobody may read the rootDSE and nothing else", async () => {
        const ask = (base: string, scope: "base" | "sub") =>
          ldapSearch({ url: subject.urls.ldap, account: null, base, scope, filter: "(objectClass=*)", attributes: ["configurationNamingContext"], page: null });
        const root = await ask("", "base");
        expect(root.entries[0]?.["configurationNamingContext"]).toEqual([configurationDn()]);
        const inside = await ask(configurationDn(), "sub");
        expect(inside.code).toBe(1);
        expect(inside.entries).toEqual([]);
      });
    });

    describe("certificates", () => {
      const strict = () => ({ ...subject, resolver: { ...subject.resolver, authorities: [] } });

      test.each(["ldaps", "starttls"] as const)("an unknown authority is refused over %s before any password is sent", async (security) => {
        const { opened, rungs } = await open(strict(), connection({ security, trust: { mode: "system" } }), subject.accounts.mail);
        expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "certificate-issuer-unknown", host: subject.controller } });
        expect(rungs.find(({ rung }) => rung === "sign-in")?.outcome).toEqual({ state: "skipped", why: "earlier-rung" });
      });

      test.each(["ldaps", "starttls"] as const)("the certificate shown over %s can be pinned, and another cannot", async (security) => {
        const deps = { resolver: strict().resolver, clock: systemClock, logger: silentLogger };
        const shown = await presentedCertificate({ host: "", domain: subject.domain, dnsServer: subject.dnsServer, security }, deps, new AbortController().signal);
        const names = [subject.controller, subject.domain];
        expect(shown).toMatchObject({ ok: true, value: { host: subject.controller, subject: null, names, problem: { reason: "certificate-issuer-unknown", detail: expect.stringMatching(/^Practice Organisation CA /) } } });
        if (!shown.ok) return;
        const pinned = await open(strict(), connection({ security, trust: { mode: "pinned", sha256: shown.value.sha256 } }), subject.accounts.mail);
        expect(pinned.opened.ok).toBe(true);
        if (pinned.opened.ok) await pinned.opened.value.close();
        const other = await open(strict(), connection({ security, trust: { mode: "pinned", sha256: "0".repeat(64) } }), subject.accounts.mail);
        expect(other.opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "certificate-changed", detail: shown.value.sha256 } });
      });
    });

    describe("finding a controller", () => {
      test("a domain that DNS does not know", async () => {
        const site = { ...subject, domain: "fabrikam.lab" };
        const { opened, rungs } = await open(site, connectionTo(site, subject.authorityPem), subject.accounts.mail);
        expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "name-not-found", host: "fabrikam.lab" } });
        expect(rungs.map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls", "sign-in", "directory-search"]);
      });

      test("a controller that cannot be reached is passed over", async () => {
        const gone = [`gone.${subject.domain}`, "127.0.0.1:1"];
        const alone = await enter(subject.accounts.mail, { domainControllers: gone });
        expect(alone.opened).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
        const { opened } = await enter(subject.accounts.mail, { domainControllers: [...gone, subject.controller] });
        expect(opened).toMatchObject({ ok: true, value: { host: subject.controller } });
        if (opened.ok) await opened.value.close();
      });

      test("giving up is heard at once", async () => {
        const stop = new AbortController();
        const opening = open(subject, connection(), subject.accounts.mail, stop.signal);
        stop.abort();
        expect((await opening).opened).toEqual({ ok: false, fault: { kind: "cancelled" } });
      });
    });

    describe("searching", () => {
      test("the rootDSE names the partitions", () =>
        within((session) => {
          expect(session.rootDse["configurationnamingcontext"]).toEqual([configurationDn()]);
          expect(session.rootDse["dnshostname"]?.map((host) => host.toLowerCase())).toEqual([subject.controller]);
          return Promise.resolve();
        }));

      test.each(filters)("%s", async (filter, expected) => {
        const ours = await within((session) => gather(session.search({ base: exchangeDn(), filter, attributes: ["cn"] })));
        const theirs = await ldapSearch({ url: subject.urls.ldaps, account: subject.accounts.mail, base: exchangeDn(), filter, attributes: ["cn"] });
        expect(ours.ok ? sorted(ours.value.entries.map(({ attributes }) => attributes["cn"]?.[0])) : ours).toEqual(expected);
        expect(sorted(theirs.entries.map((entry) => entry["cn"]?.[0]))).toEqual(expected);
      });

      test("both clients read the same of every server, over StartTLS as well", async () => {
        const attributes = ["cn", "networkAddress", "serialNumber", "versionNumber", "msExchCurrentServerRoles", "msExchServerSite"];
        const filter = "(objectCategory=msExchExchangeServer)";
        const ours = await within((session) => gather(session.search({ base: exchangeDn(), filter, attributes })));
        const theirs = await ldapSearch({ url: subject.urls.ldap, startTls: true, account: subject.accounts.mail, base: exchangeDn(), filter, attributes });
        const shape = (entry: Readonly<Record<string, readonly string[]>>) =>
          attributes.map((attribute) => [...(entry[attribute] ?? entry[attribute.toLowerCase()] ?? [])].toSorted());
        expect(ours.ok ? ours.value.entries.map((entry) => JSON.stringify(shape(entry.attributes))).toSorted() : ours).toEqual(theirs.entries.map((entry) => JSON.stringify(shape(entry))).toSorted());
        expect(theirs.entries).toHaveLength(allServers.length);
      });

      test("bytes and text are told apart by the schema, whatever the values look like", async () => {
        const search = { base: exchangeDn(), filter: "(cn=EXA)", attributes: ["cn", "objectGUID", "nTSecurityDescriptor", "msExchServerSite", "versionNumber"] };
        const found = await within((session) => gather(session.search(search)));
        const { objectguid = [], cn = [], msexchserversite = [] } = (found.ok ? found.value.entries[0]?.attributes : undefined) ?? {};
        expect(cn).toEqual(["EXA"]);
        expect(Buffer.from(objectguid[0] ?? "", "base64")).toHaveLength(16);
        expect(msexchserversite[0]).toContain("CN=Sites,");
      });

      test("a search that is left early leaves the connection fit for the next", () =>
        within(async (session) => {
          const search = { base: configurationDn(), filter: "(objectClass=*)", attributes: ["cn"] };
          for await (const page of session.search(search)) {
            expect(page.length).toBeGreaterThan(0);
            break;
          }
          expect(await gather(session.search({ ...search, filter: "(cn=EXA)" }))).toMatchObject({ ok: true, value: { entries: [{ attributes: { cn: ["EXA"] } }] } });
        }));

      test("a base that is not there", async () => {
        const found = await within((session) => gather(session.search({ base: `CN=Nothing,${configurationDn()}`, filter: "(objectClass=*)", attributes: ["cn"] })));
        expect(found).toMatchObject({ ok: false, fault: { kind: "not-found" } });
      });

      test("a whole partition through pages, though parts of it lie elsewhere", async () => {
        const pages: number[] = [];
        const search = { base: configurationDn(), filter: "(objectClass=*)", attributes: ["distinguishedName"] };
        const ours = await within((session) => gather(session.search(search), (found) => pages.push(found)));
        const theirs = await ldapSearch({ ...search, url: subject.urls.ldaps, account: subject.accounts.mail });
        // The schema partition lies below, and is not the configuration's.
        expect(ours).toMatchObject({ ok: true, value: { complete: "elsewhere" } });
        expect(ours.ok && ours.value.entries.length).toBe(theirs.entries.length);
        expect(pages.at(-1)).toBe(theirs.entries.length);
      });
    });

    describe("Exchange", () => {
      test.each([
        ["2013", ["exa.contoso.lab", "exb.contoso.lab"], "15.0.1497.2"],
        ["2016", ["exc.contoso.lab"], "15.1.2507.6"],
        ["2019", ["exd.contoso.lab"], "15.2.1544.4"],
        ["subscription", ["exs.contoso.lab"], "15.2.2562.17"],
      ] as const)("Sync Again lists the servers of %s", async (variant, names, build) => {
        const listing = await listExchange(subject, subject.authorityPem, subject.accounts.mail, variant);
        if (!listing.ok) throw new Error(JSON.stringify(listing.fault));
        expect(listing.value.servers.map((server) => server.name)).toEqual(names);
        expect(listing.value.servers.every((server) => server.build === build && server.site !== null && server.roles.includes("mailbox"))).toBe(true);
        expect(listing.value.source).toBe(subject.controller);
        expect(listing.value.notShown.reduce((sum, { count }) => sum + count, 0)).toBe(5 - names.length);
      });

      test("an account without rights is told so", async () => {
        const listing = await listExchange(subject, subject.authorityPem, subject.accounts.unprivileged, "2013");
        expect(listing).toMatchObject({ ok: false, fault: { kind: "forbidden" } });
      });

      test("a directory without Exchange is told apart from missing rights", async () => {
        const site = await subject.withoutExchange();
        const account = { ...subject.accounts.mail, username: subject.accounts.mail.username.replace(subject.domain, site.domain) };
        const listing = await listExchange(site, subject.authorityPem, account, "2013");
        await site.dispose();
        expect(listing).toEqual({ ok: false, fault: { kind: "not-found", what: "exchange-organisation" } });
      });
    });
  });
}

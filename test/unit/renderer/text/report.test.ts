// @vitest-environment jsdom
/** What is left behind of an identity store: true of what is saved, open about what is not known, and nobody's markup. */
import { array, assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { providers } from "../../../../main/providers/index.ts";
import type { ReportSource, SiteReport } from "../../../../renderer/text/report/content.ts";
import { htmlOf } from "../../../../renderer/text/report/html.ts";
import { markdownOf } from "../../../../renderer/text/report/markdown.ts";
import { preparedPoints } from "../../../../renderer/text/report/open-points.ts";
import { siteReport } from "../../../../renderer/text/report/site-report.ts";
import { rightText } from "../../../../renderer/text/provider.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { server, view } from "../stores/editor-support.ts";

const AT = Date.parse("2026-11-27T08:00:00");
const DAY = 86_400_000;
const exchange = providers.find(({ id }) => id === "exchange")?.descriptor ?? null;

const status = (name: string, changes: Partial<ServerStatus> = {}): ServerStatus => ({
  name, inForce: true, health: { state: "online", since: AT, ms: 4, depth: "health-check" }, activity: "idle", history: [], certificateExpiresAt: null, lastCheckAt: AT, nextCheckAt: null, lastCheck: null, probed: null,
  ...changes,
});
const statuses = (...all: readonly ServerStatus[]) => new Map(all.map((one) => [one.name, one]));
const inUse = (name: string, priority: number, changes: object = {}) => ({ ...server(name), version: "2013", ticked: true, priority, ...changes });

function source(changes: Partial<ReportSource> = {}): ReportSource {
  return {
    store: {
      id: "s", name: "Contoso HQ", revision: 7, directoryPassword: { state: "set", at: 1 },
      connection: { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } },
    },
    saved: view({
      values: { domain: "contoso.lab", username: "svc" }, secrets: { password: { state: "set", at: 1 } }, tested: { state: "passed", at: AT }, syncedAt: AT,
      servers: [inUse("exa", 2), inUse("exb", 1), server("exc")],
    }),
    provider: exchange, hasDraft: false, expiries: [], drift: null, statuses: statuses(status("exa"), status("exb")), at: AT, user: "CONTOSO\\eva", practice: false, version: "0.1.0",
    ...changes,
  };
}

const sectionOf = ({ sections }: SiteReport, title: string) => JSON.stringify(sections.find((section) => section.title.startsWith(title)));
const open = (changes: Partial<ReportSource>) => sectionOf(siteReport(source(changes)), "Open points");

describe("a site report", () => {
  it("says what is configured, in the order in which servers are tried, and that nothing is open", () => {
    const report = siteReport(source());
    expect(report.about).toContain("revision 7");
    const servers = sectionOf(report, "Mail servers");
    expect(servers.indexOf("exb")).toBeLessThan(servers.indexOf("exa"));
    expect(servers).toContain("Listed and not in use: exc.");
    expect(servers).toContain("2026-11-27 08:00");
    expect(sectionOf(report, "What was tested")).toContain("passed 2026-11-27 08:00");
    expect(sectionOf(report, "Messaging system")).toContain("stored");
    expect(sectionOf(report, "Rights")).toContain("Recipient Management");
    expect(sectionOf(report, "Open points")).toContain("None.");
  });

  it("calls nothing checked or tested that was not", () => {
    const report = siteReport(source({ saved: view({ servers: [inUse("exa", 1), inUse("exb", 2)] }), statuses: statuses(status("exa", { health: { state: "unchecked" }, lastCheckAt: null })) }));
    for (const row of ['["1","exa","Exchange 2013","Unknown","not checked"]', '["2","exb","Exchange 2013","Unknown","not checked"]']) expect(sectionOf(report, "Mail servers")).toContain(row);
    expect(sectionOf(report, "What was tested")).not.toContain("passed");
    expect(sectionOf(report, "Open points")).toContain("Not checked for this report: exa, exb.");
    expect(sectionOf(report, "Open points")).toContain("The saved configuration was not tested.");
  });

  const connection = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
  it.each<[string, Partial<ReportSource>, string]>([
    ["unsaved work", { hasDraft: true }, "unsaved work"],
    ["no provider", { saved: null, provider: null }, "No messaging provider is saved."],
    ["a failed test", { saved: view({ tested: { state: "failed", at: AT } }) }, "The last test of the saved configuration failed."],
    ["a secret that is missing", { saved: view() }, "Password is not entered."],
    ["a secret of another computer", { saved: view({ secrets: { password: { state: "unreadable", at: 1 } } }) }, "Password cannot be opened on this computer."],
    ["a directory without its password", { store: { ...source().store, directoryPassword: { state: "not-set" } } }, "directory's account is not entered."],
    ["a server that is gone", { saved: view({ servers: [inUse("exa", 1, { vanished: true })] }) }, "exa is in use, and was missing"],
    ["no server in use", { saved: view({ servers: [server("exa")] }) }, "No mail server is in use."],
    ["an incomplete list", { saved: view({ complete: "size-limit" }) }, "The list of servers is incomplete."],
    ["what drifted", { drift: { at: AT, vanished: 2, returned: 0, added: 1, changed: 0, certificates: 0, rights: 0, noneListed: false } }, "differ from what is saved: 2 servers vanished, 1 new server. Seen 2026-11-27 08:00."],
    ["a server that is away", { statuses: statuses(status("exa"), status("exb", { health: { state: "offline", since: AT, recovering: 0, reason: { kind: "unreachable", rung: "tcp", reason: "refused" } } })) }, "exb is Offline (TCP"],
    ["what has ended", { expiries: [{ id: "e", storeId: "s", storeName: "", kind: "support", subject: "exchange/2013", at: AT - DAY }] }, "Ended on 2026-11-26: Vendor support, Microsoft Exchange 2013."],
    ["what ends soon", { expiries: [{ id: "e", storeId: "s", storeName: "", kind: "server-certificate", subject: "exa", at: AT + 29 * DAY }] }, "Ends on 2026-12-26: Server certificate, exa."],
  ])("tells of %s", (_what, changes, words) => {
    expect(open(changes)).toContain(words);
  });

  it("of the practice organisation says that it is one", () => {
    expect(siteReport(source()).about).not.toContain("practice");
    expect(siteReport(source({ practice: true })).about).toContain("none of it is real");
  });

  it("leaves what ends later to its dates, and tells of a tenant", () => {
    const expiries = [{ id: "e", storeId: "s", storeName: "", kind: "server-certificate" as const, subject: "exa", at: AT + 31 * DAY }];
    expect(open({ expiries })).toContain("None.");
    const report = siteReport(source({ expiries, store: { ...source().store, connection } }));
    expect(sectionOf(report, "Dates")).toContain("2026-12-28");
    expect(sectionOf(report, "Identity store")).toContain("contoso.com");
    expect(sectionOf(report, "Identity store")).not.toContain("Password");
    const found = sectionOf(siteReport(source()), "Identity store");
    for (const words of ["Active Directory", "LDAPS", "those this computer trusts", "found through DNS", '"Password","value":"stored"']) expect(found).toContain(words);
  });

  it("has words for every right that a provider asks for", () => {
    expect(providers.flatMap(({ id, descriptor }) => descriptor.rights.filter((name) => rightText(id, name) === name))).toEqual([]);
    expect(providers.filter(({ descriptor }) => descriptor.rights.length === 0).map(({ id }) => id)).toEqual(["none"]);
  });
});

const named = (name: string, cells: readonly string[] = []): SiteReport => ({
  title: name, about: name,
  sections: [{ title: name, blocks: [{ kind: "facts", facts: [{ term: name, value: name }] }, { kind: "list", items: [name] }, { kind: "table", headings: ["a", "b"], rows: [[name, "end"], ...cells.map((cell) => [cell, "end"])] }, { kind: "text", text: name }] }],
});

describe("what is judged of a configuration without asking anybody", () => {
  it("is what was entered, and says nothing of servers that were not checked", () => {
    expect(preparedPoints(source())).toEqual([]);
    const away = status("exb", { health: { state: "offline", since: AT, recovering: 0, reason: { kind: "unreachable", rung: "tcp", reason: "refused" } } });
    expect(preparedPoints(source({ statuses: statuses(away) }))).toEqual([]);
    expect(preparedPoints(source({ saved: view({ servers: [inUse("exa", 1, { vanished: true })], complete: "size-limit" }), hasDraft: true }))).toEqual([
      "There is unsaved work, which is left out here.",
      "Password is not entered.",
      "The saved configuration was not tested.",
      "exa is in use, and was missing when the servers were listed last.",
      "The list of servers is incomplete.",
    ]);
  });
});

describe("its forms", () => {
  it("are HTML whose names are text, whatever they hold", () => {
    const text = () => string({ unit: "grapheme", maxLength: 30 });
    assert(
      property(text(), array(text(), { maxLength: 3 }), (name, cells) => {
        const page = new DOMParser().parseFromString(htmlOf([named(`<img src=x onerror=1>${name}</script>"'&amp;`, cells)]), "text/html");
        expect(page.querySelectorAll("img, script, iframe, a, form")).toHaveLength(0);
        expect(page.querySelectorAll("td")).toHaveLength(2 + 2 * cells.length);
        expect(page.querySelector("h1")?.textContent).toContain("<img src=x onerror=1>");
        expect(page.querySelector("h1")?.textContent).toContain("\"'&amp;");
      }),
      { numRuns: 200 },
    );
  });

  it("load nothing and run nothing", () => {
    const html = htmlOf([named("Contoso HQ")]);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("<title>Contoso HQ</title>");
    expect(htmlOf([named("HQ"), named("Branch")])).toContain("<title>Site report: 2 identity stores</title>");
    expect(html).not.toMatch(/<script|<link|src=|url\(|@import/);
  });

  it.each([
    ["a | b", String.raw`a \| b`],
    ["<b>x</b>", String.raw`\<b\>x\</b\>`],
    ["[x](http://y)", String.raw`\[x\](http://y)`],
    ["*a* _b_ `c` ~~d~~ &lt; #e !f \\", String.raw`\*a\* \_b\_ ${"\\`"}c${"\\`"} \~\~d\~\~ \&lt; \#e \!f \\`],
    ["1. one", String.raw`1\. one`],
    ["- x", String.raw`\- x`],
    ["2026-11-27 08:00", "2026-11-27 08:00"],
    ["two\nlines\r\n# heading", String.raw`two lines \# heading`],
    ["turned\u202Eround\u0007", "turned\u{FFFD}round\u{FFFD}"],
  ])("are Markdown in which %j is text", (name, written) => {
    const lines = markdownOf([named(name)]).split("\n");
    expect(lines[0]).toBe(`# ${written}`);
    expect(lines).toContain(`- **${written}:** ${written}`);
    expect(lines).toContain(`- ${written}`);
    expect(lines).toContain(`| ${written} | end |`);
  });
});

import { assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { formatHost, isMailDomain, parseDnsServer, parseDomain, parseHost, splitHosts } from "../../../../shared/rules/host-name.ts";

const long = "a".repeat(64);

describe("a host as it is typed", () => {
  test.each([
    ["dc1", "dc1"],
    [" DC1.Contoso.Lab ", "dc1.contoso.lab"],
    ["dc1.contoso.lab.", "dc1.contoso.lab"],
    ["dc1:636", "dc1:636"],
    ["dc1.contoso.lab.:636", "dc1.contoso.lab:636"],
    ["ldaps://dc1:636", "dc1:636"],
    ["LDAP://dc1.contoso.lab/", "dc1.contoso.lab"],
    ["ldaps://[fd00::1]:636/", "[fd00::1]:636"],
    ["10.0.0.10", "10.0.0.10"],
    ["10.0.0.10:3268", "10.0.0.10:3268"],
    ["fd00::A1", "fd00::a1"],
    ["[fd00::1]", "fd00::1"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["dc_1.my_corp.local", "dc_1.my_corp.local"],
    ["xn--mnchen-3ya.example", "xn--mnchen-3ya.example"],
    ["dc1:1", "dc1:1"],
    ["dc1:65535", "dc1:65535"],
    ["ｄｃ１．ｃｏｎｔｏｓｏ．ｌａｂ：６３６", "dc1.contoso.lab:636"],
    ["dc1。contoso。lab", "dc1.contoso.lab"],
    [`${"a".repeat(63)}.lab`, `${"a".repeat(63)}.lab`],
    [`${"a.".repeat(126)}a`, `${"a.".repeat(126)}a`],
    ["3com.example", "3com.example"],
    ["https://ex1", "ex1"],
    ["\u200B\u00A0\"dc1.contoso.lab\"\r\n", "dc1.contoso.lab"],
  ])("%j is understood", (typed, host) => {
    const read = parseHost(typed);
    expect(read.ok ? formatHost(read.value) : read).toBe(host);
  });

  test.each([
    ["", "host-missing"],
    ["   ", "host-missing"],
    [".", "host-missing"],
    ["ldaps://", "host-missing"],
    [":636", "host-missing"],
    ["https://ex1:8443", "host-scheme", { scheme: "https" }],
    ["HTTP://ex1/owa", "host-scheme", { scheme: "http" }],
    ["ex1/owa", "host-path"],
    ["ldap://dc1/DC", "host-path"],
    ["dc1?x", "host-path"],
    ["ex 1", "host-blank"],
    ["ex\t1", "host-invisible", { character: "U+0009", position: 3 }],
    ["dc1.con\u200Btoso.lab", "host-invisible", { character: "U+200B", position: 8 }],
    ["dc1\u202E.lab", "host-invisible", { character: "U+202E", position: 4 }],
    ["dc\u00AD1", "host-invisible", { character: "U+00AD", position: 3 }],
    ["DC=contoso,DC=lab", "host-distinguished-name"],
    ["cn=dc1", "host-distinguished-name"],
    ["dc1:99999", "host-port", { port: "99999" }],
    ["dc1:65536", "host-port", { port: "65536" }],
    ["dc1:0", "host-port", { port: "0" }],
    ["dc1:", "host-port", { port: "" }],
    ["dc1:ldap", "host-port", { port: "ldap" }],
    ["[fd00::1]:x", "host-port", { port: "x" }],
    ["300.1.1.1", "host-address"],
    ["10.0.0", "host-address"],
    ["010.0.0.1", "host-address"],
    ["0x7f.1", "host-address"],
    ["1", "host-address"],
    ["ex.1", "host-address"],
    ["[dc1]", "host-address"],
    ["[fd00::1", "host-address"],
    ["fd00::1::2", "host-address"],
    ["fe80::1%eth0", "host-address"],
    ["münchen.example", "host-not-ascii"],
    ["дц1.example", "host-not-ascii"],
    ["admin@dc1", "host-character", { character: "@" }],
    ["\\\\dc1", "host-character", { character: "\\" }],
    ["dc1*", "host-character", { character: "*" }],
    ["dc1%2e", "host-character", { character: "%" }],
    ["dc1..lab", "host-empty-label"],
    [".dc1", "host-empty-label"],
    ["dc1.lab..", "host-empty-label"],
    [`dc1.${long}.lab`, "host-label-long", { label: "aaaaaaaaaaaa…" }],
    ["-dc1.lab", "host-hyphen", { label: "-dc1" }],
    ["dc1-.lab", "host-hyphen", { label: "dc1-" }],
    [`${"a.".repeat(126)}aa`, "host-long"],
  ])("%j is refused in its own words", (typed, code, facts?: Readonly<Record<string, string | number>>) => {
    expect(parseHost(typed)).toEqual(facts === undefined ? { ok: false, code } : { ok: false, code, facts });
  });

  it("never throws, and what it lets through keeps its host in a URL", () => {
    const typed = oneof(string({ unit: "binary" }), string({ unit: constantFrom(...Array.from("dc1.:/[]@%=-_ \\#?,0x9Ａ。")) }));
    assert(
      property(typed, (text) => {
        const read = parseHost(text);
        if (!read.ok) return;
        const { host } = read.value;
        const url = new URL(`https://${host.includes(":") ? `[${host}]` : host}/`);
        expect(url.pathname + url.search + url.hash + url.username + url.port).toBe("/");
        expect(host.includes(":") || url.hostname === host).toBe(true);
        expect(parseHost(formatHost(read.value))).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});

test("several hosts stand on lines of their own, or with commas or semicolons", () => {
  expect(splitHosts(" dc1\r\n dc2, dc3;;dc4，dc5 \n")).toEqual(["dc1", "dc2", "dc3", "dc4", "dc5"]);
  expect(splitHosts("ex 1")).toEqual(["ex 1"]);
});

describe("a domain", () => {
  test.each([
    ["Contoso.Lab.", "contoso.lab"],
    ["my_corp.local", "my_corp.local"],
    ["ldap://contoso.lab", "contoso.lab"],
  ])("%s", (typed, value) => {
    expect(parseDomain(typed)).toEqual({ ok: true, value });
  });

  test.each([
    ["contoso", "host-single-label"],
    ["contoso.lab:389", "host-port-unwanted"],
    ["10.0.0.1", "not-a-domain"],
    ["fd00::1", "not-a-domain"],
    ["DC=contoso,DC=lab", "host-distinguished-name"],
    ["user@contoso.lab", "host-character"],
  ])("%s is refused", (typed, code) => {
    expect(parseDomain(typed)).toMatchObject({ ok: false, code });
  });
});

test.each([
  ["contoso.com", true],
  ["Contoso.COM", true],
  ["xn--mller-kva.example", true],
  ["contoso", false],
  ["contoso.com.", false],
  ["my_corp.com", false],
  ["ldap://contoso.com", false],
  ["contoso.com:25", false],
  ["contoso.com/evil", false],
  ["10.0.0.1", false],
  ["-bad-.example", false],
  [`${"a".repeat(64)}.example`, false],
  ["", false],
])("%j as the domain of mail addresses: %s", (text, is) => {
  expect(isMailDomain(text)).toBe(is);
});

describe("a DNS server", () => {
  test.each(["10.0.0.10", "10.0.0.10:53", "fe80::1", "[fe80::1]:53"])("%s", (typed) => {
    expect(parseDnsServer(typed)).toEqual({ ok: true, value: typed });
  });

  test.each([
    ["dns.contoso.lab", "not-an-address"],
    ["10.0.0.10:70000", "host-port"],
    ["10.0.0", "host-address"],
  ])("%s is refused", (typed, code) => {
    expect(parseDnsServer(typed)).toMatchObject({ ok: false, code });
  });
});

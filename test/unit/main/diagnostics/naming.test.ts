/** Names and what stands for them: wherever and however they are written. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Turns } from "../../../../main/diagnostics/turns.ts";
import { cpuTimeOf } from "../../../lab/cpu-time.ts";
import { StandIns } from "../../../../main/diagnostics/naming.ts";

let naming: StandIns;
beforeEach(() => {
  naming = new StandIns();
});

describe("a name that is known", () => {
  beforeEach(() => {
    naming.of("store", "Müller & Söhne, Köln");
    naming.domain("emea.contoso.lab");
    naming.host("exa.emea.contoso.lab");
    naming.account("CONTOSO\\svc-mail");
    naming.domain("bücher.de");
  });

  it.each([
    ["as it is", "Müller & Söhne, Köln", "store-1"],
    ["in capitals", "MÜLLER & SÖHNE, KÖLN", "store-1"],
    ["decomposed", "Müller & Söhne, Köln".normalize("NFD"), "store-1"],
    ["in an address", encodeURIComponent("Müller & Söhne, Köln"), "store-1"],
    ["in a form", "M%C3%BCller+%26+S%C3%B6hne%2C+K%C3%B6ln", "store-1"],
    ["in JSON of ASCII", String.raw`M\u00fcller & S\u00f6hne, K\u00f6ln`, "store-1"],
    ["in a distinguished name", String.raw`Müller & Söhne\, Köln`, "store-1"],
    ["in markup", "Müller &amp; Söhne, Köln", "store-1"],
    ["a server", "EXA.emea.contoso.LAB", "server-1.domain-1.example"],
    ["a server without its domain", "exa:", "server-1:"],
    ["a domain in components", "dc=emea,dc=contoso,dc=lab", "DC=domain-1,DC=example"],
    ["the domain above", "contoso.lab", "domain-2.example"],
    ["an account", "contoso\\SVC-MAIL", "domain-2\\account-1"],
    ["an account in JSON", String.raw`CONTOSO\\svc-mail`, "domain-2\\account-1"],
    ["an account alone", "user svc-mail failed", "user account-1 failed"],
    ["punycode", "xn--bcher-kva.de", "domain-3.example"],
    ["a part of a longer word", "contosoadmin", "domain-2admin"],
  ])("is replaced %s", (_how, text, replaced) => {
    expect(naming.text(text)).toBe(replaced);
  });

  it("that is short is a word of its own, and is left in longer words", () => {
    naming.of("store", "HQ");
    expect(naming.text("HQ, (hq) and hq1: thqx")).toBe("store-2, (store-2) and store-21: thqx");
  });

  it("has the same stand-in as long as it is the same, whatever the case", () => {
    expect([naming.of("store", "Köln"), naming.of("store", "KÖLN"), naming.of("store", "Bonn")]).toEqual(["store-2", "store-2", "store-3"]);
  });
});

describe("what only looks like a name", () => {
  it.each([
    ["a mail address", "to anna.k@fabrikam.org now", "to person-1 now"],
    ["an address", "10.1.2.3:389 and 10.1.2.3", "address-1:389 and address-1"],
    ["an address of IPv6", "[2001:db8::7]:389", "[address-1]:389"],
    ["a distinguished name", "CN=Anna K\\, Jr,OU=Sales,DC=fabrikam,DC=org was moved", "entry-1 was moved"],
    ["a share", String.raw`\\fs01\users$\anna was gone`, "path-1 was gone"],
    ["a profile", "C:\\Users\\anna.k\\x and /home/anna/y", "C:\\Users\\profile-1\\x and /home/profile-2/y"],
    ["an account", String.raw`FABRIKAM\anna.k`, "account-1"],
    ["an identifier", "tenant 11111111-2222-3333-4444-555555555555", "tenant identifier-1"],
    ["a thumbprint", `of ${"ab".repeat(20)}.`, "of thumbprint-1."],
    ["a host", "dc9.fabrikam.org answered", "host-1 answered"],
  ])("is replaced: %s", (_what, text, replaced) => {
    expect(naming.text(text)).toBe(replaced);
  });

  it.each(["at 12:34:56", "127.0.0.1 and ::1", "version 15.0.1497.2", "outlook.office365.com", "at open (file.js:12:3)", "node:internal/process:77:3", "a session with a mail server was opened"])("is left: %s", (text) => {
    expect(naming.text(text)).toBe(text);
  });

  it("keeps what a customer has at a vendor out", () => {
    expect(naming.host("fabrikam.onmicrosoft.com")).toBe("tenant-1.onmicrosoft.com");
    expect(naming.text("fabrikam.onmicrosoft.com of FABRIKAM")).toBe("tenant-1.onmicrosoft.com of tenant-1");
  });
});

describe("ten thousand servers whose names begin alike", () => {
  const nameOf = (store: number, server: number) => `exchange-server-${store}-${server}.site${store}.contoso.lab`;

  it("are found in a text in the time that it is long", async () => {
    for (let store = 0; store < 1_000; store += 1) for (let server = 0; server < 10; server += 1) naming.host(nameOf(store, server));
    const line = `exchange-server- exchange-server-x: ${nameOf(999, 9)} site contoso`;
    const { value, cpuMs } = await cpuTimeOf(() => Array.from({ length: 300 }, () => naming.text(line)));
    expect(value.at(-1)).toMatch(/^exchange-server- exchange-server-x: server-10000\.domain-\d+\.example site domain-\d+$/);
    // One text after the other it took 400 ms and more.
    expect(cpuMs).toBeLessThan(150);
  });

  it("are known by the longest of what begins alike, whichever came first", () => {
    for (const name of ["contoso-mail", "contoso", "contoso-mail-archive", "contoso-mx"]) naming.of("value", name);
    expect(naming.text("contoso-mail-archive, contoso-mail-arc, contoso-m, contoso-mx and contos")).toBe("value-3, value-1-arc, value-2-m, value-4 and contos");
  });
});

it("lets the event loop turn after a while of work, and not before", async () => {
  const turns = new Turns();
  let turned = 0;
  setImmediate(() => (turned += 1));
  expect({ took: await turns.take(), turned }).toEqual({ took: false, turned: 0 });
  for (const until = performance.now() + 20; performance.now() < until; );
  expect({ took: await turns.take(), turned }).toEqual({ took: true, turned: 1 });
});

/** Texts that are not part of a stand-in. */
const hostile = fc.string({ unit: "binary", minLength: 2, maxLength: 24 }).filter((name) => !/^[a-z0-9.\\-]*$/i.test(name) && name.trim() === name);

describe("any name", () => {
  const kinds = ["store", "value", "account", "host", "domain"] as const;
  const keep = (kind: (typeof kinds)[number], name: string) => (kind === "store" || kind === "value" ? naming.of(kind, name) : naming[kind](name));

  it("is not in a text any more, as it is or in JSON, and nothing throws", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), hostile, fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (kind, name, before, after) => {
        naming = new StandIns();
        keep(kind, name);
        const replaced = naming.text(`${before} ${name} ${JSON.stringify({ name })} ${after}`);
        expect(replaced.includes(name) && !before.includes(name) && !after.includes(name)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves a text as it was where it is not in it", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        naming = new StandIns();
        naming.of("store", name);
        expect(naming.text("a callback threw")).toBe("a callback threw");
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { changedForm, type ServerPlace } from "../../../../shared/rules/draft-changes.ts";
import { listedNow } from "../../../../shared/rules/drift.ts";
import { mergeListing } from "../../../../shared/rules/listing.ts";
import { isNamedAlone, namedServer, parseServerName } from "../../../../shared/rules/named-server.ts";
import { probedEntries } from "../../../../shared/rules/probe-side.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";

const listed = { ...namedServer("exa.contoso.lab"), version: "2013", build: "15.0.1497.2", roles: ["mailbox"], site: "HQ" };
const placed = (servers: readonly ServerEntry[], name: string, to: ServerPlace): readonly ServerEntry[] =>
  changedForm({ provider: "exchange", variant: "2013", values: {}, servers: [...servers], syncedAt: null, notShown: [], complete: true }, { kind: "server", provider: "exchange", name, to, seen: 0 }).servers;
const names = (servers: readonly { readonly name: string; readonly priority: number | null }[]) => servers.map(({ name, priority }) => [name, priority]);

describe("a server that is named by hand", () => {
  it("comes into the list behind the others, with the last priority", () => {
    const one = placed([listed], "exa.contoso.lab", "last");
    expect(names(placed(one, "exb.contoso.lab", "named"))).toEqual([["exa.contoso.lab", 1], ["exb.contoso.lab", 2]]);
  });

  it("that is listed already is ticked, and stands there once", () => {
    expect(names(placed([listed], "exa.contoso.lab", "named"))).toEqual([["exa.contoso.lab", 1]]);
  });

  it("is taken out of the list again, and those behind it move up; what a list has held stays", () => {
    const both = placed(placed([], "exz.contoso.lab", "named"), "exb.contoso.lab", "named");
    expect(names(placed(both, "exz.contoso.lab", "unnamed"))).toEqual([["exb.contoso.lab", 1]]);
    expect(placed([listed], "exa.contoso.lab", "unnamed")).toEqual([listed]);
  });

  it("gets the rest from the first list that holds it, keeps its priority, and no other is ticked by chance", () => {
    const named = placed([], "exa.contoso.lab", "named");
    const { ticked: _ticked, priority: _priority, vanished: _vanished, ...found } = listed;
    const other = { ...found, name: "exb.contoso.lab" };
    const merged = mergeListing(named, { servers: [other, found], notShown: [], complete: true, source: "dc1", at: 1 }, { servers: "priority", random: () => 0 });
    expect(merged).toMatchObject([{ name: "exa.contoso.lab", build: "15.0.1497.2", priority: 1, vanished: false }, { name: "exb.contoso.lab", priority: null }]);
    expect(merged.map(isNamedAlone)).toEqual([false, false]);
  });
});

describe("what a list says of it", () => {
  const { ticked: _ticked, priority: _priority, vanished: _vanished, ...found } = listed;
  const listing = { servers: [{ ...found, name: "exb.contoso.lab" }], notShown: [], complete: true as const, source: "dc1", at: 1 };
  const named = placed([], "exa.contoso.lab", "named");
  const entryIn = (servers: readonly ServerEntry[]) => servers.find(({ name }) => name === "exa.contoso.lab");

  it("is not that it is gone: it was in none", () => {
    expect(entryIn(mergeListing(named, listing, { servers: "priority", random: () => 0 }))).toEqual(named[0]);
    expect(entryIn(listedNow(named, listing, "priority"))).toEqual(named[0]);
  });

  it("is no difference where it says the first of it, nor is what a probe says", () => {
    const both = { ...listing, servers: [found, ...listing.servers] };
    expect(entryIn(listedNow(named, both, "priority"))).toEqual(named[0]);
    const probed = { source: "EXA", at: 1, result: { at: 1, ms: 1, rungs: [], certificateExpiresAt: null }, build: "15.0.1500.4", roles: ["mailbox"] };
    expect(probedEntries(named, new Map([["exa.contoso.lab", probed]]))).toEqual(named);
  });
});

describe("its name", () => {
  it.each([" EXB.Contoso.Lab. ", "exb.contoso.lab", "“exb.contoso.lab”"])("is understood as servers are listed: %j", (typed) => {
    expect(parseServerName(typed)).toEqual({ ok: true, value: "exb.contoso.lab" });
  });

  it.each([["", "host-missing"], ["exb.contoso.lab:443", "host-port-unwanted"], ["https://exb.contoso.lab/owa", "host-scheme"], ["exb contoso", "host-blank"], ["CN=EXB,DC=lab", "host-distinguished-name"]])("is refused with why: %j", (typed, code) => {
    expect(parseServerName(typed)).toMatchObject({ ok: false, code });
  });
});

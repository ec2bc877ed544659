import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerListing } from "../../../../shared/model/mail-server.ts";
import { mergeListing } from "../../../../shared/rules/listing.ts";
import { rankedNames } from "../../../../shared/rules/priority.ts";
import { entry, names, rankedEntries } from "./arbitraries.ts";

function listing(found: readonly string[], build = "15.0.1497.2"): ServerListing {
  const servers = found.map((name) => ({ name, version: "2013", build, roles: ["mailbox"], site: null }));
  return { servers, notShown: [], complete: true, source: "dc1", at: 1 };
}
const priority = (random: number) => ({ servers: "priority", random: () => random }) as const;

describe("merging a listing", () => {
  it("keeps ticks and priorities of every server that was there, and appends the new ones unticked", () => {
    fc.assert(
      fc.property(rankedEntries, names, (entries, found) => {
        fc.pre(entries.length > 0);
        const merged = mergeListing(entries, listing(found), priority(0));
        expect(rankedNames(merged)).toEqual(rankedNames(entries));
        const known = new Set(entries.map((server) => server.name));
        expect(merged.filter((server) => !known.has(server.name)).map((server) => server.name)).toEqual(found.filter((name) => !known.has(name)));
        for (const server of merged) expect(server.vanished).toBe(!found.includes(server.name));
      }),
    );
  });

  it("changes nothing when the same listing comes again", () => {
    fc.assert(
      fc.property(rankedEntries, names, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (entries, found, random) => {
        const once = mergeListing(entries, listing(found), priority(random));
        const settled = mergeListing(once, listing(found), priority(random));
        expect(mergeListing(settled, listing(found), priority(random))).toEqual(settled);
      }),
    );
  });

  it.each([
    [0, "exa"],
    [0.34, "exb"],
    [0.999, "exc"],
  ])("ticks one server at random on the first listing (%f)", (random, name) => {
    expect(rankedNames(mergeListing([], listing(["exa", "exb", "exc"]), priority(random)))).toEqual([name]);
  });

  it("ticks none where priority does not apply, and none when nothing was found", () => {
    expect(rankedNames(mergeListing([], listing(["exa"]), { servers: "single", random: () => 0 }))).toEqual([]);
    expect(mergeListing([], listing([]), priority(0))).toEqual([]);
  });

  it("an incomplete listing marks nothing and drops nothing, but adds and renews", () => {
    const known = [entry("exa", 1), entry("exb", null, { vanished: true }), entry("exc", null, { build: "15.0.1.1" })];
    const cut: ServerListing = { ...listing(["exc", "exd"]), complete: "size-limit" };
    const merged = mergeListing(known, cut, priority(0));
    expect(merged.map(({ name, vanished, ticked }) => [name, vanished, ticked])).toEqual([
      ["exa", false, true],
      ["exb", true, false],
      ["exc", false, false],
      ["exd", false, false],
    ]);
    expect(merged.find(({ name }) => name === "exc")?.build).toBe("15.0.1497.2");
  });

  it("keeps a vanished server while it is ticked, drops an unticked one the second time", () => {
    const first = mergeListing([entry("exa", 1), entry("exb")], listing(["exc"]), priority(0));
    expect(first.map(({ name, vanished }) => [name, vanished])).toEqual([["exa", true], ["exb", true], ["exc", false]]);
    const second = mergeListing(first, listing(["exc"]), priority(0));
    expect(second.map(({ name }) => name)).toEqual(["exa", "exc"]);
    const back = mergeListing(second, listing(["exa", "exc"]), priority(0));
    expect(back.find(({ name }) => name === "exa")).toMatchObject({ vanished: false, ticked: true, priority: 1 });
  });

  it("takes the newest build and compares names without case", () => {
    const merged = mergeListing([entry("exa", 1, { build: "15.0.1.1" })], listing(["EXA"], "15.0.2.2"), priority(0));
    expect(merged).toMatchObject([{ build: "15.0.2.2", ticked: true }]);
  });

  it("replaces a provider's only server, without a tick", () => {
    const single = { servers: "single", random: () => 0 } as const;
    const first = mergeListing([], listing(["outlook.office365.com"]), single);
    expect(first.map(({ name, ticked, priority }) => [name, ticked, priority])).toEqual([["outlook.office365.com", false, null]]);
    const next = mergeListing(first, listing(["outlook.office365.us"]), single);
    expect(next.map(({ name, vanished }) => [name, vanished])).toEqual([["outlook.office365.us", false]]);
  });
});

/** What probes said of servers, held against entries. */
import { describe, expect, it } from "vitest";
import type { Probed, ServerEntry } from "../../../../shared/model/mail-server.ts";
import { probeDoubts, probedEntries } from "../../../../shared/rules/probe-side.ts";

const entry = (name: string, change: Partial<ServerEntry> = {}): ServerEntry => ({ name, version: "2016", build: "15.1.2507.6", roles: ["mailbox"], site: null, ticked: true, priority: 1, vanished: false, ...change });
const word = (change: Partial<Probed> = {}): Probed => ({ source: "EXA", at: 0, result: { at: 0, ms: 1, rungs: [], certificateExpiresAt: null }, build: null, roles: [], ...change });
const words = (probed: Probed) => new Map([["exa", probed]]);

describe("entries as probes found them", () => {
  it("have another build where both say how, and the same where one does not know its last part", () => {
    const built = (listed: string | null, found: string) => probedEntries([entry("exa", { build: listed })], words(word({ build: found, roles: ["mailbox"] })))[0]?.build;
    expect(built("15.1.2507.6", "15.1.2507.39")).toBe("15.1.2507.39");
    expect(built("15.1.2507", "15.1.2507.39")).toBe("15.1.2507");
    expect(built("15.1.250", "15.1.2507.39")).toBe("15.1.2507.39");
    expect(built(null, "15.1.2507.39")).toBe("15.1.2507.39");
  });

  it("are as they were where no probe ran on them, ticks and all", () => {
    const entries = [entry("exa"), entry("exb", { ticked: false, priority: null, vanished: true })];
    expect(probedEntries(entries, words(word()))).toEqual(entries);
  });
});

describe("what cannot be compared", () => {
  it("is no build that neither says, as of a cloud, and no server that is gone", () => {
    expect(probeDoubts([entry("exa", { build: null, roles: [] }), entry("exb", { vanished: true })], words(word()), null)).toEqual([]);
  });

  it("is a word about a server that the other side does not list", () => {
    expect(probeDoubts([], words(word({ build: "15.1.2507.6" })), null)).toEqual([{ what: "probe-not-listed", subject: "exa", fault: null }]);
  });
});

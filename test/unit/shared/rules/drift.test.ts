import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SeenServer, Sighting } from "../../../../shared/model/comparison.ts";
import type { CheckResult, RungResult, ServerEntry, ServerListing } from "../../../../shared/model/mail-server.ts";
import type { MessagingConfiguration } from "../../../../shared/model/messaging.ts";
import { driftChanges, driftOf, listedNow, listingDoubts, seenIn, sightingAfter, takenOver, type Look } from "../../../../shared/rules/drift.ts";
import { serverChanges } from "../../../../shared/rules/server-changes.ts";
import { entry, rankedEntries } from "./arbitraries.ts";

const choice = { provider: "toy", variant: "2013" } as const;
const descriptor = { servers: "priority" } as const;
const found = (name: string, change: Partial<ServerListing["servers"][number]> = {}) => ({ name, version: "2013", build: null, roles: [], site: null, ...change });
const listing = (...servers: ServerListing["servers"]): ServerListing => ({ servers, notShown: [], complete: true, source: "dc1", at: 1 });
const configuration = (...servers: ServerEntry[]): MessagingConfiguration => ({ ...choice, values: {}, servers, syncedAt: 1, notShown: [], complete: true });
const seen = (sha256: string | null, change: Partial<SeenServer> = {}): SeenServer => ({ certificate: sha256 === null ? null : { sha256, expiresAt: null }, allowed: [], refused: [], ...change });
const look = (change: Partial<Look> = {}): Look => ({ at: 10, revision: 3, choice, listing: listing(found("exa"), found("exb")), servers: {}, ...change });
const two = configuration(entry("exa", 1), entry("exb", 2));
const keysOf = (sighting: Sighting, saved = two, revision = 3) => driftChanges(saved, revision, descriptor, sighting)?.map(({ key, before, after }) => [key, before, after]);

describe("what the directory lists", () => {
  it("is what is saved, where it lists the same", () => {
    fc.assert(
      fc.property(rankedEntries, (entries) => {
        fc.pre(entries.some(({ vanished }) => !vanished));
        const same = listing(...entries.filter(({ vanished }) => !vanished).map(({ name }) => found(name)));
        expect(serverChanges("toy", entries, listedNow(entries, same, "priority"))).toEqual([]);
      }),
    );
  });

  it("tells of servers that are gone, new, there again, of another build and with other roles, and leaves every place as it is", () => {
    const entries = [entry("exa", 1), entry("exb", 2), entry("exc", null, { vanished: true })];
    const drift = driftOf(configuration(...entries), 3, descriptor, sightingAfter(null, look({ listing: listing(found("exa", { build: "15.2", roles: ["mailbox"] }), found("exc"), found("exd"), found("exe")) })));
    expect(drift).toEqual({ at: 10, vanished: 1, returned: 1, added: 2, changed: 1, certificates: 0, rights: 0, noneListed: false });
  });

  it("is no proof that a server is gone where it is half a list", () => {
    const half = { ...listing(found("exa")), complete: "size-limit" } as const;
    expect(listedNow(two.servers, half, "priority")).toEqual(two.servers);
    expect(listingDoubts(two.servers, half)).toEqual([{ what: "half-listed", subject: null, fault: null }]);
  });

  it("is told as one thing where it has shrunk to nothing, and of no server", () => {
    expect(listedNow(two.servers, listing(), "priority")).toEqual(two.servers);
    expect(listingDoubts(two.servers, listing())).toEqual([{ what: "no-server-listed", subject: null, fault: null }]);
    expect(driftOf(two, 3, descriptor, sightingAfter(null, look({ listing: listing() })))).toMatchObject({ vanished: 0, noneListed: true });
  });

  it("says nothing of another provider's servers, or of another release's", () => {
    expect(keysOf(sightingAfter(null, look({ choice: { ...choice, variant: "2016" }, listing: listing(found("ex16")) })))).toBeUndefined();
    expect(driftOf(two, 3, descriptor, sightingAfter(null, look({ choice: { provider: "other", variant: null } })))).toBeNull();
  });
});

const rung = (name: RungResult["rung"], outcome: RungResult["outcome"]): RungResult => ({ rung: name, ms: 1, outcome });
const checked = (change: Partial<CheckResult>): CheckResult => ({ at: 0, ms: 1, rungs: [], certificateExpiresAt: null, ...change });

describe("what a check sees", () => {
  it("is the certificate, and which rights were there or refused", () => {
    const rungs = [rung("sign-in", { state: "passed", answer: null }), rung("role", { state: "failed", fault: { kind: "forbidden", needs: ["role"] } }), rung("dns", { state: "passed", answer: null })];
    expect(seenIn(checked({ certificateSha256: "aa", certificateExpiresAt: 5, rungs }))).toEqual({ certificate: { sha256: "aa", expiresAt: 5 }, allowed: ["sign-in"], refused: ["role"] });
  });

  it("is nothing where the server did not answer: that is no right lost", () => {
    expect(seenIn(checked({ rungs: [rung("role", { state: "failed", fault: { kind: "timeout", phase: "response", afterMs: 9 } })] }))).toBeNull();
    expect(seenIn(checked({ rungs: [rung("role", { state: "skipped", why: "not-on-this-machine" })] }))).toBeNull();
  });
});

describe("certificates and rights", () => {
  const first = sightingAfter(null, look({ servers: { exa: seen("aa", { allowed: ["role"] }) } }));

  it("are no difference when they are seen for the first time", () => {
    expect(keysOf(first)).toEqual([]);
    expect(keysOf(sightingAfter(first, look({ servers: { exb: seen("bb", { refused: ["role"] }) } })))).toEqual([]);
  });

  it("are told of where a certificate is another one, and where a right is refused that was there", () => {
    const later = sightingAfter(first, look({ servers: { exa: seen("bb", { refused: ["role"] }) } }));
    expect(keysOf(later)).toEqual([
      ["servers.exa.certificate", "aa", "bb"],
      ["servers.exa.right-role", "allowed", "refused"],
    ]);
    expect(driftOf(two, 3, descriptor, later)).toMatchObject({ certificates: 1, rights: 1, vanished: 0 });
  });

  it("stay told of while a server is away, and are resolved when it is as it was", () => {
    const other = sightingAfter(first, look({ servers: { exa: seen("bb", { refused: ["role"] }) } }));
    expect(keysOf(sightingAfter(other, look()))).toHaveLength(2);
    expect(keysOf(sightingAfter(other, look({ servers: { exa: seen("aa", { allowed: ["role"] }) } })))).toEqual([]);
  });

  it("are taken for granted by a save, and by whoever takes them over", () => {
    const other = sightingAfter(first, look({ servers: { exa: seen("bb") } }));
    expect(keysOf(other, two, 4)).toEqual([]);
    expect(keysOf(sightingAfter(other, look({ revision: 4, servers: { exa: seen("bb") } })), two, 4)).toEqual([]);
    expect(keysOf(takenOver(other))).toEqual([]);
    expect(keysOf(sightingAfter(takenOver(other), look({ servers: { exa: seen("cc") } })))).toEqual([["servers.exa.certificate", "bb", "cc"]]);
  });

  it("can be lost after they were gained", () => {
    const gained = sightingAfter(sightingAfter(null, look({ servers: { exa: seen(null, { refused: ["role"] }) } })), look({ servers: { exa: seen(null, { allowed: ["role"] }) } }));
    expect(keysOf(gained)).toEqual([]);
    expect(keysOf(sightingAfter(gained, look({ servers: { exa: seen(null, { refused: ["role"] }) } })))).toEqual([["servers.exa.right-role", "allowed", "refused"]]);
  });
});

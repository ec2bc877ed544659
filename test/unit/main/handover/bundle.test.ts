/** Handover bundles as bytes: what is written is read exactly, and nothing else is. */
import { isDeepStrictEqual } from "node:util";
import { array, assert, constantFrom, dictionary, integer, option, property, record, string } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readBundle, writeBundle } from "../../../../main/handover/bundle.ts";
import type { BundledStore } from "../../../../shared/model/bundle.ts";
import { fail } from "../../../../shared/fault.ts";
import { readTyped } from "../../../../shared/rules/typed-value.ts";
import { take } from "../store/support.ts";

const about = { application: "0.1.0", createdAt: "2026-11-26T20:00:00.000Z", createdBy: "CONTOSO\\eva" };
const notABundle = fail({ kind: "unreadable", what: "not-a-bundle" });
const damaged = fail({ kind: "unreadable", what: "damaged" });

function store(changes: Partial<BundledStore> = {}): BundledStore {
  return {
    id: "7f3c2e10-52f1-4c1e-9d0a-3b6f0c9e8a11",
    name: "Contoso HQ",
    connection: { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "CONTOSO\\svc", security: "ldaps", trust: { mode: "system" } },
    messaging: {
      provider: "exchange", variant: "2016", values: { domain: "contoso.lab" }, syncedAt: 5, notShown: [], complete: true,
      servers: [{ name: "exb.contoso.lab", version: "2016", build: "15.1.2507.6", roles: ["mailbox"], site: "Berlin", ticked: true, priority: 1, vanished: false }],
    },
    secrets: { "directory.password": "Pa55 ü", "messaging.password": null },
    certificates: { certificate: { fileName: "a.pfx", identity: null, base64: "AAEC" } },
    ...changes,
  };
}

const text = () => string({ unit: "grapheme", maxLength: 20 });
/** As names are kept. No field is called `__proto__`, which the decoder leaves out of any record. */
const name = () => string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((each) => readTyped(each, "line") === each && each !== "" && each !== "__proto__" && !/\p{C}/u.test(each));
const stores = () =>
  record({
    id: name(),
    name: name(),
    username: constantFrom("svc", "CONTOSO\\svc-ü", "svc@contoso.lab"),
    values: dictionary(name(), constantFrom("x", "", "ü\u0000", "a\nb")),
    secrets: dictionary(name(), option(text(), { nil: null })),
    complete: constantFrom(true as const, "size-limit" as const),
    priorities: array(integer({ min: 1, max: 5000 }), { maxLength: 3 }),
  }).map(({ id, name: named, username, values, secrets, complete, priorities }) => {
    const plain = store();
    const servers = priorities.map((priority) => ({ name: `s${priority}`, version: null, build: null, roles: [], site: null, ticked: true, priority, vanished: false }));
    return { ...plain, id, name: named, connection: { ...plain.connection, username }, messaging: plain.messaging === null ? null : { ...plain.messaging, values, complete, servers }, secrets };
  });

const bytes = Buffer.from(writeBundle({ ...about, stores: [store()] }));
/** Whether bytes that are not those of a bundle are refused, or mean the same. */
const isHarmless = (changed: Uint8Array, original: unknown) => {
  const found = readBundle(changed);
  return !found.ok || isDeepStrictEqual(found.value, original);
};
const read = (json: string) => readBundle(Buffer.from(json));
const changed = (change: (bundle: Record<string, unknown>) => void) => {
  const bundle = JSON.parse(bytes.toString("utf8"));
  change(bundle);
  return read(JSON.stringify(bundle));
};

describe("a bundle", () => {
  it("is read as it was written, whatever a store holds", () => {
    assert(
      property(array(stores(), { minLength: 1, maxLength: 3 }), (carried) => {
        expect(take(readBundle(writeBundle({ ...about, stores: carried })))).toMatchObject({ ...about, version: 1, minimumReader: 1, stores: carried });
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it("means the same with other blanks and another order of fields, and in UTF-16", () => {
    const bundle = JSON.parse(bytes.toString("utf8"));
    const turned = JSON.stringify(Object.fromEntries(Object.entries(bundle).toReversed()), null, "\t");
    expect(take(read(turned)).stores).toEqual([store()]);
    expect(take(readBundle(Buffer.from(`\uFEFF${turned}`, "utf16le"))).stores).toEqual([store()]);
  });

  it("is not read where anything in it was changed", () => {
    for (const change of [
      (bundle: Record<string, unknown>) => (bundle["createdBy"] = "mallory"),
      (bundle: Record<string, unknown>) => (bundle["digest"] = "sha256:00"),
      (bundle: Record<string, unknown>) => (bundle["more"] = 1),
      (bundle: Record<string, unknown>) => delete bundle["stores"],
      (bundle: Record<string, unknown>) => (bundle["stores"] = []),
      (bundle: Record<string, unknown>) => (bundle["version"] = 2),
    ]) expect(changed(change)).toEqual(damaged);
  });

  it("of a newer version is refused with the version that reads it, whatever else it holds", () => {
    expect(changed((bundle) => Object.assign(bundle, { version: 3, minimumReader: 2, application: "2.0.0", stores: "otherwise" }))).toEqual(fail({ kind: "unsupported", why: "bundle-newer", detail: "2.0.0" }));
  });

  test.each([
    ["nothing", ""], ["no JSON", "{"], ["half of it", bytes.subarray(0, bytes.length / 2).toString()], ["a number", "1"], ["null", "null"], ["a list", "[]"], ["an empty object", "{}"], ["text", '"messaging-console-bundle"'],
    ["another format", '{"format":"x","version":1,"minimumReader":1,"application":"1"}'], ["a name that JavaScript knows", '{"__proto__":{"format":"messaging-console-bundle"}}'],
    ["many brackets", "[".repeat(200_000)], ["a PFX", "\u0030\u0082\u0000"], ["no Unicode", "\uD800"],
  ])("%s is none", (_what, json) => expect(read(json)).toEqual(notABundle));

  it("of which one byte was changed, or the end is missing, is never read as another one", () => {
    const original = take(readBundle(bytes));
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8((flipped[at] ?? 0) ^ 0x01, at);
      expect([isHarmless(flipped, original), isHarmless(bytes.subarray(0, at), original)]).toEqual([true, true]);
    }
  });

  it("changed in any places at random is refused, and throws nothing", () => {
    const original = take(readBundle(bytes));
    assert(
      property(array(record({ at: integer({ min: 0, max: bytes.length - 1 }), value: integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 4 }), (edits) => {
        const mutated = Buffer.from(bytes);
        for (const { at, value } of edits) mutated.writeUInt8(value, at);
        expect(isHarmless(mutated, original)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it("with something nested too deeply to follow is refused", () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    expect(read(bytes.toString("utf8").replace(/^\{/, `{"deep":${deep},`))).toEqual(damaged);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProviderId } from "./comparing-support.ts";
import { differences, storeOf, stores } from "./comparing-support.ts";
import { changeKind, mirrored } from "../../../../shared/rules/comparing.ts";
import { entry } from "./arbitraries.ts";

const keys = (changes: ReturnType<typeof differences>) => changes.map(({ key }) => key);
const ordered = (changes: ReturnType<typeof differences>) => changes.toSorted((one, other) => `${one.provider}/${one.key}`.localeCompare(`${other.provider}/${other.key}`));

describe("two sides beside each other", () => {
  it("differ in nothing where they are the same", () => {
    fc.assert(fc.property(stores, (store) => {
      expect(differences(store, store)).toEqual([]);
    }));
  });

  it("differ in the same, seen from the other side, when they are exchanged", () => {
    fc.assert(fc.property(stores, stores, (one, other) => {
      expect(ordered(differences(other, one))).toEqual(ordered(differences(one, other).map(mirrored)));
    }));
  });

  it("are told of what one has and the other lacks as added and removed", () => {
    fc.assert(
      fc.property(stores, stores, (one, other) => {
        const count = (changes: ReturnType<typeof differences>, kind: "added" | "removed" | "changed") => changes.filter((change) => changeKind(change) === kind).length;
        const [forth, back] = [differences(one, other), differences(other, one)];
        expect([count(back, "added"), count(back, "removed"), count(back, "changed")]).toEqual([count(forth, "removed"), count(forth, "added"), count(forth, "changed")]);
      }),
    );
  });

  it("tell the fields of both providers, where these are two", () => {
    const of = (provider: ProviderId) => storeOf({ provider, values: { domain: "contoso.lab", username: "svc" } });
    expect(keys(differences(of("toy"), of("other")))).toEqual(["provider", "values.domain", "values.domain", "values.username"]);
  });

  it("tell the place of a server that one side alone lists", () => {
    const [listed, other] = [storeOf({ servers: [entry("exa", 1), entry("exb", 2)] }), storeOf({ servers: [entry("exa", 1)] })];
    expect(differences(listed, other).map(({ key, before, after }) => [key, before, after])).toEqual([
      ["servers.dropped", "exb", null],
      ["servers.exb.priority", "2", null],
    ]);
  });

  it("tell that a secret is another one, or is on one side alone", () => {
    const [none, one, other] = [storeOf({ secrets: {} }), storeOf({ secrets: { password: { id: "1" } } }), storeOf({ secrets: { password: { id: "2" } } })];
    const kinds = (from: typeof none, to: typeof none) => differences(from, to).map((change) => [change.after, changeKind(change)]);
    expect([kinds(none, one), kinds(one, none), kinds(one, other)]).toEqual([[["set", "added"]], [["cleared", "removed"]], [["changed", "changed"]]]);
  });

  it("tell other roles, in whatever order they come", () => {
    const of = (...roles: string[]) => storeOf({ servers: [entry("exa", 1, { roles })] });
    expect(differences(of("mailbox", "client access"), of("client access", "mailbox"))).toEqual([]);
    expect(keys(differences(of("mailbox", "client access"), of("mailbox")))).toEqual(["servers.exa.roles"]);
  });
});

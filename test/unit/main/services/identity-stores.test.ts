import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SearchStream } from "../../../../main/directory/types.ts";
import type { DirectoryRoom } from "../../../../main/services/rooms.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { Progress } from "../../../../shared/contract/progress.ts";
import { fault, take } from "../store/support.ts";
import { connection, layBed, noDirectory, quietly, storeWithDraft, type Bed } from "./support.ts";
import { whoSaves } from "../../../lab/engine-under-test.ts";
import { newestEvents } from "../../../lab/events.ts";
import { onlySearches } from "../../../lab/only-searches.ts";

let bed: Bed;
const passwords: string[] = [];
let sessions = 0;
// eslint-disable-next-line @typescript-eslint/require-await, require-yield -- a search that finds nothing
const nothing = async function* (): SearchStream {
  return succeed(true);
};
const directory: DirectoryRoom = {
  ...noDirectory,
  createDirectoryGateway: () => ({
    open: ({ password, onRung }) => {
      passwords.push(password);
      onRung?.({ rung: "dns", ms: 1, outcome: { state: "passed", answer: "dc1" } });
      if (password !== "right") return Promise.resolve(fail({ kind: "sign-in", reason: "wrong-credentials", detail: "52e" }));
      sessions += 1;
      return Promise.resolve(succeed({ host: "dc1", rootDse: {}, search: nothing, ...onlySearches, close: () => Promise.resolve(void (sessions -= 1)) }));
    },
  }),
};
beforeEach(async () => {
  passwords.length = 0;
  sessions = 0;
  bed = await layBed({ directory });
});
afterEach(() => bed.dispose());

describe("identity stores", () => {
  it("are created without a network, with a sealed password, and listed", async () => {
    const { id } = take(await bed.services.stores.create("Contoso HQ", connection, "right"));
    expect(take(bed.services.stores.get(id))).toMatchObject({ name: "Contoso HQ", revision: 1, directoryPassword: { state: "set" } });
    expect(bed.services.summaries.list()).toMatchObject([
      { name: "Contoso HQ", kind: "active-directory", domain: "contoso.lab", messaging: null, state: "not-configured", hasDraft: false },
    ]);
    expect(fault(await bed.services.stores.create("contoso hq", connection, null))).toEqual({
      kind: "invalid",
      issues: [{ path: ["name"], code: "name-taken" }],
    });
  });

  it("are renamed and duplicated with everything saved; names are not taken twice", async () => {
    const id = await storeWithDraft(bed, "HQ");
    take(await bed.page.save(id, 1));
    const copy = take(await bed.services.stores.duplicate(id, "Branch")).id;
    expect(take(bed.services.editor.open(copy)).saved?.secrets.password?.state).toBe("set");
    expect(fault(await bed.services.stores.rename(copy, "hq"))).toMatchObject({ kind: "invalid", issues: [{ code: "name-taken" }] });
    expect(take(await bed.services.stores.rename(copy, "Branch 7")).revision).toBe(2);
    expect(take(await bed.services.stores.revisions(copy)).revisions.map(({ action }) => action)).toEqual(["renamed", "duplicated"]);
  });

  it("are removed only when the name is typed", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    expect(fault(await bed.services.stores.remove(id, "hq"))).toEqual({ kind: "invalid", issues: [{ path: ["confirmName"], code: "name-differs" }] });
    expect(take(await bed.services.stores.remove(id, "HQ"))).toBeNull();
    expect(fault(bed.services.stores.get(id))).toEqual({ kind: "not-found", what: "identity-store" });
    expect(bed.services.summaries.list()).toEqual([]);
  });

  const again = (code: string) => ({ kind: "invalid", issues: [{ path: ["password"], code }] });

  it("lend their stored password to no other host, security or trust, in a test or in a save", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, "right"));
    const others: readonly (readonly [typeof connection, string])[] = [
      [{ ...connection, domain: "evil.example" }, "enter-again-target"],
      [{ ...connection, domainControllers: ["evil.example"] }, "enter-again-controllers"],
      [{ ...connection, dnsServer: "192.0.2.1" }, "enter-again-dns-server"],
      [{ ...connection, security: "none" }, "enter-again-security"],
      [{ ...connection, trust: { mode: "pinned", sha256: "a".repeat(64) } }, "enter-again-trust"],
    ];
    for (const [other, code] of others) {
      expect(fault(await bed.services.stores.test(id, other, null, quietly()))).toEqual(again(code));
      expect(fault(await bed.services.stores.updateConnection(id, other, null, 1))).toEqual(again(code));
    }
    expect(passwords).toEqual([]);
    expect(take(bed.services.stores.get(id)).revision).toBe(1);
    take(await bed.services.stores.test(id, { ...connection, security: "starttls" }, null, quietly()));
    expect(passwords).toEqual(["right"]);
  });

  it("without a stored password have none to lend", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    expect(take(await bed.services.stores.updateConnection(id, { ...connection, security: "none" }, null, 1)).revision).toBe(2);
  });

  it("take a new connection with the password for it, or with none", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, "old"));
    const moved = { ...connection, domain: "fabrikam.com" };
    take(await bed.services.stores.updateConnection(id, moved, "right", 1));
    take(await bed.services.stores.test(id, moved, null, quietly()));
    expect(fault(await bed.services.stores.updateConnection(id, moved, null, 1))).toMatchObject({ kind: "conflict", revision: 2 });
    take(await bed.services.stores.updateConnection(id, moved, "", 2));
    expect(take(bed.services.stores.get(id)).directoryPassword).toEqual({ state: "not-set" });
    const [newest, older] = take(await bed.services.stores.revisions(id)).revisions;
    expect(newest?.changes).toEqual([{ key: "secrets.directory-password", provider: null, before: null, after: "cleared", secret: true }]);
    expect(older?.changes.map(({ before, after }) => [before, after])).toEqual([["contoso.lab", "fabrikam.com"], [null, "changed"]]);
  });

  it("cannot turn into another kind", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
    expect(fault(await bed.services.stores.updateConnection(id, tenant, null, 1))).toMatchObject({ issues: [{ path: ["connection", "kind"] }] });
  });

  it("are tested rung by rung, with the typed password before the stored one", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, "right"));
    const rungs: Progress[] = [];
    const options = { signal: new AbortController().signal, progress: (event: Progress) => rungs.push(event) };
    take(await bed.services.stores.test(id, connection, null, options));
    expect(fault(await bed.services.stores.test(id, connection, "typed", options))).toMatchObject({ kind: "sign-in", detail: "52e" });
    expect(passwords).toEqual(["right", "typed"]);
    expect(rungs.map(({ rung }) => rung?.rung)).toEqual(["dns", "dns"]);
    expect(sessions).toBe(0);
  });

  it("of a Microsoft Entra tenant are tested without a password", async () => {
    const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
    expect(fault(await bed.services.stores.test(null, tenant, null, quietly()))).toMatchObject({ kind: "unreachable", rung: "dns" });
    expect(passwords).toEqual([]);
  });

  it("go back as a new revision, keep the draft, and make none where nothing would change", async () => {
    const id = await storeWithDraft(bed);
    take(await bed.services.stores.rename(id, "Second name"));
    expect(take(await bed.services.stores.restore(id, 1, 2))).toEqual({ revision: 3, changed: true });
    expect(take(bed.services.editor.open(id)).draft).not.toBeNull();
    expect(take(await bed.services.stores.revisions(id)).revisions[0]).toMatchObject({ action: "restored", restoredFrom: 1, who: whoSaves("CONTOSO\\anna") });
    expect(take(await bed.services.stores.restore(id, 2, 3))).toEqual({ revision: 4, changed: true });
    // Pressed twice, and from a page that still shows the revision before.
    expect(take(await bed.services.stores.restore(id, 2, 4))).toEqual({ revision: 4, changed: false });
    expect(fault(await bed.services.stores.restore(id, 2, 3)).kind).toBe("conflict");
    expect(take(await bed.services.stores.revisions(id)).revisions).toHaveLength(4);
    expect(fault(await bed.services.stores.restore(id, 99, 4))).toEqual({ kind: "not-found", what: "revision" });
  });

  it("go back over no revision that was not seen, and lose nothing by trying", async () => {
    const id = await storeWithDraft(bed);
    take(await bed.services.stores.rename(id, "Second name"));
    take(await bed.services.stores.rename(id, "Third name"));
    expect(fault(await bed.services.stores.restore(id, 1, 2))).toMatchObject({ kind: "conflict", revision: 3 });
    expect(take(bed.services.stores.get(id)).name).toBe("Third name");
    expect(take(bed.services.editor.open(id)).draft).not.toBeNull();
  });

  it("keep the draft when they are renamed or reached in another way, and say in the history what was changed", async () => {
    const id = await storeWithDraft(bed);
    take(await bed.services.stores.rename(id, "Second name"));
    take(await bed.services.stores.updateConnection(id, { ...connection, security: "none" }, "right", 2));
    expect(take(bed.services.editor.open(id)).draft).not.toBeNull();
    const [newest, renamed] = take(await bed.services.stores.revisions(id)).revisions.map(({ changes }) => changes.map(({ key, before, after }) => [key, before, after]));
    expect(newest).toContainEqual(["connection.security", "ldaps", "none"]);
    expect(renamed).toEqual([["name", "Contoso HQ", "Second name"]]);
  });

  it("are untested once they were gone back to", async () => {
    const id = await storeWithDraft(bed);
    take(await bed.services.editor.test(id, quietly()));
    take(await bed.page.save(id, 1));
    take(await bed.services.stores.rename(id, "Second name"));
    expect(take(bed.services.editor.open(id)).saved?.tested.state).toBe("passed");
    take(await bed.services.stores.restore(id, 2, 3));
    expect(take(bed.services.editor.open(id)).saved?.tested.state).toBe("untested");
  });

  it("write what happened into the activity", async () => {
    const id = await storeWithDraft(bed, "HQ");
    take(await bed.page.save(id, 1));
    take(await bed.services.stores.remove(id, "HQ"));
    const kinds = (await newestEvents(bed.store)).toReversed().map(({ kind, storeName }) => `${kind} ${storeName}`);
    expect(kinds).toEqual(["store-created HQ", "revision-saved HQ", "store-removed HQ"]);
  });

  it("gives revisions a page at a time, searched in who saved, what was done and what changed, with the newest of all", async () => {
    const { id } = take(await bed.services.stores.create("Contoso", connection, null));
    for (let i = 1; i <= 6; i += 1) take(await bed.services.stores.rename(id, `Contoso ${i}`));
    const ask = async (question: Partial<{ before: number | null; most: number; words: { text: string; kinds: string[] }[] }>) => {
      const { revisions, next, newest } = take(await bed.services.stores.revisions(id, { before: null, most: 3, words: [], ...question }));
      return [revisions.map(({ number }) => number), next, newest];
    };
    expect(await ask({})).toEqual([[7, 6, 5], 5, 7]);
    expect(await ask({ before: 5 })).toEqual([[4, 3, 2], 2, 7]);
    expect(await ask({ before: 2 })).toEqual([[1], null, 7]);
    expect(await ask({ words: [{ text: "contoso 4", kinds: [] }] })).toEqual([[6, 5], null, 7]);
    expect(await ask({ words: [{ text: "made", kinds: ["created"] }] })).toEqual([[1], null, 7]);
    expect(await ask({ words: [{ text: whoSaves("anna").toUpperCase(), kinds: [] }], most: 50 })).toEqual([[7, 6, 5, 4, 3, 2, 1], null, 7]);
  });
});

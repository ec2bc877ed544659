import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CertificateReader } from "../../../../main/services/rooms.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import type { ServerListing } from "../../../../shared/model/mail-server.ts";
import { fault, take } from "../store/support.ts";
import { connection, contentOf, draftOf, layBed, listingOf, quietly, storeWithDraft, type Bed } from "./support.ts";
import { changesOf, sightOf } from "../../../lab/draft-page.ts";
import { whoSaves } from "../../../lab/engine-under-test.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

describe("a draft", () => {
  it("does not exist until something is touched, then starts with the first choice and its defaults", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    expect(take(bed.services.editor.open(id))).toMatchObject({ saved: null, draft: null });
    const draft = take(await bed.page.write(id, { choice: { provider: "toy", variant: "2013" } }));
    expect(draft).toMatchObject({ baseRevision: 1, forms: { toy: { values: { domain: "contoso.lab" } } } });
  });

  it("drops fields that the form does not have, and keeps its secrets", async () => {
    const storeId = await storeWithDraft(bed);
    const draft = take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId), { isAdmin: true, password: "in the wrong place" })));
    expect(draft.forms.toy?.values).toEqual({ domain: "contoso.lab", username: "svc" });
    expect(draft.forms.toy?.secrets.password?.state).toBe("changed");
  });

  it("keeps each provider's form while one switches", async () => {
    const storeId = await storeWithDraft(bed);
    const other = { ...contentOf(draftOf(bed, storeId)), choice: { provider: "other", variant: null } };
    const draft = take(await bed.page.write(storeId, other));
    expect(draft.forms.other?.values).toMatchObject({ maximumAliasLength: 64 });
    expect(draft.forms.toy).toMatchObject({ values: { username: "svc" }, secrets: { password: { state: "changed" } } });
  });

  it("mends priorities that do not hold", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    const servers = (draftOf(bed, storeId).forms.toy?.servers ?? []).map((server) => ({ ...server, ticked: true, priority: 7 }));
    const draft = take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId), {}, servers)));
    expect(draft.forms.toy?.servers.map((server) => server.priority)).toEqual([1, 2]);
  });

  it("does not lose a listing to changes that were on their way, nor they to the listing", async () => {
    const storeId = await storeWithDraft(bed);
    const before = take(bed.services.editor.open(storeId));
    take(await bed.services.editor.sync(storeId, quietly()));
    const answer = take(await bed.services.editor.change(storeId, sightOf(before), changesOf({ values: { username: "typed meanwhile" } }, before)));
    expect(answer).toMatchObject({ whole: true, refused: [] });
    expect(answer.draft?.forms.toy).toMatchObject({ values: { username: "typed meanwhile" }, syncedAt: 1_700_000_000_000 });
    expect(answer.draft?.forms.toy?.servers).toHaveLength(2);
    expect(answer.draft?.forms.toy?.servers.filter((server) => server.ticked)).toHaveLength(1);
  });

  it("drops the servers of the version left behind, and has them again on the way back", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    take(await bed.page.save(storeId, 1));
    const saved = take(bed.services.editor.open(storeId)).saved;
    const there = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2016" } }));
    expect(there.forms.toy).toMatchObject({ variant: "2016", servers: [], syncedAt: null });
    const back = take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
    expect(back.forms.toy?.servers).toEqual(saved?.servers);
    expect(back.changes).toBe(0);
  });

  it("says which secret changed, and is gone when discarded", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.page.save(storeId, 1));
    const address = { storeId, provider: "toy", field: "password" };
    expect(take(await bed.page.setSecret(address, "another"))).toMatchObject({
      changes: 1,
      forms: { toy: { secrets: { password: { state: "changed" } } } },
    });
    expect(take(await bed.page.setSecret(address, null)).forms.toy?.secrets.password).toEqual({ state: "not-set" });
    take(await bed.page.discardDraft(storeId));
    const { draft, saved } = take(bed.services.editor.open(storeId));
    expect(draft).toBeNull();
    expect(saved?.secrets.password?.state).toBe("set");
  });

  it("refuses secrets for fields that are none", async () => {
    const storeId = await storeWithDraft(bed);
    expect(fault(await bed.page.setSecret({ storeId, provider: "toy", field: "domain" }, "x"))).toMatchObject({ kind: "not-found" });
  });
});

describe("Sync Again", () => {
  it("merges into the draft as it stands when the listing arrives", async () => {
    const storeId = await storeWithDraft(bed);
    const answer = Promise.withResolvers<Result<ServerListing>>();
    bed.toy.list = () => answer.promise;
    const work = bed.services.editor.sync(storeId, quietly());
    take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId), { username: "typed meanwhile" })));
    answer.resolve(succeed({ ...listingOf("exa.contoso.lab"), notShown: [{ version: "2019", count: 2 }] }));
    expect(take(await work).forms.toy).toMatchObject({
      values: { username: "typed meanwhile" },
      servers: [{ name: "exa.contoso.lab", ticked: true, priority: 1 }],
      notShown: [{ version: "2019", count: 2 }],
    });
  });

  it("hands the provider the draft's own secret", async () => {
    const storeId = await storeWithDraft(bed);
    const heard: unknown[] = [];
    bed.toy.list = async (context) => {
      heard.push(take(await context.secrets.text("password")), context.connection.kind, context.directory === null);
      return succeed(listingOf());
    };
    take(await bed.services.editor.sync(storeId, quietly()));
    expect(heard).toEqual(["secret-42", "active-directory", false]);
  });

  it("leaves the draft alone when it fails or is cancelled", async () => {
    const storeId = await storeWithDraft(bed);
    const before = draftOf(bed, storeId);
    bed.toy.list = () => Promise.resolve(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    expect(fault(await bed.services.editor.sync(storeId, quietly()))).toMatchObject({ kind: "sign-in" });
    const controller = new AbortController();
    bed.toy.list = () => {
      controller.abort();
      return Promise.resolve(succeed(listingOf("exa.contoso.lab")));
    };
    expect(fault(await bed.services.editor.sync(storeId, { ...quietly(), signal: controller.signal }))).toEqual({ kind: "cancelled" });
    expect(draftOf(bed, storeId)).toEqual(before);
  });

  it("asks nobody while a field is missing", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    expect(fault(await bed.services.editor.sync(id, quietly()))).toEqual({ kind: "invalid", issues: [{ path: ["username"], code: "required" }] });
  });
});

describe("review and save", () => {
  it("name every field at fault, secrets included", async () => {
    const { id } = take(await bed.services.stores.create("HQ", connection, null));
    expect(fault(bed.services.editor.review(id))).toEqual({
      kind: "invalid",
      issues: [
        { path: ["username"], code: "required" },
        { path: ["password"], code: "required" },
      ],
    });
    expect(fault(await bed.page.save(id, 1)).kind).toBe("invalid");
  });

  it("refuse a provider that this version does not offer to the store", async () => {
    const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
    const { id } = take(await bed.services.stores.create("Cloud", tenant, null));
    take(await bed.page.write(id, { choice: { provider: "toy", variant: "2013" } }));
    expect(fault(bed.services.editor.review(id))).toEqual({ kind: "invalid", issues: [{ path: ["provider"], code: "not-for-this-store" }] });
    take(await bed.page.write(id, { choice: { provider: "gone", variant: null } }));
    expect(fault(bed.services.editor.review(id))).toMatchObject({ kind: "not-found", what: "provider" });
  });

  it("say what stops when None takes the place of a provider, and bring it back by one revision", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    take(await bed.page.save(storeId, 1));
    take(await bed.page.write(storeId, { choice: { provider: "none", variant: null } }));
    const review = take(bed.services.editor.review(storeId));
    expect(review.changes).toMatchObject([{ key: "provider", before: "toy/2013", after: "none" }]);
    expect(review.stops).toEqual([
      { kind: "replaced", provider: "toy", variant: "2013" },
      { kind: "prevented", provider: "none", name: "creating" },
      { kind: "prevented", provider: "none", name: "changing" },
    ]);
    take(await bed.page.save(storeId, 2));
    expect(take(bed.services.editor.open(storeId)).saved?.provider).toBe("none");
    expect(take(await bed.services.stores.restore(storeId, 2, 3))).toEqual({ revision: 4, changed: true });
    const back = take(bed.services.editor.open(storeId)).saved;
    expect(back).toMatchObject({ provider: "toy", secrets: { password: { state: "set" } } });
    expect(back?.servers).toHaveLength(2);
  });

  it("warn when no server is ticked", async () => {
    const storeId = await storeWithDraft(bed);
    expect(take(bed.services.editor.review(storeId)).stops).toEqual([{ kind: "nothing-ticked" }]);
  });

  it("tell the second of two what the first saved, and keep the draft", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.page.save(storeId, 1));
    take(await bed.page.write(storeId, contentOf({ ...await draftFrom(storeId) }, { username: "second" })));
    take(await bed.services.stores.rename(storeId, "Head office"));
    expect(fault(await bed.page.save(storeId, 2))).toMatchObject({ kind: "conflict", revision: 3, by: whoSaves("CONTOSO\\anna") });
    expect(draftOf(bed, storeId).forms.toy?.values.username).toBe("second");
    expect(take(await bed.page.save(storeId, 3)).revision).toBe(4);
    expect(take(bed.services.stores.get(storeId)).name).toBe("Head office");
  });

  async function draftFrom(storeId: string) {
    return take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" } }));
  }
});

describe("a test", () => {
  it("is remembered until the form changes, and saved with it", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.test(storeId, quietly()));
    expect(draftOf(bed, storeId).forms.toy?.tested.state).toBe("passed");
    take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId))));
    expect(draftOf(bed, storeId).forms.toy?.tested.state).toBe("passed");
    take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId), { username: "other" })));
    expect(draftOf(bed, storeId).forms.toy?.tested.state).toBe("untested");
    bed.toy.test = () => Promise.resolve(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    expect((await bed.services.editor.test(storeId, quietly())).ok).toBe(false);
    expect(take(await bed.page.save(storeId, 1)).saved.tested.state).toBe("failed");
    expect(bed.services.summaries.list()).toMatchObject([{ state: "saved-with-failed-test" }]);
  });

  it("does not count for a form that changed while it ran", async () => {
    const storeId = await storeWithDraft(bed);
    bed.toy.test = async () => {
      take(await bed.page.write(storeId, contentOf(draftOf(bed, storeId), { username: "meanwhile" })));
      return Promise.resolve(succeed(null));
    };
    take(await bed.services.editor.test(storeId, quietly()));
    expect(draftOf(bed, storeId).forms.toy?.tested.state).toBe("untested");
  });

  it("of the saved configuration is remembered too", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.page.save(storeId, 1));
    expect(bed.services.summaries.list()).toMatchObject([{ state: "saved-untested" }]);
    take(await bed.services.editor.test(storeId, quietly()));
    expect(take(bed.services.editor.open(storeId)).saved?.tested.state).toBe("passed");
  });
});

describe("a certificate in a form", () => {
  const reader: CertificateReader = {
    inspect: (bytes, password) =>
      Promise.resolve(
        password === "right"
          ? {
              opens: true,
              summary: {
                subject: `CN=${bytes.length} bytes`,
                issuer: "CN=me",
                serialNumber: "01",
                thumbprintSha1: "00",
                thumbprintSha256: "00",
                notBefore: 0,
                notAfter: 1_800_000_000_000,
                keyType: "RSA 2048",
                hasPrivateKey: true,
                cipher: "modern",
                cipherNames: [],
                mac: "absent",
                certificates: 1,
                chain: [],
                verdicts: ["fine"],
                certificatePem: null,
                integrity: "absent",
                identities: [],
                takenBy: [],
                readers: [],
                remarks: [],
              },
            }
          : { opens: false, fault: { kind: "wrong-password", subject: "certificate" }, verdict: "wrong-password" },
      ),
    open: () => Promise.resolve(fail({ kind: "unsupported", why: "test" })),
  };

  it("is described once its password is there, and expires in the list", async () => {
    await bed.dispose();
    bed = await layBed({ certificates: reader });
    const storeId = await storeWithDraft(bed);
    const { file } = take(bed.services.files.hold("hq-mail.pfx", new Uint8Array(12)));
    const address = { storeId, provider: "toy", field: "file" };
    expect(take(await bed.page.setCertificate(address, file)).forms.toy?.certificates.file).toMatchObject({ state: "changed", summary: null, fault: { kind: "wrong-password" } });
    const opened = take(await bed.page.setSecret({ ...address, field: "filePassword" }, "right"));
    expect(opened.forms.toy?.certificates.file).toMatchObject({ fileName: "hq-mail.pfx", summary: { subject: "CN=12 bytes" }, fault: null });
    take(await bed.page.save(storeId, 1));
    expect(bed.services.expiry.list().map(({ kind, subject }) => [kind, subject])).toEqual([
      ["support", "toy/2013"],
      ["certificate", "hq-mail.pfx"],
    ]);
    expect(take(await bed.page.setCertificate(address, null)).forms.toy?.certificates.file).toEqual({ state: "not-set" });
  });
});

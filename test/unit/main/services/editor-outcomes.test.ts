/** What is remembered of tests, listings and files in a form, and what is not. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { CertificateInspection, CertificateSummary } from "../../../../shared/model/certificate.ts";
import { fault, take } from "../store/support.ts";
import { contentOf, draftOf, layBed, listingOf, quietly, storeWithDraft, type Bed } from "./support.ts";
import { newestEvents } from "../../../lab/events.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

const choose = async (storeId: string, variant: string) => take(await bed.page.write(storeId, { choice: { provider: "toy", variant } }));

describe("a test", () => {
  it("that was called off is remembered neither as failed nor as passed", async () => {
    const storeId = await storeWithDraft(bed);
    const controller = new AbortController();
    bed.toy.test = () => {
      controller.abort();
      return Promise.resolve(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    };
    expect(fault(await bed.services.editor.test(storeId, { ...quietly(), signal: controller.signal }))).toEqual({ kind: "cancelled" });
    expect(draftOf(bed, storeId).forms.toy?.tested).toEqual({ state: "untested" });
  });

  it("of what was saved before says nothing of what is saved now", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.page.save(storeId, 1));
    take(await bed.services.editor.test(storeId, quietly()));
    take(await bed.page.write(storeId, contentOf(await choose(storeId, "2013"), { username: "other" })));
    take(await bed.page.save(storeId, 2));
    expect(take(bed.services.editor.open(storeId)).saved?.tested).toEqual({ state: "untested" });
    expect(bed.services.summaries.list()).toMatchObject([{ state: "saved-untested" }]);
  });
});

describe("saves", () => {
  it("that failed are in the activity, as those that did not", async () => {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.stores.rename(storeId, "Head office"));
    expect(fault(await bed.page.save(storeId, 1)).kind).toBe("conflict");
    take(await bed.page.save(storeId, 2));
    const saves = (await newestEvents(bed.store)).filter(({ kind }) => kind.includes("save"));
    expect(saves.map(({ kind, detail, subject }) => [kind, detail, subject])).toEqual([["revision-saved", "untested", "3"], ["save-failed", "conflict", null]]);
  });
});

describe("Sync Again", () => {
  it("merges no listing of a version that was left meanwhile", async () => {
    const storeId = await storeWithDraft(bed);
    bed.toy.list = async () => {
      await choose(storeId, "2016");
      return Promise.resolve(succeed(listingOf("exa.contoso.lab")));
    };
    expect(take(await bed.services.editor.sync(storeId, quietly())).forms.toy).toMatchObject({ variant: "2016", servers: [] });
  });
});

describe("a secret", () => {
  it("with characters that nobody sees is refused, and the one there is stays", async () => {
    const storeId = await storeWithDraft(bed);
    const before = bed.store.drafts.get(storeId);
    expect(fault(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "Pa55\u0000word"))).toMatchObject({ kind: "invalid", issues: [{ path: ["password"] }] });
    expect(bed.store.drafts.get(storeId)).toEqual(before);
  });
});

describe("a certificate in a form", () => {
  const summary: CertificateSummary = {
    subject: "CN=second", issuer: "CN=me", serialNumber: "01", thumbprintSha1: "00", thumbprintSha256: "00", notBefore: 0, notAfter: 1_800_000_000_000,
    keyType: "RSA 2048", hasPrivateKey: true, cipher: "modern", cipherNames: [], mac: "absent", certificates: 1, chain: [], verdicts: ["fine"],
    certificatePem: null, integrity: "absent", identities: [], takenBy: [], readers: [], remarks: [],
  };

  it("is never described by what was read of the file before it", async () => {
    await bed.dispose();
    const slow = Promise.withResolvers<CertificateInspection>();
    bed = await layBed({
      certificates: {
        inspect: (bytes) => (bytes.length === 1 ? slow.promise : Promise.resolve({ opens: true, summary })),
        open: () => Promise.resolve(fail({ kind: "unsupported", why: "test" })),
      },
    });
    const storeId = await storeWithDraft(bed);
    const address = { storeId, provider: "toy", field: "file" };
    const held = (bytes: number) => take(bed.services.files.hold(`${bytes}.pfx`, new Uint8Array(bytes))).file;
    const first = bed.page.setCertificate(address, held(1));
    take(await bed.page.setCertificate(address, held(2)));
    slow.resolve({ opens: false, fault: { kind: "unreadable", what: "damaged" }, verdict: "damaged" });
    await first;
    expect(draftOf(bed, storeId).forms.toy?.certificates.file).toMatchObject({ fileName: "2.pfx", fault: null, summary: { subject: "CN=second" } });
  });
});

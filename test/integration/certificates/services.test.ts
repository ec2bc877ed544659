import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCertificateReader, openCertificate } from "../../../main/certificates/index.ts";
import { portsWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { pfxBytes } from "../../lab/vectors.ts";
import { connection, layBed, quietly, storeWithDraft, type Bed } from "../../unit/main/services/support.ts";
import { systemClock, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { issuedFault } from "../../../main/services/secrets.ts";
import { providers } from "../../../main/providers/index.ts";
import { explain } from "../../../renderer/text/fault.ts";
import { succeed } from "../../../shared/fault.ts";
import type { DraftView } from "../../../shared/model/draft.ts";
import { restThreads } from "../../lab/rest-threads.ts";

afterEach(restThreads);

const clock = { ...systemClock, now: () => Date.parse("2026-06-01T00:00:00Z") };

describe("the real reader behind the services", () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await layBed({ certificates: createCertificateReader(clock) });
  });
  afterEach(async () => {
    await bed.dispose();
  });

  test("a held file is inspected for the certificate bench, without any store", async () => {
    const { file } = take(bed.services.files.hold("google.p12", pfxBytes("generated/google-rc2-40.p12")));
    expect(await bed.services.inspectCertificate(file, "notasecret")).toMatchObject({ ok: true, value: { opens: true, summary: { keyType: "RSA 2048", verdicts: ["not-for-current-openssl"] } } });
    expect(await bed.services.inspectCertificate(file, null)).toMatchObject({ ok: true, value: { opens: false, verdict: "wrong-password" } });
    expect(await bed.services.inspectCertificate("gone", null)).toMatchObject({ ok: false, fault: { kind: "not-found" } });
  });

  test("a form's certificate is described anew with each password", async () => {
    const storeId = await storeWithDraft(bed);
    const { file } = take(bed.services.files.hold("chain.p12", pfxBytes("generated/chain-of-3.p12")));
    const address = { storeId, provider: "toy", field: "file" };
    const describedWith = async (password: string | null) => {
      const view = take(await bed.page.setSecret({ ...address, field: "filePassword" }, password));
      const state = view.forms["toy"]?.certificates["file"];
      return state?.state === "set" || state?.state === "changed" ? (state.summary?.subject ?? null) : null;
    };
    take(await bed.page.setCertificate(address, file));
    expect(await describedWith("wrong")).toBeNull();
    expect(await describedWith("password")).toBe("O=Generated vector,CN=leaf.example");
    expect(await describedWith(null)).toBeNull();
  });
});

test("a file with another password than the one that its issuer gives every file is told so", () => {
  const wrong = { kind: "wrong-password", subject: "certificate" } as const;
  const told = Object.fromEntries(
    providers.flatMap(({ id, descriptor }) => descriptor.fields.flatMap(({ kind, name }) => (kind === "certificate" ? [[id, issuedFault(descriptor, name, wrong)] as const] : []))),
  );
  expect(told).toEqual({ office365: wrong, "google-workspace": { kind: "wrong-password", subject: "issued-certificate", issued: "notasecret" } });
  expect(explain({ kind: "wrong-password", subject: "issued-certificate", issued: "notasecret" }).sentence).toContain("“notasecret”");
});

test("a document is told so as well", async () => {
  const { folder, remove } = temporaryFolder();
  const app = take(await startApp(portsWith(folder, { clock })));
  try {
    const { file } = take(app.services.files.hold("key.p12", pfxBytes("generated/aes256-sha256.p12")));
    const document = { name: "HQ", connection, messaging: { provider: "google-workspace", certificates: { certificate: "key.p12" } } };
    const refused = await app.services.documents.create({ document, secrets: {}, files: { "key.p12": file } });
    const issues = !refused.ok && refused.fault.kind === "invalid" ? refused.fault.issues : [];
    expect(issues).toContainEqual(expect.objectContaining({ path: ["messaging", "certificates", "certificate"], facts: { why: "faults.wrong-password-issued-certificate", password: "notasecret" } }));
  } finally {
    await app.dispose();
    remove();
  }
});

describe("a file with two certificates and their keys", () => {
  const [old, renewed] = ["177272ef5da4dc2c725c5b5f65b91ad6fa267a1847559a176e759c7bf2dc0a91", "5ad1cd71e6c467112f122740dfa6cc2f2534e19d90205adbb7ed87ed019ad51a"];
  const later = { ...systemClock, now: () => Date.parse("2026-12-01T00:00:00Z") };

  test("gives the renewed one, or the one that was chosen, to forms, providers and after a restart", async () => {
    const { folder, remove } = temporaryFolder();
    let bed = await layBed({ certificates: createCertificateReader(later), folder });
    const storeId = await storeWithDraft(bed);
    const { file } = take(bed.services.files.hold("renewed.pfx", pfxBytes("field/renewed-old-first.pfx")));
    const address = { storeId, provider: "toy", field: "file" };
    const stateIn = (view: DraftView) => view.forms["toy"]?.certificates["file"];
    const used = async () => {
      let thumbprint: string | null = null;
      bed.toy.test = async ({ secrets }) => {
        thumbprint = take(await secrets.certificate("file"))?.thumbprintSha256 ?? null;
        return succeed(null);
      };
      take(await bed.services.editor.test(storeId, quietly()));
      return thumbprint;
    };
    take(await bed.page.setSecret({ ...address, field: "filePassword" }, "secret"));
    const listed = stateIn(take(await bed.page.setCertificate(address, file)));
    expect(listed).toMatchObject({ identity: null, summary: { thumbprintSha256: renewed, identities: [{ thumbprintSha256: old }, { thumbprintSha256: renewed }] } });
    expect(await used()).toBe(renewed);

    expect(await bed.page.chooseIdentity(address, "00")).toMatchObject({ ok: false, fault: { kind: "not-found", what: "certificate-identity" } });
    const chosen = stateIn(take(await bed.page.chooseIdentity(address, old ?? "")));
    expect(chosen).toMatchObject({ identity: old, summary: { thumbprintSha256: old, verdicts: expect.arrayContaining(["expired"]) as unknown } });
    expect(await used()).toBe(old);
    take(await bed.page.save(storeId, 1));
    await bed.dispose();

    bed = await layBed({ certificates: createCertificateReader(later), folder });
    expect(take(bed.services.editor.open(storeId)).saved?.certificates["file"]).toMatchObject({ identity: old, summary: { thumbprintSha256: old } });
    expect(await used()).toBe(old);
    take(await bed.page.chooseIdentity(address, null));
    expect(take(bed.services.editor.review(storeId)).changes).toMatchObject([{ key: "certificates.file.identity", before: old, after: null }]);
    expect(await used()).toBe(renewed);
    // Another file has other certificates.
    expect(stateIn(take(await bed.page.setCertificate(address, take(bed.services.files.hold("a.pfx", pfxBytes("generated/3des.p12"))).file)))).toMatchObject({ identity: null });
    await bed.dispose();
    remove();
  });
});

describe("a certificate opened for a provider", () => {
  const signal = new AbortController().signal;
  const open = (file: string, password: string | null) => openCertificate(pfxBytes(file), password, { signal, clock });

  test("has its key, its chain in order and its thumbprints", async () => {
    const opened = take(await open("generated/chain-of-3.p12", "password"));
    expect(opened.privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(opened.chainPem).toHaveLength(2);
    expect(opened).toMatchObject({ thumbprintSha256: "d529b3a49b3c7aad1eadb3418239081b6d7896ea4707b1bc6cc3617da239c774", notAfter: Date.parse("2049-12-31T23:59:59Z") });
  });

  test.each([
    ["generated/certificate-without-key.p12", "no-private-key"],
    ["generated/key-without-certificate.p12", "no-certificate"],
    ["generated/key-mismatch.p12", "key-mismatch"],
    ["generated/truncated-half.p12", "damaged"],
  ])("%s is refused as %s", async (file, what) => {
    expect(await open(file, "password")).toMatchObject({ ok: false, fault: { kind: "unreadable", what } });
  });
});

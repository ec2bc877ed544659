/** What is said of a secret: set is what opens, and nothing else. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OpenedCertificates } from "../../../../main/services/opened-certificates.ts";
import { providerSecrets, purposeOf, sealText } from "../../../../main/services/secrets.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { messagingWith, referTo, take, temporaryFolder } from "../store/support.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { connection, layBed, storeWithDraft, toyProvider, wellBehaved, type Bed } from "./support.ts";

const { isTeam } = engineUnderTest();

const place = temporaryFolder();
let bed: Bed;
beforeEach(async () => {
  bed = await layBed({ folder: place.folder });
});
afterEach(async () => {
  await bed.dispose();
  place.remove();
});

const ofFile = onlyOnFile("a team's console opens secrets from what it holds in memory; team-attacks.test.ts spoils them in a database");

/** What a restored folder on another machine is like: every secret is there, and none opens. */
function spoilSecrets(): void {
  const vandal = new DatabaseSync(path.join(place.folder, "messaging-console.db"));
  vandal.exec("UPDATE secret SET sealed = zeroblob(40)");
  vandal.close();
}

it.skipIf(isTeam)(`of a form that cannot be read is not shown as set, nor is a certificate file${ofFile}`, async () => {
  const storeId = await storeWithDraft(bed);
  const { file } = take(bed.services.files.hold("hq.pfx", new Uint8Array(12)));
  take(await bed.page.setCertificate({ storeId, provider: "toy", field: "file" }, file));
  spoilSecrets();
  const { draft } = take(bed.services.editor.open(storeId));
  expect(draft?.forms["toy"]).toMatchObject({ secrets: { password: { state: "unreadable" }, filePassword: { state: "not-set" } }, certificates: { file: { state: "unreadable", fileName: "hq.pfx" } } });
});

it.skipIf(isTeam)(`of a directory's account that cannot be read is not shown as set${ofFile}`, async () => {
  const { id } = take(await bed.services.stores.create("HQ", connection, "Pa55word!"));
  expect(take(bed.services.stores.get(id)).directoryPassword.state).toBe("set");
  spoilSecrets();
  expect(take(bed.services.stores.get(id)).directoryPassword.state).toBe("unreadable");
});

it("of a certificate that was opened opens it with no other password", async () => {
  const { vault } = bed.store;
  const seal = async (field: string, text: string) => {
    const reference = take(await sealText(vault, purposeOf("toy", field), text));
    await referTo(bed.store, reference);
    return reference;
  };
  const file = { secret: await seal("file", "a container"), fileName: "hq.pfx", summary: null, fault: null, identity: null };
  const certificate = { certificatePem: "", chainPem: [], privateKeyPem: "", thumbprintSha256: "", thumbprintSha1: "", notAfter: 0 };
  const wrong = fail({ kind: "wrong-password", subject: "certificate" });
  const certificates = {
    inspect: () => Promise.reject(new Error("nobody asked")),
    open: (_bytes: Uint8Array, password: string | null) => Promise.resolve(password === "right" ? succeed(certificate) : wrong),
  };
  const { signal } = new AbortController();
  const deps = { vault, certificates, opened: new OpenedCertificates(), signal, place: null };
  const read = async (password: string) =>
    providerSecrets(toyProvider(wellBehaved()).descriptor, { ...messagingWith(0), secrets: { filePassword: await seal("filePassword", password) }, certificates: { file } }, deps).certificate("file");
  expect([await read("right"), await read("wrong"), await read("right")].map(({ ok }) => ok)).toEqual([true, false, true]);
});

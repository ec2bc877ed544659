import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pfxBytes } from "../../../lab/vectors.ts";
import { take } from "../store/support.ts";
import { codes, given, refusal, toy } from "./document-support.ts";
import { connection, layBed, type Bed } from "./support.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

const create = (document: unknown, secrets: Record<string, string>, files: Record<string, string>) => bed.services.documents.create({ document, secrets, files });
const apply = (id: string, document: unknown, secrets: Record<string, string> = {}) => bed.services.documents.apply(id, { document, secrets, files: {} }, false);
const read = (id: string) => take(bed.services.documents.read(id));

describe("a certificate file", () => {
  const held = (file: string) => {
    const name = file.split("/").at(-1) ?? file;
    return { "cert.pfx": take(bed.services.files.hold(name, pfxBytes(file))).file };
  };
  const withFile = (file: string, password: string) =>
    create({ name: "HQ", connection, messaging: { ...toy, certificates: { file: "cert.pfx" } } }, { ...given, "messaging.filePassword": password }, held(file));

  it("is opened with the password it comes with, and stays when it comes again", async () => {
    const { id } = take(await withFile("generated/aes256-sha256.p12", "password"));
    expect(take(bed.services.editor.open(id)).saved?.certificates["file"]).toMatchObject({ state: "set", fileName: "aes256-sha256.p12", summary: { keyType: "RSA 2048" } });
    expect(read(id).document.messaging?.certificates).toEqual({ file: "set" });
    const again = { document: { messaging: { provider: "toy", certificates: { file: "cert.pfx" } } }, secrets: {}, files: held("generated/aes256-sha256.p12") };
    expect(take(await bed.services.documents.apply(id, again, false)).changed).toBe(false);
    expect(codes(await apply(id, { messaging: { provider: "toy" } }, { "messaging.filePassword": "wrong" }))).toEqual(["secrets/messaging.filePassword certificate-refused"]);
  });

  describe("with several certificates", () => {
    const written = (thumbprint: string | null, file = "cert.pfx") => ({ provider: "toy", certificates: { file: { file, thumbprint } } });
    const several = async (thumbprint: string | null) =>
      create({ name: "HQ", connection, messaging: { ...toy, ...written(thumbprint) } }, { ...given, "messaging.filePassword": "changeit" }, held("field/ks-two-aliases.p12"));
    const used = (id: string) => {
      const view = take(bed.services.editor.open(id)).saved?.certificates["file"];
      return view?.state === "set" ? { summary: view.summary, fault: view.fault } : null;
    };

    it("is used by the one whose thumbprint is written, and says so when it is read back", async () => {
      const { id } = take(await several(null));
      expect(read(id).document.messaging?.certificates).toEqual({ file: "set" });
      const other = used(id)?.summary?.identities[1];
      expect([used(id)?.summary?.subject, other?.subject]).toEqual(["CN=keytool one", "CN=keytool two"]);
      const asWindowsShowsIt = (other?.thumbprintSha1 ?? "").toUpperCase().replaceAll(/(..)(?=.)/g, "$1 ");
      expect(take(await apply(id, { messaging: written(asWindowsShowsIt, "set") })).changed).toBe(true);
      expect(used(id)?.summary?.subject).toBe("CN=keytool two");
      const { document } = read(id);
      expect(document.messaging?.certificates).toEqual({ file: { file: "set", thumbprint: other?.thumbprintSha256 } });
      expect(take(await apply(id, document)).changed).toBe(false);
      expect(take(await apply(id, { messaging: { provider: "toy", certificates: { file: "set" } } })).changed).toBe(false);
      expect(take(await apply(id, { messaging: written(null, "set") })).changed).toBe(true);
      expect(used(id)?.summary?.subject).toBe("CN=keytool one");
    });

    it("is refused with a thumbprint that is in none of them", async () => {
      const refused = refusal(await several("00".repeat(20)));
      expect(refused).toMatchObject([{ path: ["messaging", "certificates", "file"], code: "certificate-refused", facts: { why: "faults.not-found-certificate-identity" } }]);
      expect(bed.store.identityStores.list()).toEqual([]);
    });
  });

  it.each([
    ["generated/aes256-sha256.p12", "wrong", "secrets/messaging.filePassword certificate-refused"],
    ["generated/certificate-without-key.p12", "password", "messaging/certificates/file certificate-refused"],
    ["generated/truncated-half.p12", "password", "messaging/certificates/file certificate-refused"],
    ["field/google-key.json", "password", "messaging/certificates/file certificate-refused"],
  ])("is refused when nobody can sign in with it: %s, %s", async (file, password, told) => {
    expect(codes(await withFile(file, password))).toEqual([told]);
    expect(bed.store.identityStores.list()).toEqual([]);
  });
});

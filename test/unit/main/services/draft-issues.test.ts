import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail } from "../../../../shared/fault.ts";
import { pfxBytes } from "../../../lab/vectors.ts";
import { take } from "../store/support.ts";
import { connection, contentOf, layBed, storeWithDraft, type Bed } from "./support.ts";

let bed: Bed;
beforeEach(async () => (bed = await layBed()));
afterEach(() => bed.dispose());

describe("a draft", () => {
  it("tells what a save would refuse", async () => {
    const { id: storeId } = take(await bed.services.stores.create("HQ", connection, null));
    const draft = take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "secret-42"));
    expect(draft.issues).toEqual([{ path: ["username"], code: "required" }]);
    expect(take(await bed.page.write(storeId, contentOf(draft, { username: "svc" }))).issues).toEqual([]);
    take(await bed.page.save(storeId, 1));
  });
});

describe("a certificate file in a form", () => {
  const address = { provider: "toy", field: "file" } as const;
  const chooseFile = async (storeId: string, name: string) => {
    const { file } = take(bed.services.files.hold(name, pfxBytes(name)));
    return take(await bed.page.setCertificate({ storeId, ...address }, file));
  };
  const typePassword = async (storeId: string, password: string) => take(await bed.page.setSecret({ storeId, provider: "toy", field: "filePassword" }, password));

  it.each([
    ["generated/truncated-half.p12", "faults.unreadable-damaged"],
    ["generated/pem-renamed.pfx", "other-files.certificate-and-key"],
    ["generated/certificate-without-key.p12", "faults.unreadable-no-private-key"],
    ["generated/key-without-certificate.p12", "faults.unreadable-no-certificate"],
    ["generated/key-mismatch.p12", "faults.unreadable-key-mismatch"],
  ])("%s keeps the form from being saved, with the reason, and stays", async (name, why) => {
    const storeId = await storeWithDraft(bed);
    await typePassword(storeId, "password");
    const refused = [{ path: ["file"], code: "certificate-refused", facts: { why } }];
    expect((await chooseFile(storeId, name)).issues).toEqual(refused);
    expect(await bed.page.save(storeId, 1)).toEqual(fail({ kind: "invalid", issues: refused }));
    expect(take(bed.services.editor.open(storeId)).draft?.issues).toEqual(refused);
  });

  it("with a wrong password is refused at the password, and saved with the right one", async () => {
    const storeId = await storeWithDraft(bed);
    expect((await chooseFile(storeId, "generated/3des.p12")).issues).toEqual([{ path: ["filePassword"], code: "required" }]);
    expect((await typePassword(storeId, "wrong")).issues).toEqual([{ path: ["filePassword"], code: "certificate-refused", facts: { why: "faults.wrong-password-certificate" } }]);
    expect(take(bed.services.editor.open(storeId)).draft?.forms["toy"]?.certificates["file"]).toMatchObject({ fault: { kind: "wrong-password" } });
    expect((await typePassword(storeId, "password")).issues).toEqual([]);
    take(await bed.page.save(storeId, 1));
  });

  it("that has expired can be saved with the rest", async () => {
    const storeId = await storeWithDraft(bed);
    await typePassword(storeId, "password");
    expect((await chooseFile(storeId, "generated/expired.p12")).issues).toEqual([]);
  });
});

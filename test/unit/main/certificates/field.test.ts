/** Files as administrators bring them: what each is, what is said of it, and what it is not called. */
import { describe, expect, test } from "vitest";
import { readCertificateFile } from "../../../../main/certificates/reading.ts";
import type { Fault } from "../../../../shared/fault.ts";
import type { CertificateSummary } from "../../../../shared/model/certificate.ts";
import { pfxBytes } from "../../../lab/vectors.ts";

const NOW = Date.parse("2026-12-01T00:00:00Z");

const read = (file: string | Uint8Array, password: string | null, identity: string | null = null) =>
  readCertificateFile({ bytes: typeof file === "string" ? pfxBytes(file) : file, password, identity, now: NOW, withKey: true });

function summaryOf(file: string | Uint8Array, password: string | null, identity: string | null = null): CertificateSummary {
  const { inspection } = read(file, password, identity);
  if (!inspection.opens) throw new Error(`it does not open: ${JSON.stringify(inspection.fault)}`);
  return inspection.summary;
}

function faultOf(file: string | Uint8Array, password: string | null): Fault | null {
  const { inspection } = read(file, password);
  return inspection.opens ? null : inspection.fault;
}

describe("nothing typed", () => {
  test.each([
    ["field/empty-password.pfx", null],
    ["field/empty-password.pfx", ""],
    ["generated/empty-password.p12", null],
    ["cryptography/no-password.p12", null],
    ["cryptography/no-password.p12", ""],
    // Encrypted in the older way with no password at all.
    ["cryptography/name-unicode-no-pwd.p12", ""],
  ])("opens %s with %j, made with the empty password or with none", (file, password) => {
    expect(read(file, password).opened).toMatchObject({ ok: true });
  });

  test("is not a typed password, and a typed one is only itself", () => {
    expect(faultOf("field/empty-password.pfx", " ")).toEqual({ kind: "wrong-password", subject: "certificate" });
    expect(faultOf("field/3des-mac-SHA256.pfx", "")).toEqual({ kind: "wrong-password", subject: "certificate" });
    expect(summaryOf("field/empty-password.pfx", null).remarks).toEqual([{ remark: "no-password", detail: null }]);
    expect(summaryOf("field/3des-mac-SHA256.pfx", "secret").remarks).toEqual([]);
  });
});

describe("protected for accounts of a domain", () => {
  test("is said before any password, and whatever is typed", () => {
    const said = { kind: "unreadable", what: "domain-protected" };
    expect([null, "", "secret"].map((password) => faultOf("field/sid-protected.pfx", password))).toEqual([said, said, said]);
  });
});

describe("parts that are not needed", () => {
  test.each([
    ["field/crl-bag.pfx", [{ remark: "skipped-crl", detail: "1" }]],
    ["field/unknown-bag.pfx", [{ remark: "skipped-bag", detail: "1.3.6.1.4.1.99999.1.2" }]],
  ])("of %s are skipped and named", (file, remarks) => {
    expect(read(file, "secret").opened).toMatchObject({ ok: true });
    expect(summaryOf(file, "secret").remarks).toEqual(remarks);
  });
});

describe("two passwords", () => {
  test("the one of the integrity check vouches for the file: the contents have another, and nothing is damaged", () => {
    expect(faultOf("field/two-passwords.pfx", "outer")).toEqual({ kind: "wrong-password", subject: "certificate-contents" });
  });

  test("the one of the contents opens them, and that the check does not agree is said", () => {
    const { integrity, verdicts, readers } = summaryOf("field/two-passwords.pfx", "inner");
    expect({ integrity, verdicts }).toEqual({ integrity: "unconfirmed", verdicts: ["integrity-unconfirmed", "not-for-server-2016"] });
    expect(readers.filter(({ reads }) => reads === "yes").map(({ reader }) => reader)).toEqual(["exchange-online"]);
    expect(read("field/two-passwords.pfx", "inner").opened).toMatchObject({ ok: true });
  });

  test("neither is any other", () => {
    expect(faultOf("field/two-passwords.pfx", "secret")).toEqual({ kind: "wrong-password", subject: "certificate" });
  });

  test.each(["field/pbmac1-damaged.pfx", "generated/mac-byte-flipped.p12"])("damage is not taken for another password: %s", (file) => {
    expect(faultOf(file, file.startsWith("field") ? "secret" : "password")).toEqual({ kind: "unreadable", what: "damaged" });
  });

  test("a change that garbles the certificate or the public half of the key is found although the check cannot be asked", () => {
    const whole = pfxBytes("field/two-passwords.pfx");
    const places = [...Array.from({ length: 14 }, (_none, i) => 290 + i * 50), 1210, 1300, 1400];
    for (const at of places) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(faultOf(changed, "inner"), `byte ${at}`).toEqual({ kind: "unreadable", what: "damaged" });
    }
  });
});

describe("the integrity check of RFC 9579", () => {
  test("is verified over the password in UTF-8", () => {
    const { integrity, mac } = summaryOf("field/pbmac1.pfx", "secret");
    expect({ integrity, mac }).toEqual({ integrity: "verified", mac: "PBMAC1, 2048 iterations" });
    expect(faultOf("field/pbmac1.pfx", "Secret")).toEqual({ kind: "wrong-password", subject: "certificate" });
  });

  test("that is of a kind not computed here counts as unverified, which is said", () => {
    // The hash of the check becomes one that nobody knows: SHA-256's identifier ends in 2.1.
    const bytes = Buffer.from(pfxBytes("field/3des-mac-SHA256.pfx"));
    bytes[bytes.lastIndexOf("608648016503040201", undefined, "hex") + 8] = 0x7f;
    expect(summaryOf(bytes, "secret").integrity).toBe("unverified");
  });
});

describe("several certificates with their keys", () => {
  const [old, renewed] = ["177272ef5da4dc2c725c5b5f65b91ad6fa267a1847559a176e759c7bf2dc0a91", "5ad1cd71e6c467112f122740dfa6cc2f2534e19d90205adbb7ed87ed019ad51a"];

  test("are listed, the valid one that lasts longest is described, and which one others would take is said", () => {
    const { thumbprintSha256, identities, takenBy, verdicts } = summaryOf("field/renewed-old-first.pfx", "secret");
    expect(identities.map((identity) => identity.thumbprintSha256)).toEqual([old, renewed]);
    expect({ thumbprintSha256, verdicts }).toEqual({ thumbprintSha256: renewed, verdicts: ["not-for-server-2016"] });
    expect(takenBy).toEqual([{ reader: "openssl", thumbprintSha256: old }, { reader: "dotnet", thumbprintSha256: renewed }]);
  });

  test("one of them is chosen by either thumbprint", () => {
    const [{ thumbprintSha1 } = { thumbprintSha1: "" }] = summaryOf("field/renewed-old-first.pfx", "secret").identities;
    for (const thumbprint of [old ?? "", thumbprintSha1]) {
      expect(summaryOf("field/renewed-old-first.pfx", "secret", thumbprint)).toMatchObject({ thumbprintSha256: old, verdicts: ["expired", "not-for-server-2016"] });
      expect(read("field/renewed-old-first.pfx", "secret", thumbprint).opened).toMatchObject({ ok: true, value: { thumbprintSha256: old } });
    }
    expect(read("field/renewed-old-first.pfx", "secret", "00").inspection).toMatchObject({ opens: false, fault: { kind: "not-found", what: "certificate-identity" } });
  });

  test("of Java's keystore likewise; one certificate leaves nothing to choose", () => {
    const { subject, identities } = summaryOf("field/ks-two-aliases.p12", "changeit");
    expect({ subject, names: identities.map((identity) => identity.subject) }).toEqual({ subject: "CN=keytool one", names: ["CN=keytool one", "CN=keytool two"] });
    expect(summaryOf("generated/chain-of-3.p12", "password")).toMatchObject({ identities: [{ subject: "O=Generated vector,CN=leaf.example" }], takenBy: [] });
  });
});

describe("a container as text", () => {
  const text = Buffer.from(pfxBytes("field/keyvault-base64.pfx")).toString("latin1");
  const lines = text.replaceAll(/(.{64})/g, "$1\r\n");

  test.each([
    ["as Azure Key Vault gives it", text],
    ["in lines", lines],
    ["in quotation marks", `"${text}"\n`],
    ["as certutil -encode writes it", `-----BEGIN CERTIFICATE-----\r\n${lines}\r\n-----END CERTIFICATE-----\r\n`],
    ["in UTF-16", `\ufeff${text}`],
  ])("is read, %s", (how, content) => {
    const bytes = Buffer.from(content, how.includes("UTF-16") ? "utf16le" : "latin1");
    expect(summaryOf(bytes, null).remarks).toEqual([{ remark: "as-text", detail: null }, { remark: "no-password", detail: null }]);
  });

  test("is told with a wrong password, since such files mostly have none, and when it is cut short", () => {
    expect(faultOf(Buffer.from(text), "secret")).toEqual({ kind: "wrong-password", subject: "certificate-as-text" });
    expect(faultOf(Buffer.from(text.slice(0, 1000)), null)).toEqual({ kind: "unreadable", what: "damaged", detail: "cut short" });
  });
});

describe("without an integrity check", () => {
  // Those of "wrong 0" to "wrong 1499" under which the padding comes out right.
  test.each([84, 148, 231, 361, 431, 996, 1372, 1397, 1403, 1463])("a wrong password with the right padding stays a wrong password: %i", (number) => {
    expect(faultOf("field/sectigo-nomac.pfx", `wrong ${number}`)).toEqual({ kind: "wrong-password", subject: "certificate" });
  });

  test("the right one opens, and that nothing was verified is said", () => {
    expect(summaryOf("field/sectigo-nomac.pfx", "secret")).toMatchObject({ integrity: "absent", verdicts: ["unusual-mac"] });
  });
});

import { describe, expect, test } from "vitest";
import { certificateLine } from "../../../../main/certificates/batch.ts";
import { readCertificate } from "../../../../main/certificates/index.ts";
import { pfxBytes, pfxRows } from "../../../lab/vectors.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");

/** Why the files that no tool opens do not open. */
const REASONS: Readonly<Record<string, string>> = {
  "generated/empty-file.p12": "not-a-pfx",
  "generated/junk-4096.p12": "not-a-pfx",
  "generated/mac-byte-flipped.p12": "damaged",
  "generated/pem-renamed.pfx": "not-a-pfx",
  "generated/truncated-half.p12": "damaged",
  "generated/zeros-2mib.p12": "too-large",
};

/** Verdicts that the files were made for. */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  "generated/3des.p12": ["fine"],
  "generated/aes256-sha256.p12": ["not-for-server-2016"],
  "generated/certificate-without-key.p12": ["no-private-key", "not-for-server-2016"],
  "generated/key-without-certificate.p12": ["no-certificate", "not-for-server-2016"],
  "generated/key-mismatch.p12": ["key-mismatch", "not-for-server-2016"],
  "generated/expired.p12": ["expired", "not-for-server-2016"],
  "generated/not-yet-valid.p12": ["not-yet-valid", "not-for-server-2016"],
  "generated/google-rc2-40.p12": ["not-for-current-openssl"],
  "generated/ec-p256.p12": ["not-for-server-2016", "refused-by-exchange-online"],
  "rustcrypto/example11.pfx": ["expired", "not-for-server-2016", "unusual-mac", "weak-key"],
};

describe("every container of the vectors", () => {
  test("gives what OpenSSL says of it, or the reason", async () => {
    const table: string[] = [];
    const wrong: string[] = [];
    const rows = pfxRows();
    for (const row of rows) {
      const reading = await readCertificate({ bytes: pfxBytes(row.file), password: row.password, now: NOW, withKey: false });
      const line = certificateLine(reading);
      const { opens, reason, subject, thumbprintSha256, notAfter, keyType, cipher, mac, certificates, verdicts } = line;
      const privateKey = reading.inspection.opens && reading.inspection.summary.hasPrivateKey;
      const got = { opens, certificates, privateKey, keyType, subject, thumbprintSha256, notAfter, cipher, mac };
      const said: Readonly<Record<string, unknown>> = row;
      for (const [name, value] of Object.entries(got)) {
        const expected = said[name];
        if (value !== expected) wrong.push(`${row.file}: ${name} is ${String(value)}, OpenSSL says ${String(expected)}`);
      }
      if (!opens && reason !== REASONS[row.file]) wrong.push(`${row.file}: the reason is ${reason}`);
      const meant = VERDICTS[row.file];
      if (meant !== undefined && verdicts.join() !== meant.join()) wrong.push(`${row.file}: the verdicts are ${verdicts.join()}`);
      const found = opens ? `${keyType} · ${subject ?? "no certificate"} · ${cipher} · ${verdicts.join(", ")}` : `refused: ${reason}`;
      table.push(`${row.file.padEnd(56)} ${found}`);
    }
    process.stdout.write(`${table.join("\n")}\n${rows.length} files, ${wrong.length} differ from OpenSSL\n`);
    expect(wrong).toEqual([]);
    expect(rows).toHaveLength(70);
  }, 60_000);
});

describe("passwords", () => {
  const read = async (file: string, password: string | null) =>
    certificateLine(await readCertificate({ bytes: pfxBytes(file), password, now: NOW, withKey: false })).reason;

  test.each([
    ["generated/aes256-sha256.p12", "wrong"],
    ["generated/aes256-sha256.p12", null],
    ["generated/utf8-password.p12", "Pässwo\u0308rd€"],
    ["generated/google-rc2-40.p12", "NotASecret"],
    ["generated/utf8-password.p12", "Passwörd€"],
    ["rustcrypto/example5.pfx", "no MAC to tell, only the padding"],
    ["rustcrypto/example11.pfx", "a MAC that is not verified here"],
    ["cryptography/cert-none-key-none.p12", "nothing is encrypted, the MAC tells"],
  ])("%s does not open with %j", async (file, password) => {
    expect(await read(file, password)).toBe("wrong-password");
  });
});

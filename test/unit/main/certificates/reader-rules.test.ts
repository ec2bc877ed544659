import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { READER_RULES, READERS, readersOf, readerVerdicts, type Judged } from "../../../../main/certificates/reader-rules.ts";
import { certificatePropertySchema, certificateReaderSchema } from "../../../../shared/model/certificate.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
const shortRsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
const ec = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve }).publicKey;

type Facts = Judged["facts"];
const tripleDes = { name: "pbeWithSHA1And3-KeyTripleDES-CBC", prf: null, generation: "legacy", iterations: 2000 } as const;
const aes = { name: "AES-256-CBC", prf: "sha256", generation: "modern", iterations: 2000 } as const;
const mac = (hash: string, iterations = 2000) => ({ hash, iterations, length: 20, salt: 8 });

/** A container that every reader reads, with a change. */
function judged(change: Partial<Facts> = {}, key: KeyObject = rsa, provider: string | null = null): Judged {
  const encryptions = change.encryptions ?? [tripleDes, tripleDes];
  const facts: Facts = {
    cipher: "legacy",
    encryptions,
    cipherNames: encryptions.map(({ name }) => name),
    mac: mac("sha1"),
    integrity: "verified",
    isOpenedUntyped: false,
    asText: false,
    domainPassword: false,
    skipped: [],
    ...change,
  };
  return { facts, key, provider };
}

/** Readers by what they make of it: `- 2012-r2 2016 ? 2019` */
function told(each: Judged): string {
  const names = (reads: string) => readersOf(each).filter((verdict) => verdict.reads === reads).map(({ reader }) => reader.replace("windows-server-", ""));
  return [...names("no").map((name) => `-${name}`), ...names("unknown").map((name) => `?${name}`)].join(" ");
}

describe("who reads a file", () => {
  const cases: readonly (readonly [what: string, each: Judged, readers: string, verdicts: string])[] = [
    ["TripleDES and SHA-1", judged(), "", ""],
    ["AES and SHA-256", judged({ encryptions: [aes, aes], mac: mac("sha256") }), "-2012-r2 -2016", "not-for-server-2016"],
    ["one AES part of two, whatever the check", judged({ encryptions: [tripleDes, aes] }), "-2012-r2 -2016", "not-for-server-2016"],
    ["TripleDES with a SHA-256 check", judged({ mac: mac("sha256") }), "-2012-r2 -2016", "not-for-server-2016"],
    ["TripleDES with a SHA-512 check", judged({ mac: mac("sha512") }), "-2012-r2 -2016 ?2019", "not-for-server-2016"],
    ["AES-128", judged({ encryptions: [{ ...aes, name: "AES-128-CBC" }] }), "-2012-r2 -2016 ?2019", "not-for-server-2016"],
    ["AES-256 with PBKDF2 over SHA-1", judged({ encryptions: [{ ...aes, prf: "sha1" }] }), "-2012-r2 -2016 ?2019", "not-for-server-2016"],
    ["RC2 for the certificates alone", judged({ encryptions: [tripleDes, { ...tripleDes, name: "pbeWithSHA1And40BitRC2-CBC" }] }), "-openssl", "not-for-current-openssl"],
    ["RC4", judged({ encryptions: [{ ...tripleDes, name: "pbeWithSHA1And128BitRC4" }] }), "-openssl -dotnet", "not-for-current-openssl"],
    ["300,000 rounds", judged({ mac: mac("sha1", 300_000) }), "", ""],
    ["a round more", judged({ mac: mac("sha1", 300_001) }), "-dotnet", "not-for-dotnet"],
    ["a round more in one part", judged({ encryptions: [tripleDes, { ...tripleDes, iterations: 300_001 }] }), "-dotnet", "not-for-dotnet"],
    ["PBMAC1", judged({ mac: mac("PBMAC1") }), "-2012-r2 -2016 -dotnet ?2019", "not-for-server-2016 unusual-mac"],
    ["an MD5 check", judged({ mac: mac("md5") }), "?2012-r2 ?2016 ?2019", "unusual-mac"],
    ["no check", judged({ mac: null, integrity: "absent" }), "?2012-r2 ?2016 ?2019", "unusual-mac"],
    ["a check with another password", judged({ integrity: "unconfirmed" }), "-2012-r2 -2016 -2019 -openssl -dotnet", "integrity-unconfirmed"],
    ["a secret besides", judged({ skipped: [{ what: "secret", id: "1.2.3" }] }), "?2012-r2 ?2016 ?2019", "unproven"],
    ["base64 text", judged({ asText: true }), "-2012-r2 -2016 -2019 -openssl -dotnet", "as-text"],
    ["P-256", judged({}, ec("P-256")), "-exchange-online", "refused-by-exchange-online"],
    ["a curve of its own", judged({}, ec("secp256k1")), "-2012-r2 -exchange-online", "not-for-server-2012-r2 refused-by-exchange-online"],
    ["Ed25519", judged({}, generateKeyPairSync("ed25519").publicKey), "-dotnet -exchange-online ?2012-r2 ?2016 ?2019", "not-for-dotnet refused-by-exchange-online"],
    ["1,024 bits", judged({}, shortRsa), "?exchange-online", "weak-key"],
    ["a newer key store of Windows", judged({}, rsa, "Microsoft Software Key Storage Provider"), "-exchange-online", "refused-by-exchange-online"],
    ["an older one", judged({}, rsa, "Microsoft Enhanced RSA and AES Cryptographic Provider"), "", ""],
  ];

  test.each(cases)("%s", (_what, each, readers, verdicts) => {
    expect([told(each), readerVerdicts(each).join(" ")]).toEqual([readers, verdicts]);
  });

  test("each property has one row with a source, and is tried here; each reader is judged", () => {
    expect(READER_RULES.map(({ property }) => property).toSorted()).toEqual(certificatePropertySchema.options.toSorted());
    expect(READER_RULES.filter(({ source, refusedBy, unknownTo }) => source.length < 8 || refusedBy.length + unknownTo.length === 0)).toEqual([]);
    const tried = new Set(cases.flatMap(([, each]) => READER_RULES.filter(({ holds }) => holds(each)).map(({ property }) => property)));
    expect([...tried].toSorted()).toEqual(certificatePropertySchema.options.toSorted());
    expect(READERS).toEqual(certificateReaderSchema.options);
  });

  test("a reader that refuses says why, and not what it might have stumbled over besides", () => {
    const [first] = readersOf(judged({ mac: mac("PBMAC1"), skipped: [{ what: "secret", id: "1.2.3" }] }));
    expect(first).toEqual({ reader: "windows-server-2012-r2", reads: "no", because: ["mac-not-sha1"] });
  });
});

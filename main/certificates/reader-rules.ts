/**
 * Which properties of a file decide who else reads it: one row a property, with the readers that refuse it, those of which
 * nobody says what they do, and where that stands. A reader reads a file that no row keeps from it.
 */
import type { KeyObject } from "node:crypto";
import type { CertificateProperty, CertificateReader, CertificateVerdict, ReaderVerdict } from "../../shared/model/certificate.ts";
import type { ContainerFacts } from "./refusal.ts";

/** What is judged: the container, and the key or, without one, the certificate's public part. */
export interface Judged {
  readonly facts: ContainerFacts;
  readonly key: KeyObject | null;
  /** The Windows provider that held the key, where the file names it. */
  readonly provider: string | null;
}

interface ReaderRule {
  readonly property: CertificateProperty;
  readonly refusedBy: readonly CertificateReader[];
  readonly unknownTo: readonly CertificateReader[];
  /** What a person is told; null where it is told only when nothing worse is. */
  readonly verdict: CertificateVerdict | null;
  readonly holds: (judged: Judged) => boolean;
  /** Where it stands, or {@link MEASURED}. */
  readonly source: string;
}

export const READERS: readonly CertificateReader[] = ["windows-server-2012-r2", "windows-server-2016", "windows-server-2019", "openssl", "dotnet", "exchange-online"];
const BEFORE_2019: readonly CertificateReader[] = ["windows-server-2012-r2", "windows-server-2016"];
const WINDOWS: readonly CertificateReader[] = [...BEFORE_2019, "windows-server-2019"];

/** Windows names its newer key stores so. */
const NEWER_KEY_STORE = /Key Storage Provider/i;
/** Curves that Windows knew before named curves came with Windows 10. */
const NIST_CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);
/** Rounds of one derivation that .NET computes. */
const DOTNET_ITERATIONS = 300_000;

const macHash = ({ facts }: Judged) => facts.mac?.hash ?? null;
const isMacOneOf = (judged: Judged, ...hashes: readonly string[]) => hashes.includes(macHash(judged) ?? "");
const isNamed = ({ facts }: Judged, name: RegExp) => facts.cipherNames.some((cipher) => name.test(cipher));
const keyType = ({ key }: Judged) => key?.asymmetricKeyType ?? null;
const keySize = ({ key }: Judged) => key?.asymmetricKeyDetails?.modulusLength ?? 0;
const iterations = ({ facts }: Judged) => Math.max(facts.mac?.iterations ?? 0, ...facts.encryptions.map((encryption) => encryption.iterations));

const PBES2_EXPORT = "https://learn.microsoft.com/en-us/windows/win32/api/wincrypt/ns-wincrypt-pkcs12_pbes2_export_params";
/** RSA keys alone, 2048 bits recommended. */
const ENTRA = "https://learn.microsoft.com/en-us/entra/identity-platform/howto-create-self-signed-certificate";
/** Answers of X509CertificateLoader of .NET 10 and of OpenSSL 3.0 and 3.5 to files made for it. */
const MEASURED = "measured";

/** In the order in which they are told. */
export const READER_RULES: readonly ReaderRule[] = [
  {
    property: "two-passwords",
    refusedBy: [...WINDOWS, "openssl", "dotnet"],
    unknownTo: [],
    verdict: "integrity-unconfirmed",
    holds: ({ facts }) => facts.integrity === "unconfirmed",
    // PFXImportCertStore takes one password for verifying and decrypting.
    source: MEASURED,
  },
  {
    property: "as-text",
    refusedBy: [...WINDOWS, "openssl", "dotnet"],
    unknownTo: [],
    verdict: "as-text",
    holds: ({ facts }) => facts.asText,
    source: MEASURED,
  },
  {
    property: "key-curve",
    refusedBy: ["windows-server-2012-r2"],
    unknownTo: [],
    verdict: "not-for-server-2012-r2",
    holds: (judged) => keyType(judged) === "ec" && !NIST_CURVES.has(judged.key?.asymmetricKeyDetails?.namedCurve ?? ""),
    // Named curves came with Windows 10.
    source: "https://learn.microsoft.com/en-us/windows/win32/seccng/cng-named-elliptic-curves",
  },
  {
    property: "pbes2",
    refusedBy: BEFORE_2019,
    unknownTo: [],
    verdict: "not-for-server-2016",
    holds: ({ facts }) => facts.encryptions.some(({ generation }) => generation === "modern"),
    // From Windows Server 2019 on; https://github.com/ansible-collections/ansible.windows/pull/582 met it in the field.
    source: PBES2_EXPORT,
  },
  {
    property: "mac-not-sha1",
    refusedBy: BEFORE_2019,
    unknownTo: [],
    verdict: "not-for-server-2016",
    holds: (judged) => judged.facts.mac !== null && !isMacOneOf(judged, "sha1", "md5"),
    // TripleDES with a SHA-256 check is not read by Windows 10 of the time of Server 2016.
    source: "https://github.com/dotnet/runtime/pull/115271",
  },
  {
    property: "rc2",
    refusedBy: ["openssl"],
    unknownTo: [],
    verdict: "not-for-current-openssl",
    holds: (judged) => isNamed(judged, /RC2/),
    source: "https://docs.openssl.org/3.5/man7/OSSL_PROVIDER-legacy/",
  },
  {
    property: "rc4",
    refusedBy: ["openssl", "dotnet"],
    unknownTo: [],
    verdict: "not-for-current-openssl",
    holds: (judged) => isNamed(judged, /RC4/),
    source: "https://docs.openssl.org/3.5/man7/OSSL_PROVIDER-legacy/",
  },
  {
    property: "iterations",
    refusedBy: ["dotnet"],
    unknownTo: [],
    verdict: "not-for-dotnet",
    holds: (judged) => iterations(judged) > DOTNET_ITERATIONS,
    // 300,000 are read and 300,001 are not, as measured.
    source: "https://learn.microsoft.com/en-us/dotnet/api/system.security.cryptography.x509certificates.pkcs12loaderlimits",
  },
  {
    property: "key-edwards",
    refusedBy: ["dotnet"],
    unknownTo: WINDOWS,
    verdict: "not-for-dotnet",
    holds: (judged) => /^(?:ed|x)\d/.test(keyType(judged) ?? ""),
    source: MEASURED,
  },
  {
    property: "mac-unusual",
    refusedBy: ["dotnet"],
    unknownTo: WINDOWS,
    verdict: "unusual-mac",
    holds: (judged) => judged.facts.mac !== null && !isMacOneOf(judged, "sha1", "sha256", "sha384", "sha512", "md5"),
    // .NET refuses SHA-224, SHA-512/256, SHA-3, RIPEMD, SM3, BLAKE2 and PBMAC1. OpenSSL verifies PBMAC1 from 3.4 on.
    source: MEASURED,
  },
  {
    property: "mac-md5",
    refusedBy: [],
    unknownTo: WINDOWS,
    verdict: "unusual-mac",
    holds: (judged) => isMacOneOf(judged, "md5"),
    source: MEASURED,
  },
  {
    property: "mac-absent",
    refusedBy: [],
    unknownTo: WINDOWS,
    verdict: "unusual-mac",
    holds: ({ facts }) => facts.mac === null,
    // Windows reads one without a password, says the source; of one with a password nobody says it.
    source: "https://github.com/dotnet/corefx/issues/11046",
  },
  {
    property: "key-not-rsa",
    refusedBy: ["exchange-online"],
    unknownTo: [],
    verdict: "refused-by-exchange-online",
    holds: ({ key }) => key !== null && key.asymmetricKeyType !== "rsa",
    source: ENTRA,
  },
  {
    property: "key-storage-provider",
    refusedBy: ["exchange-online"],
    unknownTo: [],
    verdict: "refused-by-exchange-online",
    holds: ({ provider }) => NEWER_KEY_STORE.test(provider ?? ""),
    // Keys of a CSP provider, and none of CNG.
    source: "https://learn.microsoft.com/en-us/powershell/exchange/app-only-auth-powershell-v2",
  },
  {
    property: "key-short",
    refusedBy: [],
    unknownTo: ["exchange-online"],
    verdict: "weak-key",
    holds: (judged) => keyType(judged) === "rsa" && keySize(judged) < 2048,
    source: ENTRA,
  },
  {
    property: "pbes2-other",
    refusedBy: [],
    unknownTo: ["windows-server-2019"],
    verdict: null,
    holds: ({ facts }) => facts.encryptions.some(({ generation, name, prf }) => generation === "modern" && (name !== "AES-256-CBC" || prf !== "sha256")),
    // AES-256 with SHA-256 is all that it names.
    source: PBES2_EXPORT,
  },
  {
    property: "mac-long-sha2",
    refusedBy: [],
    unknownTo: ["windows-server-2019"],
    verdict: null,
    holds: (judged) => isMacOneOf(judged, "sha384", "sha512"),
    source: PBES2_EXPORT,
  },
  {
    property: "secret-bag",
    refusedBy: [],
    unknownTo: WINDOWS,
    verdict: null,
    holds: ({ facts }) => facts.skipped.some(({ what }) => what === "secret"),
    // Windows fails at some of them.
    source: "https://github.com/dotnet/runtime/issues/92921",
  },
];

/** What every reader makes of a file. */
export function readersOf(judged: Judged): ReaderVerdict[] {
  const rules = READER_RULES.filter(({ holds }) => holds(judged));
  return READERS.map((reader) => {
    const refusing = rules.filter(({ refusedBy }) => refusedBy.includes(reader));
    const unknown = rules.filter(({ unknownTo }) => unknownTo.includes(reader));
    const deciding = refusing.length > 0 ? refusing : unknown;
    return { reader, reads: refusing.length > 0 ? "no" : unknown.length > 0 ? "unknown" : "yes", because: deciding.map(({ property }) => property) };
  });
}

/** The verdicts of the rows that hold, each once. */
export function readerVerdicts(judged: Judged): readonly CertificateVerdict[] {
  const held = READER_RULES.filter(({ holds }) => holds(judged)).map(({ verdict }) => verdict);
  const told = held.filter((verdict) => verdict !== null);
  return told.length === 0 && held.length > 0 ? ["unproven"] : [...new Set(told)];
}

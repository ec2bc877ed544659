/**
 * What the numbers of Entra's token endpoint (AADSTS…) mean to an application that signs in for itself. Data, one row a
 * meaning, with where it was read. Microsoft calls the numbers hints that may change and writes of some of them that the
 * cause stands in the text alone: `said` is looked for there first. A number without a row is not guessed at.
 */
import type { SignInReason } from "../../shared/fault.ts";

export type EntraMeaning = SignInReason | "throttled";

interface EntraRow {
  readonly numbers: readonly number[];
  /** Causes that only the text tells apart, in the order in which they are looked for. */
  readonly said?: readonly (readonly [words: RegExp, means: EntraMeaning])[];
  readonly means: EntraMeaning;
  readonly source: string;
}

const LIST = "learn.microsoft.com/entra/identity-platform/reference-error-codes";
const IDENTITY_WEB = "github.com/AzureAD/microsoft-identity-web, Constants.cs of the token acquisition and issue 2834";
const REPORTS = "reports of administrators: the text of the answer, as quoted beside the row's practice text";

/**
 * The reason in brackets that a refused assertion comes with: github.com/Azure/azure-sdk-for-java/issues/25109,
 * microsoftgraph/msgraph-sdk-php/issues/1585, microsoft/azure-tools-for-java/issues/2785. The same number 50012 once stood
 * for a wrong secret, too: sjkp/letsencrypt-siteextension/issues/117.
 */
const ASSERTION = [
  [/key used is expired/i, "certificate-expired"],
  [/key was not found/i, "certificate-not-registered"],
  [/did not match the expected signature|verify the signature failed/i, "certificate-key-mismatch"],
  [/not within its valid(?:ity)? (?:time )?range/i, "clock-skew"],
  [/client secret/i, "secret-wrong"],
] as const;

const rows: readonly EntraRow[] = [
  { numbers: [90002, 90019, 50059, 50128], means: "tenant-not-found", source: LIST },
  { numbers: [900023], means: "tenant-not-found", source: REPORTS },
  { numbers: [900382, 900432, 90038, 1000104], means: "tenant-in-another-cloud", source: LIST },
  { numbers: [900439], means: "tenant-in-another-cloud", source: REPORTS },
  { numbers: [5000224, 5000225], means: "tenant-blocked", source: "learn.microsoft.com/troubleshoot/entra/entra-id/dir-dmns-obj/inaccessible-tenant, and reports" },
  // A web proxy of the own network names the tenants that may be signed in to.
  { numbers: [50002, 500021, 500022], means: "tenant-restricted", source: LIST },
  { numbers: [700016, 700011], means: "application-not-found", source: LIST },
  { numbers: [70001], said: [[/not found/i, "application-not-found"]], means: "application-disabled", source: LIST },
  { numbers: [7000112, 1000031], means: "application-disabled", source: LIST },
  { numbers: [700025], means: "application-public", source: LIST },
  { numbers: [501051, 50105], means: "application-not-assigned", source: `${LIST}; 501051: learn.microsoft.com/entra/identity-platform, app role assignment` },
  { numbers: [7000229, 90099], means: "principal-missing", source: "go.microsoft.com/fwlink/?linkid=2225119, named in the text; 90099: reference-error-codes" },
  { numbers: [65001, 650056, 90008, 90094], means: "consent-missing", source: LIST },
  { numbers: [500011, 50001, 650052, 650054], said: [[/is disabled/i, "resource-disabled"]], means: "resource-missing", source: LIST },
  { numbers: [500014], means: "resource-disabled", source: "learn.microsoft.com/troubleshoot/microsoft-365, AADSTS500014" },
  {
    numbers: [53000, 53001, 53002, 53003, 53004, 53010, 53011, 530032, 530034, 530035, 50131, 500212, 500213],
    means: "blocked-by-policy",
    source: LIST,
  },
  { numbers: [530003, 53005], means: "blocked-by-policy", source: "github.com/AzureAD/microsoft-authentication-library-for-java/issues/597, and reports" },
  { numbers: [7000215], means: "secret-wrong", source: LIST },
  { numbers: [7000222], means: "secret-expired", source: LIST },
  { numbers: [70002], said: ASSERTION, means: "secret-wrong", source: LIST },
  { numbers: [700027, 50012, 50013], said: ASSERTION, means: "certificate-not-registered", source: LIST },
  { numbers: [700030], means: "certificate-not-registered", source: LIST },
  { numbers: [1000502], means: "certificate-expired", source: IDENTITY_WEB },
  { numbers: [7000274], said: ASSERTION, means: "certificate-key-mismatch", source: IDENTITY_WEB },
  { numbers: [7000214, 7000277], means: "certificate-revoked", source: IDENTITY_WEB },
  { numbers: [700024, 500133], means: "clock-skew", source: `${LIST}; 700024: github.com/Azure/login/issues/180` },
  { numbers: [50196, 90055], means: "throttled", source: LIST },
  { numbers: [90033, 90006, 90012, 90024, 90090, 90091, 50000, 50033], means: "temporarily-unavailable", source: LIST },
];

const byNumber = new Map(rows.flatMap((row) => row.numbers.map((number) => [number, row] as const)));

/** What an answer with these numbers and words means; null where no number of it is known. Older answers name the outer number first. */
export function entraMeaning(numbers: readonly number[], words: string): EntraMeaning | null {
  for (const number of numbers.toReversed()) {
    const row = byNumber.get(number);
    if (row !== undefined) return row.said?.find(([said]) => said.test(words))?.[1] ?? row.means;
  }
  return null;
}

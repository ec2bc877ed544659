/** Every way in which a cloud refuses: its own fault, its own sentence and next step, produced over the wire. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OpenedCertificate } from "../../../main/certificates/opened.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../../shared/model/mail-server.ts";
import { explain } from "../../../renderer/text/fault.ts";
import { checkGoogle, checkOffice365, expectFault, faultOf, openClouds, type Clouds, type Difference } from "./support.ts";

const TENANT = "b3a1f6d2-0c58-4a69-8f0e-6d1c2e7a9b40";
const HOUR = 3_600_000;
const byTenantId = { kind: "entra-id", cloud: "worldwide", tenant: TENANT } as const;

interface Row {
  readonly name: string;
  readonly provider: "office365" | "google";
  /** Component and state to break it with; none where the input alone is wrong. */
  readonly broken?: readonly [component: string, state: string];
  /** How far the clouds' clock is ahead, milliseconds. */
  readonly skew?: number;
  readonly input?: () => Difference | Promise<Difference>;
  readonly rung: RungResult["rung"];
  readonly fault: Fault | ((fault: Fault) => void);
  /** Rows that mean the same to a person; every other row must read differently. */
  readonly means?: string;
}

let clouds: Clouds;
const table: string[] = [];
const texts = new Map<string, string>();
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(async () => {
  clouds.skew = 0;
  await clouds.reset();
});
afterAll(async () => {
  await clouds.stop();
  process.stdout.write(`${table.join("\n")}\n`);
});

function ellipticKey(): OpenedCertificate {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { certificatePem: "", chainPem: [], privateKeyPem, thumbprintSha256: "00".repeat(32), thumbprintSha1: "00".repeat(20), notAfter: Date.now() + HOUR };
}

/** Throttled until about half a minute from now, as Retry-After said. */
function soon(fault: Fault): void {
  if (fault.kind !== "throttled" || fault.until === null) throw new Error(`Not a throttling with a time: ${JSON.stringify(fault)}`);
  expect(fault.until - Date.now()).toBeGreaterThan(20_000);
  expect(fault.until - Date.now()).toBeLessThan(31_000);
}

const microsoft: readonly Omit<Row, "provider">[] = [
  { name: "wrong secret", input: () => ({ secret: `${clouds.secret}x` }), rung: "secret-sign-in", fault: { kind: "sign-in", reason: "secret-wrong", detail: "AADSTS7000215" } },
  { name: "expired secret", input: () => ({ secret: clouds.expiredSecret }), rung: "secret-sign-in", fault: { kind: "sign-in", reason: "secret-expired", detail: "AADSTS7000222" } },
  {
    name: "certificate not registered",
    input: async () => ({ certificate: await clouds.file("practice-not-registered.pfx") }),
    rung: "certificate-sign-in",
    fault: { kind: "sign-in", reason: "certificate-not-registered", detail: "AADSTS700027" },
  },
  {
    name: "wrong tenant",
    input: () => ({ domain: "nowhere.example" }),
    rung: "certificate-sign-in",
    fault: { kind: "sign-in", reason: "tenant-not-found", detail: "AADSTS90002" },
    means: "tenant",
  },
  {
    name: "wrong tenant in a cloud whose addresses the library asks for",
    input: () => ({ domain: "nowhere.example", cloud: "china", server: "partner.outlook.cn" }),
    rung: "certificate-sign-in",
    fault: (fault) => expect(fault).toMatchObject({ kind: "sign-in", reason: "tenant-not-found" }),
    means: "tenant",
  },
  {
    name: "tenant in another cloud",
    broken: ["authority", "other-cloud"],
    rung: "certificate-sign-in",
    fault: { kind: "sign-in", reason: "tenant-in-another-cloud", detail: "AADSTS900439" },
  },
  {
    name: "application missing",
    input: () => ({ applicationId: "00000000-0000-4000-8000-000000000000" }),
    rung: "certificate-sign-in",
    fault: { kind: "sign-in", reason: "application-not-found", detail: "AADSTS700016" },
  },
  { name: "application disabled", broken: ["authority", "application-disabled"], rung: "certificate-sign-in", fault: { kind: "sign-in", reason: "application-disabled", detail: "AADSTS7000112" } },
  { name: "permission missing", broken: ["authority", "permission-missing"], rung: "permissions", fault: { kind: "forbidden", needs: ["Group.ReadWrite.All", "Exchange.ManageAsApp"] } },
  { name: "permission missing in Graph", broken: ["graph", "forbidden"], rung: "permissions", fault: { kind: "forbidden", needs: ["Organization.Read.All"], detail: "403 Authorization_RequestDenied: Insufficient privileges to complete the operation." } },
  { name: "a list without end", broken: ["graph", "endless"], rung: "permissions", fault: { kind: "unsupported", why: "listing-without-end", detail: "100 pages" } },
  { name: "domain missing", broken: ["graph", "domain-missing"], rung: "domain", fault: { kind: "not-found", what: "domain-in-tenant", detail: "contoso-practice.com" }, means: "domain" },
  {
    name: "domain missing from an Entra store's tenant",
    input: () => ({ domain: "elsewhere.example", connection: byTenantId }),
    rung: "domain",
    fault: { kind: "not-found", what: "domain-in-tenant", detail: "elsewhere.example" },
    means: "domain",
  },
  {
    name: "domain not verified",
    input: () => ({ domain: "unverified.contoso-practice.com", connection: byTenantId }),
    rung: "domain",
    fault: { kind: "not-found", what: "verified-domain", detail: "unverified.contoso-practice.com" },
  },
  { name: "clock an hour ahead", skew: HOUR, rung: "certificate-sign-in", fault: { kind: "sign-in", reason: "clock-skew", detail: "AADSTS700024" }, means: "clock" },
  { name: "clock an hour behind", skew: -HOUR, rung: "certificate-sign-in", fault: { kind: "sign-in", reason: "clock-skew", detail: "AADSTS700024" }, means: "clock" },
  { name: "key of an elliptic curve", input: () => ({ certificate: ellipticKey() }), rung: "certificate-sign-in", fault: { kind: "unsupported", why: "key-for-office365", detail: "ec" } },
  { name: "sign-in throttled", broken: ["authority", "throttled"], rung: "certificate-sign-in", fault: soon, means: "throttled with a time" },
  { name: "sign-in throttled without Retry-After", broken: ["authority", "throttled-silently"], rung: "certificate-sign-in", fault: { kind: "throttled", until: null }, means: "throttled" },
  { name: "Graph throttled", broken: ["graph", "throttled"], rung: "permissions", fault: soon, means: "throttled with a time" },
  { name: "Graph throttled without Retry-After", broken: ["graph", "throttled-silently"], rung: "permissions", fault: { kind: "throttled", until: null }, means: "throttled" },
  { name: "sign-in answers 503 with Retry-After", broken: ["authority", "overloaded"], rung: "certificate-sign-in", fault: soon, means: "throttled with a time" },
  { name: "Graph answers 503 with Retry-After", broken: ["graph", "overloaded"], rung: "permissions", fault: soon, means: "throttled with a time" },
  {
    name: "sign-in answers 503",
    broken: ["authority", "failing"],
    rung: "certificate-sign-in",
    fault: { kind: "unreachable", rung: "certificate-sign-in", reason: "bad-status", host: "login.microsoftonline.com", detail: "503" },
  },
  { name: "Graph answers 503", broken: ["graph", "failing"], rung: "permissions", fault: { kind: "unreachable", rung: "permissions", reason: "bad-status", host: "graph.microsoft.com", detail: "503" } },
  { name: "Exchange Online down", broken: ["exchange-online", "down"], rung: "tcp", fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "outlook.office365.com", detail: "ECONNREFUSED", chosenByConsole: true } },
  { name: "sign-in down", broken: ["authority", "down"], rung: "certificate-sign-in", fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "login.microsoftonline.com", detail: "ECONNREFUSED", chosenByConsole: true } },
  { name: "Graph down", broken: ["graph", "down"], rung: "permissions", fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "graph.microsoft.com", detail: "ECONNREFUSED", chosenByConsole: true } },
];

const google: readonly Omit<Row, "provider">[] = [
  { name: "delegation missing", broken: ["google-token", "delegation-missing"], rung: "sign-in", fault: { kind: "sign-in", reason: "delegation-missing", detail: "unauthorized_client" } },
  { name: "wrong admin", input: () => ({ adminUsername: "admin@elsewhere.example" }), rung: "sign-in", fault: { kind: "sign-in", reason: "admin-not-found", detail: "invalid_grant" }, means: "admin" },
  {
    name: "wrong admin, found out by the Directory API",
    broken: ["google-directory", "domain-not-found"],
    rung: "directory-search",
    fault: { kind: "sign-in", reason: "admin-not-found", detail: "404 notFound: Domain not found." },
    means: "admin",
  },
  {
    name: "admin without rights",
    input: () => ({ adminUsername: "somebody@contoso-practice.com" }),
    rung: "directory-search",
    fault: { kind: "forbidden", needs: ["super-admin"], detail: "403 forbidden: Not Authorized to access this resource/api" },
  },
  {
    name: "service account missing",
    input: () => ({ serviceAccount: "nobody@contoso-practice.iam.gserviceaccount.com" }),
    rung: "sign-in",
    fault: { kind: "sign-in", reason: "service-account-not-found", detail: "invalid_grant" },
  },
  {
    name: "key of another account",
    input: async () => ({ certificate: await clouds.file("practice-application.pfx") }),
    rung: "sign-in",
    fault: { kind: "sign-in", reason: "key-refused", detail: "invalid_grant" },
    means: "key",
  },
  { name: "key of an elliptic curve", input: () => ({ certificate: ellipticKey() }), rung: "certificate", fault: { kind: "sign-in", reason: "key-refused", detail: "ec" }, means: "key" },
  { name: "clock two hours ahead", skew: 2 * HOUR, rung: "sign-in", fault: { kind: "sign-in", reason: "clock-skew", detail: "invalid_grant" }, means: "clock" },
  { name: "clock an hour behind", skew: -HOUR, rung: "sign-in", fault: { kind: "sign-in", reason: "clock-skew", detail: "invalid_grant" }, means: "clock" },
  { name: "Directory API not enabled", broken: ["google-directory", "not-enabled"], rung: "directory-search", fault: { kind: "forbidden", needs: ["admin-sdk-api"], detail: "SERVICE_DISABLED" } },
  { name: "rate limit (403)", broken: ["google-directory", "rate-limit"], rung: "directory-search", fault: { kind: "throttled", until: null }, means: "throttled" },
  { name: "sign-in throttled", broken: ["google-token", "throttled"], rung: "sign-in", fault: soon, means: "throttled with a time" },
  { name: "Directory API throttled", broken: ["google-directory", "throttled"], rung: "directory-search", fault: soon, means: "throttled with a time" },
  { name: "Directory API throttled without Retry-After", broken: ["google-directory", "throttled-silently"], rung: "directory-search", fault: { kind: "throttled", until: null }, means: "throttled" },
  { name: "sign-in answers 503 with Retry-After", broken: ["google-token", "overloaded"], rung: "sign-in", fault: soon, means: "throttled with a time" },
  { name: "Directory API answers 503 with Retry-After", broken: ["google-directory", "overloaded"], rung: "directory-search", fault: soon, means: "throttled with a time" },
  {
    name: "sign-in answers 503",
    broken: ["google-token", "failing"],
    rung: "sign-in",
    fault: { kind: "unreachable", rung: "sign-in", reason: "bad-status", host: "oauth2.googleapis.com", detail: "503" },
  },
  {
    name: "Directory API answers 503",
    broken: ["google-directory", "failing"],
    rung: "directory-search",
    fault: { kind: "unreachable", rung: "directory-search", reason: "bad-status", host: "admin.googleapis.com", detail: "503" },
  },
  { name: "sign-in down", broken: ["google-token", "down"], rung: "sign-in", fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "oauth2.googleapis.com", detail: "ECONNREFUSED", chosenByConsole: true } },
  { name: "Directory API down", broken: ["google-directory", "down"], rung: "tcp", fault: { kind: "unreachable", rung: "tcp", reason: "refused", host: "admin.googleapis.com", detail: "ECONNREFUSED", chosenByConsole: true } },
];

function failedRung(result: CheckResult): string | undefined {
  return result.rungs.find(({ outcome }) => outcome.state === "failed")?.rung;
}

async function run(row: Row): Promise<void> {
  const input = await row.input?.();
  if (row.broken !== undefined) await clouds.set(...row.broken);
  clouds.skew = row.skew ?? 0;
  const result = await (row.provider === "google" ? checkGoogle : checkOffice365)(clouds, input ?? {});
  const fault = faultOf(result);
  const { fault: expected } = row;
  if (typeof expected === "function") expected(fault);
  else expectFault(fault, expected);
  expect(failedRung(result)).toBe(row.rung);

  const { sentence, nextStep } = explain(fault);
  table.push(`${row.provider} | ${row.name} | ${row.rung} | ${sentence} | ${nextStep}`);
  // The time in "try again after" differs between runs, not between meanings.
  const words = `${sentence} ${nextStep}`.replaceAll(/\d{1,2}:\d{2}.*$/g, "TIME");
  const meaning = row.means ?? `${row.provider}: ${row.name}`;
  const before = texts.get(words);
  expect(before ?? meaning, `"${words}" is said of both`).toBe(meaning);
  texts.set(words, meaning);
  expect(words).not.toContain("{{");
}

describe("what Office 365 refuses", () => {
  it.each(microsoft.map((row) => ({ ...row, provider: "office365" as const })))("$name", run);
});

describe("what Google refuses", () => {
  it.each(google.map((row) => ({ ...row, provider: "google" as const })))("$name", run);
});

/**
 * Every refusal that the practice clouds have in the real one's words: its own cause and advice where it is known, and the
 * far side's own sentence beside it, over the wire.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OpenedCertificate } from "../../../main/certificates/opened.ts";
import { testTenant } from "../../../main/directory/index.ts";
import { explain, type Explanation } from "../../../renderer/text/fault.ts";
import type { Fault, SignInReason } from "../../../shared/fault.ts";
import { clock, noSignal } from "../practice/support.ts";
import { checkGoogle, checkOffice365, faultOf, openClouds, type Clouds, type Difference } from "./support.ts";

const TRACE = /Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-/;
const DAY = 86_400_000;

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(() => clouds.reset());
afterAll(() => clouds.stop());

async function refusedBy(component: string, state: string, different: Difference = {}): Promise<{ readonly fault: Fault } & Explanation> {
  await clouds.set(component, state);
  const fault = faultOf(await (component.startsWith("google") ? checkGoogle : checkOffice365)(clouds, different));
  return { fault, ...explain(fault) };
}

describe("Entra's numbers", () => {
  const rows: readonly [state: string, reason: SignInReason, said: RegExp][] = [
    ["AADSTS700027", "certificate-not-registered", /AADSTS700027: .*The key was not found/],
    ["AADSTS700027-expired", "certificate-expired", /AADSTS700027: .*The key used is expired.*Found key 'Start=/],
    ["AADSTS700027-signature", "certificate-key-mismatch", /AADSTS700027: .*verify the signature failed/],
    ["AADSTS50012-expired", "certificate-expired", /AADSTS70002: .*AADSTS50012: .*The key used is expired/],
    ["AADSTS50012-secret", "secret-wrong", /AADSTS50012: Invalid client secret is provided/],
    ["AADSTS1000502", "certificate-expired", /AADSTS1000502: The provided certificate is not within/],
    ["AADSTS7000214", "certificate-revoked", /AADSTS7000214: /],
    ["AADSTS7000229", "principal-missing", /AADSTS7000229: The client application 5f0c2a0e-.* is missing service principal in the tenant b3a1f6d2-/],
    ["AADSTS900382", "tenant-in-another-cloud", /AADSTS900382: Confidential Client/],
    ["AADSTS90038", "tenant-in-another-cloud", /AADSTS90038: /],
    ["AADSTS53003", "blocked-by-policy", /AADSTS53003: .*\nsuberror: message_only\nclaims: \{"access_token":\{"capolids":.*2b1cf3a5-/s],
    ["AADSTS500011", "resource-missing", /AADSTS500011: The resource principal named https:\/\/graph\.microsoft\.com was not found/],
    ["AADSTS500014", "resource-disabled", /AADSTS500014: The service principal for resource 'https:\/\/graph\.microsoft\.com' is disabled/],
    ["AADSTS501051", "application-not-assigned", /AADSTS501051: /],
    ["AADSTS65001", "consent-missing", /AADSTS65001: /],
    ["AADSTS700025", "application-public", /AADSTS700025: /],
    ["AADSTS5000225", "tenant-blocked", /AADSTS5000225: This tenant has been blocked due to inactivity/],
    ["AADSTS500021", "tenant-restricted", /AADSTS500021: /],
    ["AADSTS90033", "temporarily-unavailable", /503 temporarily_unavailable: AADSTS90033: A transient error/],
    ["AADSTS9002313", "refused", /AADSTS9002313: Invalid request\./],
    ["AADSTS90009", "refused", /AADSTS90009: .*is requesting a token for itself/],
  ];

  it.each(rows)("%s means %s", async (state, reason, said) => {
    const { fault, sentence, detail } = await refusedBy("authority", state);
    expect(fault).toMatchObject({ kind: "sign-in", reason });
    expect(detail).toMatch(said);
    expect(detail).toMatch(TRACE);
    // The trace stands in the sentence: it is not said twice.
    expect(detail).not.toMatch(/trace_id|correlation_id/);
    expect(sentence).not.toBe(explain({ kind: "sign-in", reason: "wrong-credentials" }).sentence);
  });

  it("are one sentence and one advice a meaning", () => {
    const meanings = new Set(rows.map(([, reason]) => reason));
    const words = new Set([...meanings].map((reason) => JSON.stringify([explain({ kind: "sign-in", reason }).sentence, explain({ kind: "sign-in", reason }).nextStep])));
    expect(words.size).toBe(meanings.size);
  });

  it("50196 is a request to slow down", async () => {
    const { fault, detail } = await refusedBy("authority", "AADSTS50196");
    expect(fault).toMatchObject({ kind: "throttled", until: null });
    expect(detail).toContain("client request loop");
  });
});

describe("what the console knows of its own certificate", () => {
  const practice = () => clouds.file("practice-application.pfx");
  const dated = async (change: (certificate: OpenedCertificate) => Partial<OpenedCertificate>): Promise<OpenedCertificate> => {
    const certificate = await practice();
    return { ...certificate, ...change(certificate) };
  };

  it("stands beside the refusal, as the list of certificates in the app registration shows it", async () => {
    const { thumbprintSha1, notAfter } = await practice();
    const { fault, detail } = await refusedBy("authority", "AADSTS700027");
    expect(fault).toMatchObject({ certificate: { thumbprint: thumbprintSha1.toUpperCase(), notAfter } });
    expect(detail).toContain(`Certificate used here: thumbprint ${thumbprintSha1.toUpperCase()}, valid until `);
  });

  it("is not said of a secret", async () => {
    expect((await refusedBy("authority", "AADSTS50012-secret")).fault).not.toHaveProperty("certificate");
  });

  it("tells that a certificate which is not found there has expired: registering it again would not help", async () => {
    const certificate = await dated(() => ({ notAfter: Date.now() - DAY }));
    expect((await refusedBy("authority", "AADSTS700027", { certificate })).fault).toMatchObject({ reason: "certificate-expired" });
  });

  it("leaves alone what Entra says of the key itself", async () => {
    const certificate = await dated(() => ({ notAfter: Date.now() - DAY }));
    expect((await refusedBy("authority", "AADSTS700027-signature", { certificate })).fault).toMatchObject({ reason: "certificate-key-mismatch" });
  });
});

describe("a tenant's test", () => {
  it("reads the same answers as the sign-in", async () => {
    await clouds.set("authority", "proxy-page");
    const { resolver, proxy, logger } = clouds.context({});
    const result = await testTenant({ kind: "entra-id", cloud: "worldwide", tenant: "contoso-practice.com" }, { resolver, proxy, clock, logger }, { signal: noSignal });
    expect(result).toEqual({ ok: false, fault: { kind: "unreachable", rung: "domain", reason: "page-for-data", host: "login.microsoftonline.com", detail: "403 Access Denied - Web Filter" } });
  });
});

describe("Graph", () => {
  it.each([
    ["forbidden-silently", { kind: "forbidden", needs: [] }, /^403 UnknownError\nrequest-id: /],
    ["forbidden", { kind: "forbidden", needs: ["Organization.Read.All"] }, /^403 Authorization_RequestDenied: Insufficient privileges/],
    ["token-revoked", { kind: "sign-in", reason: "blocked-by-policy" }, /^401 InvalidAuthenticationToken: Continuous access evaluation/],
    ["identity-not-found", { kind: "sign-in", reason: "principal-missing" }, /^401 Authorization_IdentityNotFound: The identity of the calling application/],
    ["older-shape", { kind: "sign-in", reason: "refused" }, /^401 Authentication_ExpiredToken: Your access token has expired/],
    ["proxy-page", { kind: "unreachable", rung: "permissions", reason: "page-for-data", host: "graph.microsoft.com" }, /403 Access Denied - Web Filter/],
  ] as const)("%s", async (state, fault, said) => {
    const refused = await refusedBy("graph", state);
    expect(refused.fault).toMatchObject(fault);
    expect(refused.detail).toMatch(said);
  });
});

describe("the role beside Exchange.ManageAsApp", () => {
  const permissions = async () => (await checkOffice365(clouds, {})).rungs.find(({ rung }) => rung === "permissions")?.outcome;

  it("is no remark where the token shows one, and is one beside a rung that passed where it does not", async () => {
    expect(await permissions()).toEqual({ state: "passed", answer: "Contoso practice" });
    await clouds.set("authority", "role-missing");
    expect(await permissions()).toEqual({ state: "finding", answer: "Contoso practice", findings: [{ reason: "exchange-role-not-seen", detail: null }] });
  });
});

describe("Google's names", () => {
  it.each([
    ["google-token", "disabled_client", { kind: "sign-in", reason: "client-disabled" }, /^401 disabled_client: The OAuth client was disabled\.$/],
    ["google-token", "deleted_client", { kind: "sign-in", reason: "client-deleted" }, /^401 deleted_client: /],
    ["google-token", "invalid_client", { kind: "sign-in", reason: "client-unknown" }, /^401 invalid_client: The OAuth client was not found\.$/],
    ["google-token", "robot-disabled", { kind: "sign-in", reason: "service-account-disabled" }, /^400 invalid_grant: Robot is disabled\.$/],
    ["google-token", "admin_policy_enforced", { kind: "sign-in", reason: "scopes-forbidden" }, /^400 admin_policy_enforced: /],
    ["google-token", "access_denied", { kind: "sign-in", reason: "delegation-missing" }, /^403 access_denied: Requested client not authorized\.$/],
    ["google-token", "account-deleted", { kind: "sign-in", reason: "account-deleted" }, /^400 invalid_grant: Account has been deleted$/],
    ["google-token", "not-an-account", { kind: "sign-in", reason: "account-not-found" }, /^400 invalid_grant: Not a valid email or user ID\.$/],
    ["google-token", "org_internal", { kind: "sign-in", reason: "refused" }, /^403 org_internal: This client is restricted/],
    ["google-token", "proxy-page", { kind: "unreachable", rung: "sign-in", reason: "page-for-data", host: "oauth2.googleapis.com" }, /403 Access Denied - Web Filter/],
    ["google-directory", "domainCannotUseApis", { kind: "forbidden", needs: ["api-access"] }, /^403 domainCannotUseApis: Domain cannot use apis\.$/],
    ["google-directory", "dailyLimitExceeded", { kind: "throttled", until: null, quota: "day" }, /^403 dailyLimitExceeded: Daily Limit Exceeded/],
    ["google-directory", "accessNotConfigured", { kind: "forbidden", needs: ["admin-sdk-api"] }, /^403 accessNotConfigured: /],
    ["google-directory", "insufficientPermissions", { kind: "sign-in", reason: "delegation-missing" }, /^403 insufficientPermissions: /],
    [
      "google-directory",
      "not-enabled",
      { kind: "forbidden", needs: ["admin-sdk-api"] },
      /Enable it by visiting https:\/\/console\.developers\.google\.com\/apis\/api\/admin\.googleapis\.com\/overview\?project=123456789 .*\nservice: admin\.googleapis\.com\nconsumer: projects\/123456789/s,
    ],
    ["google-directory", "PERMISSION_DENIED", { kind: "forbidden", needs: [] }, /^403 PERMISSION_DENIED: The caller does not have permission$/],
    ["google-directory", "proxy-page", { kind: "unreachable", rung: "directory-search", reason: "page-for-data", host: "admin.googleapis.com" }, /403 Access Denied - Web Filter/],
  ] as const)("%s %s", async (component, state, fault, said) => {
    const refused = await refusedBy(component, state);
    expect(refused.fault).toMatchObject(fault);
    expect(refused.detail).toMatch(said);
  });
});

it("nobody is asked to grant a right that the far side did not name", async () => {
  for (const [component, state] of [["google-directory", "PERMISSION_DENIED"], ["graph", "forbidden-silently"]] as const) {
    const { sentence, nextStep } = await refusedBy(component, state);
    expect(`${sentence} ${nextStep}`).not.toMatch(/super admin|administrator|grant|role|permission/i);
    expect(nextStep).toContain("details");
    await clouds.reset();
  }
});

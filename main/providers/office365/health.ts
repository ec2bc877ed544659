/** Office 365's ladder: the mail server's DNS, TCP and TLS, both ways to sign in, permissions, and the domain. */
import { z } from "zod";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../../shared/model/mail-server.ts";
import type { Climb } from "../../network/climb.ts";
import { checkCloud } from "../../network/cloud-check.ts";
import type { ProviderContext } from "../provider.ts";
import { cloudOf } from "../../network/microsoft-clouds.ts";
import type { Office365Configuration } from "./configuration.ts";
import { readCollection } from "./graph.ts";
import { EXCHANGE_ONLINE, missingPermissions, rolesOf } from "./permissions.ts";
import { signIn, type Credential } from "./sign-in.ts";

const organizationSchema = z.object({ displayName: z.string().nullish() });
const domainSchema = z.object({ id: z.string(), isVerified: z.boolean() });

/** Climbs the ladder for the cloud's mail server. */
export function check(
  configuration: Office365Configuration,
  server: string,
  context: ProviderContext,
  onRung?: (rung: RungResult) => void,
): Promise<CheckResult> {
  const { clock, resolver, signal } = context;
  const expected = cloudOf(configuration.cloud).exchangeOnlineHost;
  return checkCloud({ server, expected, resolver, clock, signal, onRung, further: (ladder) => climbOn(ladder, configuration, context) });
}

async function climbOn(ladder: Climb, configuration: Office365Configuration, context: ProviderContext): Promise<void> {
  const graph = `https://${cloudOf(configuration.cloud).graphHost}`;
  const certificate = await credentialRung(ladder, "certificate-sign-in", configuration, graph, context);
  const secret = await credentialRung(ladder, "secret-sign-in", configuration, graph, context);
  const token = certificate?.token ?? secret?.token ?? null;
  if (token === null) {
    for (const rung of ["permissions", "domain"] as const) ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: skipReason(ladder) } });
    return;
  }
  await ladder.step(
    "permissions",
    () => checkPermissions(configuration, token, certificate?.credential ?? null, context),
    (tenant) => tenant,
  );
  await ladder.step("domain", () => checkDomain(configuration, token, context), (domains) => `${domains} in the tenant`);
}

interface SignedIn {
  readonly credential: Credential;
  readonly token: string;
}

/** One way to sign in. Skipped when its credential was not entered: the other way may do. */
async function credentialRung(
  ladder: Climb,
  rung: "certificate-sign-in" | "secret-sign-in",
  configuration: Office365Configuration,
  resource: string,
  context: ProviderContext,
): Promise<SignedIn | null> {
  const credential = await readCredential(rung, context);
  if (credential.ok && credential.value === null) {
    ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: "no-credentials" } });
    return null;
  }
  const token = await ladder.step(rung, async (): Promise<Result<SignedIn>> => {
    if (!credential.ok) return credential;
    if (credential.value === null) return fail({ kind: "cancelled" });
    const answer = await signIn(configuration, credential.value, resource, rung, context);
    return answer.ok ? succeed({ credential: credential.value, token: answer.value }) : answer;
  });
  return token.ok ? token.value : null;
}

async function readCredential(rung: "certificate-sign-in" | "secret-sign-in", context: ProviderContext): Promise<Result<Credential | null>> {
  if (rung === "secret-sign-in") {
    const secret = await context.secrets.text("clientSecret");
    if (!secret.ok) return secret;
    return succeed(secret.value === null ? null : { kind: "secret", secret: secret.value });
  }
  const certificate = await context.secrets.certificate("certificate");
  if (!certificate.ok) return certificate;
  return succeed(certificate.value === null ? null : { kind: "certificate", certificate: certificate.value });
}

function skipReason(ladder: Climb): "earlier-rung" | "no-credentials" {
  return ladder.rungs.some((rung) => rung.outcome.state === "failed") ? "earlier-rung" : "no-credentials";
}

/**
 * The tenant's display name when nothing is missing. Exchange Online's token takes the certificate (app-only sign-in
 * refuses a secret there), so it is asked for only with one.
 */
async function checkPermissions(
  configuration: Office365Configuration,
  token: string,
  certificate: Credential | null,
  context: ProviderContext,
): Promise<Result<string | null>> {
  const missing = [...missingPermissions("graph", rolesOf(token))];
  if (certificate !== null) {
    const exchangeToken = await signIn(configuration, certificate, EXCHANGE_ONLINE, "permissions", context);
    if (!exchangeToken.ok) return exchangeToken;
    missing.push(...missingPermissions("exchange-online", rolesOf(exchangeToken.value)));
  }
  if (missing.length > 0) return fail({ kind: "forbidden", needs: missing });
  const reader = { cloud: cloudOf(configuration.cloud), token, rung: "permissions" as const, context };
  const organizations = await readCollection(reader, "/v1.0/organization?$select=displayName", organizationSchema);
  return organizations.ok ? succeed(organizations.value[0]?.displayName ?? null) : organizations;
}

async function checkDomain(configuration: Office365Configuration, token: string, context: ProviderContext): Promise<Result<number>> {
  const reader = { cloud: cloudOf(configuration.cloud), token, rung: "domain" as const, context };
  const domains = await readCollection(reader, "/v1.0/domains?$select=id,isVerified", domainSchema);
  if (!domains.ok) return domains;
  const wanted = configuration.domain.toLowerCase();
  const found = domains.value.find((domain) => domain.id.toLowerCase() === wanted);
  if (found?.isVerified === true) return succeed(domains.value.length);
  const fault: Fault = { kind: "not-found", what: found === undefined ? "domain-in-tenant" : "verified-domain", detail: configuration.domain };
  return fail(fault);
}

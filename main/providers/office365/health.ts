/** Office 365's ladder: the mail server's DNS, TCP and TLS, both ways to sign in, permissions, and the domain. */
import { z } from "zod";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { CheckResult, Finding, RungResult } from "../../../shared/model/mail-server.ts";
import type { Climb } from "../../network/climb.ts";
import { checkCloud } from "../../network/cloud-check.ts";
import type { ProviderContext } from "../provider.ts";
import { cloudOf, exchangeOnlineHosts } from "../../network/microsoft-clouds.ts";
import type { Office365Configuration } from "./configuration.ts";
import { descriptor } from "./descriptor.ts";
import { readCollection } from "./graph.ts";
import { EXCHANGE_ONLINE, grantedBy, missingPermissions, roleFindings } from "./permissions.ts";
import { applicationOf, isEntered, type SignInRung } from "./session.ts";
import type { Application } from "./sign-in.ts";

const organizationSchema = z.object({ displayName: z.string().nullish() });
const domainSchema = z.object({ id: z.string(), isVerified: z.boolean() });

/** Climbs the ladder for the cloud's mail server. */
export function check(
  configuration: Office365Configuration,
  server: string,
  context: ProviderContext,
  onRung?: (rung: RungResult) => void,
): Promise<CheckResult> {
  const { clock, resolver, proxy, signal, memory, asked } = context;
  const expected = exchangeOnlineHosts(cloudOf(configuration.cloud));
  const pacing = { paces: descriptor.paces, memory, asked };
  return checkCloud({ server, expected, resolver, proxy, clock, signal, pacing, onRung, further: (ladder) => climbOn(ladder, configuration, context) });
}

async function climbOn(ladder: Climb, configuration: Office365Configuration, context: ProviderContext): Promise<void> {
  const ways = (["certificate-sign-in", "secret-sign-in"] as const).filter((rung) => isEntered(rung, context));
  for (const rung of ["certificate-sign-in", "secret-sign-in"] as const) {
    // One way may do: the other's credential need not be entered.
    if (ways.includes(rung)) await ladder.paced(rung, () => signIn(rung, configuration, context));
    else ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: "no-credentials" } });
  }
  const [way] = ways;
  if (way === undefined) {
    for (const rung of ["permissions", "domain"] as const) ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: skipReason(ladder) } });
    return;
  }
  await ladder.paced(
    "permissions",
    // A sign-in of this very check has brought a token that says what is granted now.
    (afresh) => checkPermissions(configuration, way, { graph: afresh && wasReplayed(ladder, way), exchange: afresh }, context),
    ({ tenant }) => tenant,
    ({ findings }) => findings,
  );
  await ladder.paced("domain", () => checkDomain(configuration, way, context), (domains) => `${domains} in the tenant`);
}

function wasReplayed(ladder: Climb, way: SignInRung): boolean {
  return ladder.rungs.some(({ rung, climbedAt }) => rung === way && climbedAt !== undefined);
}

function skipReason(ladder: Climb): "earlier-rung" | "no-credentials" {
  return ladder.rungs.some((rung) => rung.outcome.state === "failed") ? "earlier-rung" : "no-credentials";
}

function graphOf({ cloud }: Office365Configuration): string {
  return `https://${cloudOf(cloud).graphHost}`;
}

/** Asks Entra, whatever is kept: a token at hand would hide that its secret was revoked. */
async function signIn(rung: SignInRung, configuration: Office365Configuration, context: ProviderContext): Promise<Result<string>> {
  const application = await entered(rung, configuration, context);
  return application.ok ? application.value.token(graphOf(configuration), { afresh: true, rung, context }) : application;
}

/** The application of a way whose credential was entered. */
async function entered(rung: SignInRung, configuration: Office365Configuration, context: ProviderContext): Promise<Result<Application>> {
  const application = await applicationOf(rung, configuration, context);
  if (!application.ok) return application;
  return application.value === null ? fail({ kind: "cancelled" }) : succeed(application.value);
}

interface Permitted {
  /** The tenant's display name. */
  readonly tenant: string | null;
  readonly findings: readonly Finding[];
}

/**
 * The tenant and what was noticed, when nothing is missing. Exchange Online's token takes the certificate (app-only sign-in
 * refuses a secret there), so it is asked for only with one.
 */
async function checkPermissions(
  configuration: Office365Configuration,
  way: SignInRung,
  afresh: { readonly graph: boolean; readonly exchange: boolean },
  context: ProviderContext,
): Promise<Result<Permitted>> {
  const application = await entered(way, configuration, context);
  if (!application.ok) return application;
  const options = { rung: "permissions", context } as const;
  const token = await application.value.token(graphOf(configuration), { ...options, afresh: afresh.graph });
  if (!token.ok) return token;
  const missing = [...missingPermissions("graph", grantedBy(token.value).roles)];
  let findings: readonly Finding[] = [];
  if (way === "certificate-sign-in") {
    const exchangeToken = await application.value.token(EXCHANGE_ONLINE, { ...options, afresh: afresh.exchange });
    if (!exchangeToken.ok) return exchangeToken;
    const granted = grantedBy(exchangeToken.value);
    missing.push(...missingPermissions("exchange-online", granted.roles));
    findings = roleFindings(granted);
  }
  if (missing.length > 0) return fail({ kind: "forbidden", needs: missing });
  const reader = { cloud: cloudOf(configuration.cloud), token: token.value, rung: "permissions" as const, needs: ["Organization.Read.All"], context };
  const organizations = await readCollection(reader, "/v1.0/organization?$select=displayName", organizationSchema);
  return organizations.ok ? succeed({ tenant: organizations.value[0]?.displayName ?? null, findings }) : organizations;
}

async function checkDomain(configuration: Office365Configuration, way: SignInRung, context: ProviderContext): Promise<Result<number>> {
  const application = await entered(way, configuration, context);
  if (!application.ok) return application;
  const token = await application.value.token(graphOf(configuration), { afresh: false, rung: "domain", context });
  if (!token.ok) return token;
  const reader = { cloud: cloudOf(configuration.cloud), token: token.value, rung: "domain" as const, needs: ["Domain.Read.All"], context };
  const domains = await readCollection(reader, "/v1.0/domains?$select=id,isVerified", domainSchema);
  if (!domains.ok) return domains;
  const wanted = configuration.domain.toLowerCase();
  const found = domains.value.find((domain) => domain.id.toLowerCase() === wanted);
  if (found?.isVerified === true) return succeed(domains.value.length);
  const fault: Fault = { kind: "not-found", what: found === undefined ? "domain-in-tenant" : "verified-domain", detail: configuration.domain };
  return fail(fault);
}

/** Reaching a Microsoft Entra tenant: the chosen cloud's sign-in host, and whether the tenant lives there. No account is needed. */
import { z } from "zod";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import type { EntraConnection } from "../../shared/model/identity-store.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import { isAddress, parseHost } from "../../shared/rules/host-name.ts";
import { climb, firstFailure } from "../network/climb.ts";
import { httpsRequest, type HttpsResponse } from "../network/https.ts";
import { strangeAnswer } from "../network/cloud-answer.ts";
import { microsoftFault } from "../network/microsoft-answer.ts";
import { cloudOf } from "../network/microsoft-clouds.ts";
import type { ProxyFinder } from "../ports.ts";
import type { DirectoryDeps } from "./operation.ts";

const TIMEOUT_MS = 10_000;
/** Stand for any tenant and are none (Microsoft: "Microsoft identity platform and OpenID Connect protocol"). */
const ANY_TENANT: readonly string[] = ["common", "organizations", "consumers"];
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Of OpenID Connect Discovery 1.0, and Microsoft's own name of the cloud: `microsoftonline.com` for the worldwide one. */
const metadataSchema = z.object({ issuer: z.string(), cloud_instance_name: z.string().optional() });

/**
 * Climbs dns, tcp, tls and domain. Fails with `sign-in` (`tenant-not-found`, `tenant-in-another-cloud`) when the chosen
 * cloud has no such tenant, with `invalid` for what cannot be a tenant, or with what kept the host from answering.
 */
export async function testTenant(
  connection: EntraConnection,
  deps: DirectoryDeps & { readonly proxy: ProxyFinder },
  options: { readonly signal: AbortSignal; readonly onRung?: (rung: RungResult) => void },
): Promise<Result<null>> {
  const tenant = readTenantName(connection.tenant);
  if (tenant === null) return fail({ kind: "invalid", issues: [{ path: ["connection", "tenant"], code: "tenant" }] });
  const { resolver, proxy, clock } = deps;
  const { authorityHost } = cloudOf(connection.cloud);
  const ladder = climb(clock, options.onRung);
  const { response } = await httpsRequest({
    url: `https://${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`,
    method: "GET",
    resolver,
    proxy,
    clock,
    signal: options.signal,
    timeoutMs: TIMEOUT_MS,
    onRung: ladder.record,
  });
  await ladder.step(
    "domain",
    () => Promise.resolve(response.ok ? readTenant(response.value, authorityHost, clock.now()) : response),
    (id) => id,
  );
  const fault = firstFailure(ladder.rungs);
  return fault === null ? succeed(null) : fail(fault);
}

/** A GUID or a domain name, which have the shape of a host's name both, and may so stand in the address; null for anything else. */
function readTenantName(typed: string): string | null {
  const read = parseHost(typed);
  if (!read.ok || read.value.port !== null || isAddress(read.value.host)) return null;
  return ANY_TENANT.includes(read.value.host) ? null : read.value.host;
}

/** The tenant's id. */
function readTenant(answer: HttpsResponse, host: string, now: number): Result<string | null> {
  const asked = { host, rung: "domain", now, sent: [] } as const;
  if (answer.status !== 200) return fail(microsoftFault(answer, asked));
  const metadata = metadataSchema.safeParse(parseJson(answer.body));
  if (!metadata.success) return fail(strangeAnswer(answer, asked));
  const { issuer, cloud_instance_name: cloud } = metadata.data;
  // The worldwide cloud describes tenants of others as well, and names the cloud they live in.
  if (cloud !== undefined && host !== `login.${cloud}`) return fail({ kind: "sign-in", reason: "tenant-in-another-cloud", detail: cloud });
  return succeed(GUID.exec(issuer)?.[0] ?? null);
}

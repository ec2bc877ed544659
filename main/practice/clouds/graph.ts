/** Microsoft Graph, as far as a configuration is tested with it: the organization and its domains, in pages. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";

/** Failures of Graph that a person can turn on. */
export const graphStates = ["forbidden", "domain-missing", "domain-unverified", "endless"] as const;

export interface GraphOptions {
  readonly organization: { readonly id: string; readonly displayName: string; readonly domains: readonly { readonly id: string; readonly verified: boolean }[] };
  readonly state: () => string;
  /** Claims of a valid token of this authority's, else null. */
  readonly claims: (authorization: string | undefined) => unknown;
  readonly now: () => number;
}

const PAGE = 2;
const claimsSchema = z.object({ aud: z.string(), exp: z.number(), roles: z.array(z.string()) });

function refuse(status: number, code: string, message: string): CloudAnswer {
  const id = randomUUID();
  return { status, body: { error: { code, message, innerError: { date: new Date().toISOString(), "request-id": id, "client-request-id": id } } } };
}

/** Answers for one Graph host. */
export function createGraph(options: GraphOptions): (request: CloudRequest) => CloudAnswer {
  const { organization, state, claims, now } = options;

  const domains = () =>
    organization.domains
      .filter((_domain, index) => index > 0 || state() !== "domain-missing")
      .map(({ id, verified }, index) => ({ id, isVerified: verified && state() !== "domain-unverified", isDefault: index === 0, authenticationType: "Managed" }));

  const page = (request: CloudRequest, items: readonly object[], context: string): CloudAnswer => {
    const from = Number(request.url.searchParams.get("$skiptoken") ?? "0");
    const next = new URL(request.url);
    next.searchParams.set("$skiptoken", String(from + PAGE));
    const more = from + PAGE < items.length || state() === "endless" ? { "@odata.nextLink": next.href } : {};
    return { status: 200, body: { "@odata.context": `https://${request.host}/v1.0/$metadata#${context}`, value: items.slice(from, from + PAGE), ...more } };
  };

  return (request) => {
    const token = claimsSchema.safeParse(claims(request.headers.authorization));
    if (!token.success || token.data.aud !== `https://${request.host}` || token.data.exp * 1000 < now()) {
      return refuse(401, "InvalidAuthenticationToken", "Access token validation failure.");
    }
    const may = token.data.roles.some((role) => role.startsWith("Domain.Read") || role.startsWith("Organization.Read") || role.startsWith("Directory.Read"));
    if (!may || state() === "forbidden") return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    if (request.method !== "GET") return refuse(405, "Request_BadRequest", "The method is not supported.");
    if (request.url.pathname === "/v1.0/domains") return page(request, domains(), "domains");
    if (request.url.pathname === "/v1.0/organization") return page(request, [{ id: organization.id, displayName: organization.displayName, verifiedDomains: domains() }], "organization");
    return refuse(404, "Request_ResourceNotFound", "Resource not found.");
  };
}

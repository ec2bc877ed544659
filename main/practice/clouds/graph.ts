/** Microsoft Graph, as far as a configuration is tested with it: the organization and its domains, in pages. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { graphBatchStates, type GraphBatches } from "./graph-batch.ts";
import { graphObjectStates, type GraphObjectStore } from "./graph-objects.ts";
import { refuse } from "./graph-refusal.ts";
import { answerSubscriptions, graphSubscriptionStates } from "./graph-subscriptions.ts";
import { PROXY_PAGE } from "./proxy-page.ts";

/** Failures of Graph that a person can turn on. */
export const graphStates = ["forbidden", "forbidden-silently", "token-revoked", "identity-not-found", "older-shape", "proxy-page", "echo", "domain-missing", "domain-unverified", "endless", ...graphObjectStates, ...graphBatchStates, ...graphSubscriptionStates] as const;

export interface GraphOptions {
  readonly organization: { readonly id: string; readonly displayName: string; readonly domains: readonly { readonly id: string; readonly verified: boolean }[] };
  readonly objects: GraphObjectStore;
  readonly batches: GraphBatches;
  readonly state: () => string;
  /** Claims of a valid token of this authority's, else null. */
  readonly claims: (authorization: string | undefined) => unknown;
  readonly now: () => number;
}

const PAGE = 2;
const claimsSchema = z.object({ aud: z.string(), exp: z.number(), roles: z.array(z.string()) });

/** Answers for one Graph host. */
export function createGraph(options: GraphOptions): (request: CloudRequest) => CloudAnswer {
  const { organization, objects, batches, state, claims, now } = options;

  const domains = () =>
    organization.domains
      .filter((_domain, index) => index > 0 || state() !== "domain-missing")
      .map(({ id, verified }, index) => ({ id, isVerified: verified && state() !== "domain-unverified", isDefault: index === 0, isInitial: id.endsWith(".onmicrosoft.com"), authenticationType: "Managed" }));

  const page = (request: CloudRequest, items: readonly object[], context: string): CloudAnswer => {
    const from = Number(request.url.searchParams.get("$skiptoken") ?? "0");
    const next = new URL(request.url);
    next.searchParams.set("$skiptoken", String(from + PAGE));
    const more = from + PAGE < items.length || state() === "endless" ? { "@odata.nextLink": next.href } : {};
    return { status: 200, body: { "@odata.context": `https://${request.host}/v1.0/$metadata#${context}`, value: items.slice(from, from + PAGE), ...more } };
  };

  /** Refusals of which each has a shape of its own; null for another state. */
  const refusal = (request: CloudRequest): CloudAnswer | null => {
    switch (state()) {
      // What a gateway before Graph answers: no code that Graph documents, no word of a permission.
      case "forbidden-silently":
        return refuse(403, "UnknownError", "");
      // Microsoft: "Continuous access evaluation", with the challenge in a header (RFC 6750).
      case "token-revoked":
        return {
          ...refuse(401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: LocationConditionEvaluationSatisfied"),
          headers: { "www-authenticate": 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="' },
        };
      case "identity-not-found":
        return refuse(401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established.");
      // OData 3, which descendants of Azure AD Graph answer in.
      case "older-shape":
        return { status: 401, body: { "odata.error": { code: "Authentication_ExpiredToken", message: { lang: "en", value: "Your access token has expired. Please renew it before submitting the request." }, requestId: randomUUID(), date: new Date(now()).toISOString().slice(0, 19) } } };
      case "proxy-page":
        return PROXY_PAGE;
      case "echo":
        return refuse(400, "Request_BadRequest", `Invalid header: ${request.headers.authorization ?? ""}`);
      default:
        return null;
    }
  };

  const answer = (request: CloudRequest): CloudAnswer => {
    const broken = refusal(request);
    if (broken !== null) return broken;
    const token = claimsSchema.safeParse(claims(request.headers.authorization));
    if (!token.success || token.data.aud !== `https://${request.host}` || token.data.exp * 1000 < now()) {
      return refuse(401, "InvalidAuthenticationToken", "Access token validation failure.");
    }
    const ofBatch = batches.answer(request, state(), answer);
    if (ofBatch !== null) return ofBatch;
    const ofObject = state() === "forbidden" ? null : objects.answer(request, token.data.roles, state());
    if (ofObject !== null) return ofObject;
    const ofSubscriptions = state() === "forbidden" ? null : answerSubscriptions(request, organization.id, token.data.roles, state(), objects.given);
    if (ofSubscriptions !== null) return ofSubscriptions;
    const may = token.data.roles.some((role) => role.startsWith("Domain.Read") || role.startsWith("Organization.Read") || role.startsWith("Directory.Read"));
    if (!may || state() === "forbidden") return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    if (request.method !== "GET") return refuse(405, "Request_BadRequest", "The method is not supported.");
    if (request.url.pathname === "/v1.0/domains") return page(request, domains(), "domains");
    if (request.url.pathname === "/v1.0/organization") return page(request, [{ id: organization.id, displayName: organization.displayName, verifiedDomains: domains() }], "organization");
    return refuse(404, "Request_ResourceNotFound", "Resource not found.");
  };
  return answer;
}

/** Google's token endpoint for service accounts (RFC 7523) and the Directory API's domains; errors in Google's shapes and words. */
import { z } from "zod";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { googleObjectStates, type GoogleObjectStore } from "./google-objects.ts";
import { readAssertion } from "./jwt.ts";
import { PROXY_PAGE } from "./proxy-page.ts";

/**
 * What the token endpoint refuses a service account with, by the name under which the drawer turns it on. Sources: Google's
 * "Using OAuth 2.0 for server to server applications", JWT error codes; googleapis/google-api-ruby-client/issues/720.
 */
const tokenRefusals: Readonly<Record<string, readonly [status: number, error: string, description: string]>> = {
  disabled_client: [401, "disabled_client", "The OAuth client was disabled."],
  deleted_client: [401, "deleted_client", "The OAuth client was deleted."],
  invalid_client: [401, "invalid_client", "The OAuth client was not found."],
  admin_policy_enforced: [400, "admin_policy_enforced", "Access to your account data is restricted by policies within your organization."],
  access_denied: [403, "access_denied", "Requested client not authorized."],
  "robot-disabled": [400, "invalid_grant", "Robot is disabled."],
  "account-deleted": [400, "invalid_grant", "Account has been deleted"],
  "not-an-account": [400, "invalid_grant", "Not a valid email or user ID."],
  // Says nothing to an administrator of a service account: only the sentence helps.
  org_internal: [403, "org_internal", "This client is restricted to users within its organization."],
};

/** Failures of the token endpoint that a person can turn on. */
export const googleTokenStates = ["delegation-missing", "delegation-reads", "wrong-admin", "account-missing", "key-refused", "clock-skew", "proxy-page", "echo", ...Object.keys(tokenRefusals)];

/** The older shape's reasons. Sources: Google's "Resolve errors" of the Admin SDK, "Troubleshoot Directory API issues". */
const apiRefusals: Readonly<Record<string, readonly [status: number, domain: string, message: string]>> = {
  domainCannotUseApis: [403, "global", "Domain cannot use apis."],
  dailyLimitExceeded: [403, "usageLimits", "Daily Limit Exceeded. The quota will be reset at midnight Pacific Time (PT)."],
  accessNotConfigured: [403, "usageLimits", "Access Not Configured. Admin SDK API has not been used in project 123456789 before or it is disabled."],
  insufficientPermissions: [403, "global", "Insufficient Permission: Request had insufficient authentication scopes."],
};

/** Failures of the Directory API that a person can turn on. */
export const googleDirectoryStates = ["forbidden", "domain-not-found", "rate-limit", "not-enabled", "PERMISSION_DENIED", "proxy-page", ...Object.keys(apiRefusals), ...googleObjectStates];

export interface Workspace {
  readonly serviceAccount: string;
  readonly admin: string;
  readonly certificatePem: string;
  readonly domains: readonly string[];
  /** Scopes in the delegation entry of the Admin console. */
  readonly delegated: readonly string[];
}

const AUDIENCE = "https://oauth2.googleapis.com/token";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const HOUR = 3600;
const TOLERANCE_SECONDS = 300;
const claimsSchema = z.object({ iss: z.string(), scope: z.string(), aud: z.string(), exp: z.number(), iat: z.number(), sub: z.string().optional() });
const accessSchema = z.object({ sub: z.string(), exp: z.number(), scope: z.string() });
/** Of the delegation's scopes, those that let nothing be written. */
const isReading = (scope: string) => scope.endsWith(".readonly");

function refuse(status: number, error: string, description: string): CloudAnswer {
  return { status, body: { error, error_description: description } };
}

/** Answers for the token endpoint. `issue` hands out an access token; `now` in epoch milliseconds. */
export function createGoogleToken(options: {
  readonly workspace: Workspace;
  readonly state: () => string;
  readonly issue: (claims: object) => string;
  readonly now: () => number;
}): (request: CloudRequest) => CloudAnswer {
  const { workspace, state, issue, now } = options;
  const skewed = () =>
    refuse(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
  return (request) => {
    if (request.url.pathname !== "/token" || request.method !== "POST") return refuse(404, "not_found", "Not found.");
    if (state() === "proxy-page") return PROXY_PAGE;
    if (state() === "echo") return refuse(400, "invalid_request", `Bad Request: ${request.body}`);
    const named = tokenRefusals[state()];
    if (named !== undefined) return refuse(...named);
    const form = new URLSearchParams(request.body);
    if (form.get("grant_type") !== GRANT) return refuse(400, "unsupported_grant_type", `Invalid grant_type: ${form.get("grant_type") ?? ""}`);
    const assertion = readAssertion(form.get("assertion") ?? "");
    const claims = claimsSchema.safeParse(assertion?.claims);
    if (assertion === null || !claims.success) return refuse(400, "invalid_grant", "Invalid JWT: Failed to parse the JWT.");
    const { iss, scope, aud, exp, iat, sub } = claims.data;
    if (iss !== workspace.serviceAccount || state() === "account-missing") return refuse(400, "invalid_grant", "Invalid grant: account not found");
    if (assertion.algorithm !== "RS256" || !assertion.signedBy(workspace.certificatePem) || state() === "key-refused") return refuse(400, "invalid_grant", "Invalid JWT Signature.");
    const seconds = now() / 1000;
    if (state() === "clock-skew" || exp - iat > HOUR || exp < seconds || iat > seconds + TOLERANCE_SECONDS) return skewed();
    if (aud !== AUDIENCE) return refuse(400, "invalid_grant", "Invalid JWT: Invalid audience.");
    const delegated = workspace.delegated.filter((each) => state() !== "delegation-reads" || isReading(each));
    if (!scope.split(" ").every((each) => delegated.includes(each)) || state() === "delegation-missing") {
      return refuse(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
    }
    if (sub === undefined || !workspace.domains.includes(sub.slice(sub.indexOf("@") + 1).toLowerCase()) || state() === "wrong-admin") {
      return refuse(400, "invalid_grant", "Invalid email or User ID");
    }
    return { status: 200, body: { access_token: issue({ sub: sub.toLowerCase(), scope, exp: Math.floor(seconds) + HOUR }), expires_in: HOUR - 1, token_type: "Bearer" } };
  };
}

function apiError(status: number, reason: string, message: string, domain = "global"): CloudAnswer {
  return { status, body: { error: { code: status, message, errors: [{ message, domain, reason }] } } };
}

/** The newer shape of errors, without `errors` (Google: AIP-193): the service control's refusals come in it. */
function rpcError(code: number, status: string, message: string, details: readonly object[]): CloudAnswer {
  return { status: code, body: { error: { code, message, status, details } } };
}

/** As the service control words it, with google.rpc.Help and google.rpc.ErrorInfo. */
function serviceDisabled(): CloudAnswer {
  const url = "https://console.developers.google.com/apis/api/admin.googleapis.com/overview?project=123456789";
  const message = `Admin SDK API has not been used in project 123456789 before or it is disabled. Enable it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  return rpcError(403, "PERMISSION_DENIED", message, [
    { "@type": "type.googleapis.com/google.rpc.Help", links: [{ description: "Google developers console API activation", url }] },
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "SERVICE_DISABLED",
      domain: "googleapis.com",
      metadata: { service: "admin.googleapis.com", consumer: "projects/123456789", serviceTitle: "Admin SDK API", activationUrl: url },
    },
  ]);
}

/** Answers for the Directory API. */
export function createGoogleDirectory(options: {
  readonly workspace: Workspace;
  readonly state: () => string;
  readonly claims: (authorization: string | undefined) => unknown;
  readonly objects: GoogleObjectStore;
  readonly now: () => number;
}): (request: CloudRequest) => CloudAnswer {
  const { workspace, state, claims, objects, now } = options;
  return (request) => {
    const token = accessSchema.safeParse(claims(request.headers.authorization));
    if (!token.success || token.data.exp * 1000 < now()) return apiError(401, "authError", "Request had invalid authentication credentials.");
    if (state() === "not-enabled") return serviceDisabled();
    if (state() === "proxy-page") return PROXY_PAGE;
    if (state() === "PERMISSION_DENIED") return rpcError(403, "PERMISSION_DENIED", "The caller does not have permission", []);
    const named = apiRefusals[state()];
    if (named !== undefined) return apiError(named[0], state(), named[2], named[1]);
    if (state() === "rate-limit") return apiError(403, "userRateLimitExceeded", "User Rate Limit Exceeded");
    if (state() === "forbidden" || token.data.sub !== workspace.admin) return apiError(403, "forbidden", "Not Authorized to access this resource/api");
    if (state() === "domain-not-found") return apiError(404, "notFound", "Domain not found.");
    const ofObject = objects.answer(request, token.data.scope.split(" "), state());
    if (ofObject !== null) return ofObject;
    if (!/^\/admin\/directory\/v1\/customer\/[^/]+\/domains$/.test(request.url.pathname)) return apiError(404, "notFound", "Not Found");
    const domains = workspace.domains.map((domainName, index) => ({ kind: "admin#directory#domain", domainName, isPrimary: index === 0, verified: true }));
    return { status: 200, body: { kind: "admin#directory#domains", domains } };
  };
}

/**
 * Microsoft Entra's token endpoint (OAuth 2.0 client credentials, RFC 6749 section 4.4 and RFC 7523). Refuses what the
 * real one refuses, with its numbers and in its shape; source: Microsoft's "Authentication and authorization error codes".
 */
import { createHash, X509Certificate } from "node:crypto";
import { z } from "zod";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { entraRefusals, namedRefusal, refuse, type EntraFacts } from "./entra-refusals.ts";
import { readAssertion } from "./jwt.ts";
import { PROXY_PAGE } from "./proxy-page.ts";
import type { SignInLog } from "./sign-in-log.ts";

/** Failures of the authority that a person can turn on; each also happens by itself for input that is wrong. */
export const authorityStates = [
  "wrong-secret",
  "expired-secret",
  "certificate-not-registered",
  "wrong-tenant",
  "other-cloud",
  "application-missing",
  "application-disabled",
  "clock-skew",
  "permission-missing",
  "role-missing",
  "proxy-page",
  "echo",
  ...Object.keys(entraRefusals),
];

export interface Tenant {
  readonly id: string;
  /** Verified domain names, which serve as the tenant in addresses. */
  readonly domains: readonly string[];
  readonly applicationId: string;
  readonly secret: string;
  readonly expiredSecret: string;
  /** The certificate uploaded to the app registration. */
  readonly certificatePem: string;
  /** Application permissions granted, by resource: an address or an application's id. Null for one the tenant has not. */
  readonly roles: (resource: string) => readonly string[] | null;
}

export interface EntraOptions {
  readonly tenant: Tenant;
  readonly state: () => string;
  /** Hands out an access token with these claims. */
  readonly issue: (claims: object) => string;
  readonly signIns: SignInLog;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const TOLERANCE_SECONDS = 300;
/** Microsoft: "Microsoft Entra built-in roles", template id. */
const EXCHANGE_RECIPIENT_ADMINISTRATOR = "31392ffb-586c-42d1-9346-e59415a2cc4e";
/** Stands in the `wids` of every app-only token and is no role: no role definition has it. */
const NO_DIRECTORY_ROLE = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";
const claimsSchema = z.object({ aud: z.string(), iss: z.string(), sub: z.string(), exp: z.number(), nbf: z.number() });

function thumbprintOf(pem: string): string {
  return createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
}

/** Answers for one authority host. */
export function createEntra(options: EntraOptions): (request: CloudRequest) => CloudAnswer {
  const { tenant, state, issue, signIns, now } = options;

  const isTenant = (name: string) => state() !== "wrong-tenant" && [tenant.id, ...tenant.domains].includes(name.toLowerCase());
  const tenantMissing = (name: string) =>
    refuse("invalid_tenant", [90002], `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`, now());

  /** Entra's name of the cloud in which the tenant lives. */
  const instanceOf = (host: string) => {
    const own = host === "login.chinacloudapi.cn" ? "partner.microsoftonline.cn" : host.replace(/^login\./, "");
    if (state() !== "other-cloud") return own;
    return own === "microsoftonline.us" ? "microsoftonline.com" : "microsoftonline.us";
  };

  const metadata = (host: string): CloudAnswer => {
    const base = `https://${host}/${tenant.id}`;
    return {
      status: 200,
      body: {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        jwks_uri: `${base}/discovery/v2.0/keys`,
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        tenant_region_scope: "EU",
        cloud_instance_name: instanceOf(host),
      },
    };
  };

  const factsOf = (resource: string, thumbprint: string): EntraFacts => {
    const { validFromDate, validToDate } = new X509Certificate(tenant.certificatePem);
    const date = (at: Date) => at.toLocaleString("en-US", { timeZone: "UTC", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }).replace(",", "");
    return { app: tenant.applicationId, tenant: tenant.id, resource, thumbprint: thumbprint.toUpperCase(), start: date(validFromDate), end: date(validToDate) };
  };

  const checkSecret = (secret: string): CloudAnswer | null => {
    if (secret === tenant.expiredSecret || state() === "expired-secret") {
      return refuse("invalid_client", [7000222], `The provided client secret keys for app '${tenant.applicationId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`, now());
    }
    if (secret === tenant.secret && state() !== "wrong-secret") return null;
    return refuse("invalid_client", [7000215], `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${tenant.applicationId}'.`, now());
  };

  const checkAssertion = (text: string, host: string): CloudAnswer | null => {
    const assertion = readAssertion(text);
    const claims = claimsSchema.safeParse(assertion?.claims);
    if (assertion === null || !claims.success) return refuse("invalid_client", [50027], "JWT token is invalid or malformed.", now());
    const registered = assertion.thumbprint === thumbprintOf(tenant.certificatePem) && state() !== "certificate-not-registered";
    if (!registered || !assertion.signedBy(tenant.certificatePem)) {
      return namedRefusal("AADSTS700027", "certificate", factsOf("", assertion.thumbprint ?? ""), now());
    }
    const seconds = now() / 1000;
    const { exp, nbf, aud, iss, sub } = claims.data;
    if (state() === "clock-skew" || seconds > exp + TOLERANCE_SECONDS || seconds < nbf - TOLERANCE_SECONDS) {
      return refuse("invalid_client", [700024], "Client assertion is not within its valid time range.", now());
    }
    if (iss !== tenant.applicationId || sub !== tenant.applicationId) return refuse("invalid_client", [700021], "Client assertion application identifier doesn't match 'client_id' parameter.", now());
    // The token endpoint or the issuer, with the tenant by its number or by one of its names.
    const audiences = [tenant.id, ...tenant.domains].flatMap((name) => [`https://${host}/${name}/oauth2/v2.0/token`, `https://${host}/${name}/v2.0`]);
    return audiences.includes(aud.toLowerCase()) ? null : refuse("invalid_client", [700023], "Client assertion audience claim does not match Realm issuer.", now());
  };

  const token = (request: CloudRequest): CloudAnswer => {
    if (state() === "other-cloud") return refuse("invalid_request", [900439], "US Government tenants are not supported on the public endpoint.", now());
    const form = new URLSearchParams(request.body);
    const client = form.get("client_id") ?? "";
    if (client.toLowerCase() !== tenant.applicationId || state() === "application-missing") {
      return refuse("unauthorized_client", [700016], `Application with identifier '${client}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.`, now());
    }
    if (state() === "application-disabled") return refuse("unauthorized_client", [7000112], `Application '${client}' is disabled.`, now());
    if (form.get("grant_type") !== "client_credentials") return refuse("unsupported_grant_type", [70003], "The app requested an unsupported grant type.", now());
    const assertion = form.get("client_assertion");
    if (state() === "echo") return refuse("invalid_request", [9002313], `Invalid request. Request is malformed or invalid: ${request.body}`, now());
    const asked = (form.get("scope") ?? "").replace(/\/\.default$/, "");
    const named = namedRefusal(state(), assertion === null ? "secret" : "certificate", factsOf(asked, readAssertion(assertion ?? "")?.thumbprint ?? ""), now());
    if (named !== null) return named;
    const refusal = assertion === null ? checkSecret(form.get("client_secret") ?? "") : checkAssertion(assertion, request.host);
    if (refusal !== null) return refusal;
    const scope = (form.get("scope") ?? "").split(" ").find((each) => each.endsWith("/.default"));
    if (scope === undefined) return refuse("invalid_scope", [70011], "The provided value for the input parameter 'scope' is not valid.", now());
    const audience = scope.slice(0, -"/.default".length);
    const seconds = Math.floor(now() / 1000);
    const granted = tenant.roles(audience);
    if (granted === null) return refuse("invalid_resource", [500011], `The resource principal named ${audience} was not found in the tenant.`, now());
    if (!signIns.admit({ at: now(), application: client, credential: assertion === null ? "secret" : "certificate", resource: audience })) {
      return { status: 429, body: { error: "temporarily_unavailable", error_description: "Too many requests." }, headers: { "retry-after": "60" } };
    }
    const roles = state() === "permission-missing" ? granted.filter((role) => !role.startsWith("Group.") && !role.startsWith("Exchange.")) : granted;
    const access = issue({ aud: audience, iss: `https://sts.windows.net/${tenant.id}/`, appid: tenant.applicationId, tid: tenant.id, iat: seconds, nbf: seconds, exp: seconds + 3599, roles, wids: state() === "role-missing" ? [NO_DIRECTORY_ROLE] : [EXCHANGE_RECIPIENT_ADMINISTRATOR, NO_DIRECTORY_ROLE] });
    return { status: 200, body: { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: access } };
  };

  return (request) => {
    const [name = "", ...rest] = request.url.pathname.slice(1).split("/");
    const path = rest.join("/");
    if (path !== "v2.0/.well-known/openid-configuration" && path !== "oauth2/v2.0/token") return { status: 404, body: {} };
    if (state() === "proxy-page") return PROXY_PAGE;
    if (!isTenant(decodeURIComponent(name))) return tenantMissing(name);
    return path === "oauth2/v2.0/token" ? token(request) : metadata(request.host);
  };
}

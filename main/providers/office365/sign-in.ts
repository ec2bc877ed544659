/** Signing the application in with @azure/msal-node: with the certificate and, apart, with the secret. */
import { ConfidentialClientApplication, LogLevel, ServerError, type Configuration, type INetworkModule, type NetworkResponse } from "@azure/msal-node";
import { fail, succeed, type Fault, type Result, type RungName, type SignInReason } from "../../../shared/fault.ts";
import type { OpenedCertificate, ProviderContext } from "../provider.ts";
import { cloudRequest } from "./cloud-request.ts";
import { cloudOf, type Cloud } from "./clouds.ts";
import type { Office365Configuration } from "./configuration.ts";

export type Credential =
  | { readonly kind: "certificate"; readonly certificate: OpenedCertificate }
  | { readonly kind: "secret"; readonly secret: string };

/**
 * Error numbers of Entra's token endpoint, from Microsoft's "Microsoft Entra authentication and authorization error
 * codes". Microsoft calls them hints: an unknown number is `refused`, with the number as detail.
 */
const REASONS: Readonly<Record<string, SignInReason>> = {
  "90002": "tenant-not-found",
  "900023": "tenant-not-found",
  "50059": "tenant-not-found",
  "700016": "application-not-found",
  "7000112": "account-disabled",
  "7000215": "secret-wrong",
  "7000222": "secret-expired",
  "700027": "certificate-not-registered",
  "7000214": "certificate-not-registered",
  "700024": "clock-skew",
};

/** Carries a fault through msal, which knows only exceptions. */
class CarriedFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super("The request to the cloud failed");
    this.fault = fault;
  }
}

/** msal's network seam over the resolver, limited to the cloud's hosts. */
function networkClient(cloud: Cloud, context: ProviderContext, rung: RungName, carry: (fault: Fault) => void): INetworkModule {
  const send = async <T>(url: string, method: "GET" | "POST", options?: { headers?: Record<string, string>; body?: string }): Promise<NetworkResponse<T>> => {
    const request = { cloud, context, url, method, headers: options?.headers ?? {}, rung };
    const response = await cloudRequest(options?.body === undefined ? request : { ...request, body: options.body });
    const refuse = (fault: Fault) => {
      carry(fault);
      return new CarriedFault(fault);
    };
    if (!response.ok) throw refuse(response.fault);
    const { status, headers, body } = response.value;
    if (status === 429) throw refuse({ kind: "throttled", until: retryAt(headers["retry-after"], context) });
    if (status >= 500) throw refuse({ kind: "unreachable", rung, reason: "bad-status", host: new URL(url).hostname, detail: String(status) });
    try {
      // msal names the type it expects and checks the fields itself.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { status, headers: { ...headers }, body: JSON.parse(body) as T };
    } catch {
      throw refuse({ kind: "unreachable", rung, reason: "bad-status", host: new URL(url).hostname, detail: `${status}, not JSON` });
    }
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, "GET", options),
    sendPostRequestAsync: (url, options) => send(url, "POST", options),
  };
}

/** When to come back, from a Retry-After header in seconds or as an HTTP date; null without one. Epoch milliseconds. */
export function retryAt(header: string | undefined, context: ProviderContext): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return context.clock.now() + seconds * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : date;
}

/**
 * An access token for a resource (`https://graph.microsoft.com` and the like). The domain serves as the tenant: Entra
 * takes any verified domain name in its place. Tokens are not kept between calls, because a check that reuses one would
 * not notice a secret that was revoked.
 */
export async function signIn(
  configuration: Office365Configuration,
  credential: Credential,
  resource: string,
  rung: RungName,
  context: ProviderContext,
): Promise<Result<string>> {
  const cloud = cloudOf(configuration.cloud);
  let carried: Fault | null = null;
  const options: Configuration = {
    auth: {
      clientId: configuration.applicationId,
      authority: `https://${cloud.authorityHost}/${configuration.domain}`,
      // Without this msal asks the worldwide cloud which clouds exist.
      knownAuthorities: [cloud.authorityHost],
      ...(credential.kind === "secret"
        ? { clientSecret: credential.secret }
        : { clientCertificate: { thumbprintSha256: credential.certificate.thumbprintSha256, privateKey: credential.certificate.privateKeyPem } }),
    },
    system: {
      networkClient: networkClient(cloud, context, rung, (fault) => {
        carried = fault;
      }),
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error },
    },
  };
  try {
    const application = new ConfidentialClientApplication(options);
    const answer = await application.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: true });
    if (answer === null) return fail({ kind: "sign-in", reason: "refused" });
    return succeed(answer.accessToken);
  } catch (error) {
    return fail(carried ?? signInFault(error));
  }
}

function signInFault(error: unknown): Fault {
  if (error instanceof ServerError) {
    const number = error.errorNo ?? /AADSTS(\d+)/.exec(error.errorMessage)?.[1] ?? "";
    return { kind: "sign-in", reason: REASONS[number] ?? "refused", detail: number === "" ? error.errorCode : `AADSTS${number}` };
  }
  const code = error instanceof Error && "errorCode" in error ? String(error.errorCode) : "";
  // An unknown tenant has no OpenID configuration, which msal reports before it asks for a token.
  if (code === "endpoints_resolution_error" || code === "openid_config_error") return { kind: "sign-in", reason: "tenant-not-found", detail: code };
  // msal signs with RSA only (PS256): elliptic curve keys fail before anything is sent.
  return { kind: "sign-in", reason: code === "invalid_client_credential" || code === "" ? "key-refused" : "refused", ...(code === "" ? {} : { detail: code }) };
}

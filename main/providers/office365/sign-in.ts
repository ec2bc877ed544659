/** Signing the application in with @azure/msal-node: with the certificate and, apart, with the secret. */
import { createPrivateKey } from "node:crypto";
import { AuthError, ConfidentialClientApplication, LogLevel, ServerError, type Configuration, type INetworkModule, type NetworkResponse } from "@azure/msal-node";
import { fail, succeed, type Fault, type Result, type RungName, type SignInReason } from "../../../shared/fault.ts";
import type { OpenedCertificate } from "../../certificates/opened.ts";
import type { ProviderContext } from "../provider.ts";
import { throttled } from "../../network/retry-after.ts";
import { cloudRequest } from "./cloud-request.ts";
import { cloudOf, type Cloud } from "../../network/microsoft-clouds.ts";
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
  "900439": "tenant-not-found",
  "700016": "application-not-found",
  "7000112": "application-disabled",
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
    if (status === 429) throw refuse(throttled(headers, context.clock.now()));
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

/** The certificate's credential, or why msal cannot sign with its key: it signs with RSA alone (PS256). */
function clientCertificate({ certificate }: Extract<Credential, { kind: "certificate" }>): Result<NonNullable<Configuration["auth"]["clientCertificate"]>> {
  const kind = createPrivateKey(certificate.privateKeyPem).asymmetricKeyType ?? "unknown";
  if (kind !== "rsa") return fail({ kind: "unsupported", why: "key-for-office365", detail: kind });
  return succeed({ thumbprintSha256: certificate.thumbprintSha256, privateKey: certificate.privateKeyPem });
}

/** The store's own tenant, else the domain: Entra takes any verified domain name as the tenant. */
function tenantOf(configuration: Office365Configuration, context: ProviderContext): string {
  return context.connection.kind === "entra-id" ? context.connection.tenant : configuration.domain;
}

/**
 * An access token for a resource: an address such as `https://graph.microsoft.com`, or an application's id. Tokens are
 * not kept between calls, because a check that reuses one would not notice a secret that was revoked.
 */
export async function signIn(
  configuration: Office365Configuration,
  credential: Credential,
  resource: string,
  rung: RungName,
  context: ProviderContext,
): Promise<Result<string>> {
  const cloud = cloudOf(configuration.cloud);
  const proof = credential.kind === "secret" ? succeed(null) : clientCertificate(credential);
  if (!proof.ok) return proof;
  let carried: Fault | null = null;
  const options: Configuration = {
    auth: {
      clientId: configuration.applicationId,
      authority: `https://${cloud.authorityHost}/${encodeURIComponent(tenantOf(configuration, context))}`,
      // Without this msal asks the worldwide cloud which clouds exist.
      knownAuthorities: [cloud.authorityHost],
      ...(credential.kind === "secret" ? { clientSecret: credential.secret } : {}),
      ...(proof.value === null ? {} : { clientCertificate: proof.value }),
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
    if (carried !== null) return fail(carried);
    if (error instanceof AuthError) return fail(signInFault(error));
    throw error;
  }
}

function signInFault(error: AuthError): Fault {
  if (error instanceof ServerError) {
    const number = error.errorNo ?? /AADSTS(\d+)/.exec(error.errorMessage)?.[1] ?? "";
    return { kind: "sign-in", reason: REASONS[number] ?? "refused", detail: number === "" ? error.errorCode : `AADSTS${number}` };
  }
  const { errorCode } = error;
  // An unknown tenant has no OpenID configuration, which msal asks for where it does not know a cloud's addresses by heart.
  const isTenant = errorCode === "endpoints_resolution_error" || errorCode === "openid_config_error";
  return { kind: "sign-in", reason: isTenant ? "tenant-not-found" : "refused", detail: errorCode };
}

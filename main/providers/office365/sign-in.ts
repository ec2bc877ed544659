/**
 * Signing the application in with @azure/msal-node: with the certificate and, apart, with the secret. msal keeps the tokens
 * of an application object, so the object is kept from check to check.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createPrivateKey } from "node:crypto";
import { AuthError, ConfidentialClientApplication, LogLevel, ServerError, type Configuration, type INetworkModule, type NetworkResponse } from "@azure/msal-node";
import { fail, succeed, type Fault, type Result, type RungName, type SignInReason } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import type { OpenedCertificate } from "../../certificates/opened.ts";
import type { ProviderContext } from "../provider.ts";
import { asksToWait, throttled } from "../../network/retry-after.ts";
import { cloudRequest } from "./cloud-request.ts";
import { cloudOf, type Cloud } from "../../network/microsoft-clouds.ts";
import type { Office365Configuration } from "./configuration.ts";

export type Credential =
  | { readonly kind: "certificate"; readonly certificate: OpenedCertificate }
  | { readonly kind: "secret"; readonly secret: string };

/** An application that can sign in with one credential. */
export interface Application {
  /**
   * An access token for a resource: an address such as `https://graph.microsoft.com`, or an application's id. `afresh`
   * asks Entra even when a token is at hand: only that notices a secret that was revoked, or shows a role just granted.
   */
  token(resource: string, options: { readonly afresh: boolean; readonly rung: RungName; readonly context: ProviderContext }): Promise<Result<string>>;
}

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

/** One request for a token: whom it is for, and the fault that msal would swallow. */
interface Call {
  readonly context: ProviderContext;
  readonly rung: RungName;
  fault: Fault | null;
}

/** msal's network seam over the resolver, limited to the cloud's hosts. The object outlives the call, so the call is found by its thread of execution. */
function networkClient(cloud: Cloud, calls: AsyncLocalStorage<Call>): INetworkModule {
  const send = async <T>(url: string, method: "GET" | "POST", options?: { headers?: Record<string, string>; body?: string }): Promise<NetworkResponse<T>> => {
    const call = calls.getStore();
    if (call === undefined) throw new Error("msal asked outside a call");
    const { context, rung } = call;
    const request = { cloud, context, url, method, headers: options?.headers ?? {}, rung };
    const response = await cloudRequest(options?.body === undefined ? request : { ...request, body: options.body });
    const refuse = (fault: Fault) => {
      call.fault = fault;
      return new CarriedFault(fault);
    };
    if (!response.ok) throw refuse(response.fault);
    const { status, headers, body } = response.value;
    if (asksToWait(status, headers)) throw refuse(throttled(headers, context.clock.now()));
    if (status >= 500) throw refuse({ kind: "unreachable", rung, reason: "bad-status", host: new URL(url).hostname, detail: String(status) });
    const answer = parseJson(body);
    if (answer === undefined) throw refuse({ kind: "unreachable", rung, reason: "bad-status", host: new URL(url).hostname, detail: `${status}, not JSON` });
    // msal names the type it expects and checks the fields itself.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { status, headers: { ...headers }, body: answer as T };
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

/** The application with one credential. Fails with `unsupported` for a key that msal cannot sign with. */
export function createApplication(configuration: Office365Configuration, credential: Credential, context: ProviderContext): Result<Application> {
  const cloud = cloudOf(configuration.cloud);
  const proof = credential.kind === "secret" ? succeed(null) : clientCertificate(credential);
  if (!proof.ok) return proof;
  const calls = new AsyncLocalStorage<Call>();
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
      networkClient: networkClient(cloud, calls),
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error },
    },
  };
  // Made with the first token: msal refuses some input with an exception of its own.
  let client: ConfidentialClientApplication | null = null;
  return succeed({
    token: async (resource, { afresh, rung, context: asking }) => {
      const call: Call = { context: asking, rung, fault: null };
      try {
        client ??= new ConfidentialClientApplication(options);
        const kept = client;
        const answer = await calls.run(call, () => kept.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: afresh }));
        if (answer === null) return fail({ kind: "sign-in", reason: "refused" });
        return succeed(answer.accessToken);
      } catch (error) {
        if (call.fault !== null) return fail(call.fault);
        if (error instanceof AuthError) return fail(signInFault(error));
        throw error;
      }
    },
  });
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

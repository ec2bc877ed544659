/**
 * Signing the application in with @azure/msal-node: with the certificate and, apart, with the secret. msal keeps the tokens
 * of an application object, so the object is kept from check to check.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { AuthError, ConfidentialClientApplication, LogLevel, type Configuration, type INetworkModule, type NetworkResponse } from "@azure/msal-node";
import { fail, succeed, type Fault, type Result, type RungName } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import type { OpenedCertificate } from "../../certificates/opened.ts";
import type { ProviderContext } from "../provider.ts";
import { isGranted, secretsOfForm } from "../../network/cloud-answer.ts";
import { microsoftFault, type PresentedCertificate } from "../../network/microsoft-answer.ts";
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
function networkClient(cloud: Cloud, calls: AsyncLocalStorage<Call>, presented: PresentedCertificate | undefined): INetworkModule {
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
    if (!isGranted(response.value)) {
      throw refuse(microsoftFault(response.value, { host: new URL(url).hostname, rung, now: context.clock.now(), sent: secretsOfForm(options?.body), presented }));
    }
    // msal names the type it expects and checks the fields itself.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { status, headers: { ...headers }, body: parseJson(body) as T };
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

/** The certificate as the application's list of them shows it: by its SHA-1 thumbprint. */
function presentedBy({ certificate }: Extract<Credential, { kind: "certificate" }>): PresentedCertificate {
  const { validFromDate } = new X509Certificate(certificate.certificatePem);
  return { thumbprint: certificate.thumbprintSha1.toUpperCase(), notBefore: validFromDate.getTime(), notAfter: certificate.notAfter };
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
      networkClient: networkClient(cloud, calls, credential.kind === "certificate" ? presentedBy(credential) : undefined),
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
        // What msal itself does not accept of an answer; what Entra refused is read before msal sees it.
        if (error instanceof AuthError) return fail({ kind: "sign-in", reason: "refused", detail: error.errorCode });
        throw error;
      }
    },
  });
}

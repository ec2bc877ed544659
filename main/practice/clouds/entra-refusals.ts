/**
 * Entra's refusals in the words and the shape of the real ones, by the name under which the drawer turns them on. Sources:
 * Microsoft's "Authentication and authorization error codes" and answers that people quoted; those that are not on that
 * page are named beside the row. `{app}`, `{tenant}`, `{resource}`, `{thumbprint}`, `{start}` and `{end}` are filled in.
 */
import { randomUUID } from "node:crypto";
import type { CloudAnswer } from "./cloud-host.ts";

interface EntraRefusal {
  /** Several for the older answers, which name the outer one first. */
  readonly numbers: readonly number[];
  readonly error: string;
  readonly text: string;
  readonly status?: number;
  /** Refuses the certificate and lets the secret in, or the other way round; both when absent. */
  readonly only?: "certificate" | "secret";
  readonly more?: Readonly<Record<string, string>>;
}

const SEE_KEYS =
  "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{app}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/{app}'";

/** Reasons in brackets: github.com/Azure/azure-sdk-for-java/issues/25109, microsoft/azure-tools-for-java/issues/2785, microsoftgraph/msgraph-sdk-php/issues/1585. */
const assertionRefused = (reason: string, found: boolean) =>
  `Client assertion failed signature validation. [Reason - ${reason}, Thumbprint of key used by client: '{thumbprint}', ${found ? "Found key 'Start={start}, End={end}', " : ""}${SEE_KEYS}].`;

export const entraRefusals = {
  AADSTS700027: { numbers: [700027], error: "invalid_client", only: "certificate", text: assertionRefused("The key was not found.", false) },
  "AADSTS700027-expired": { numbers: [700027], error: "invalid_client", only: "certificate", text: assertionRefused("The key used is expired.", true) },
  "AADSTS700027-signature": { numbers: [700027], error: "invalid_client", only: "certificate", text: assertionRefused("Key was found, but use of the key to verify the signature failed.", true) },
  // sjkp/letsencrypt-siteextension/issues/117 and azureautomation/azure-automation-ise-addon/issues/136: the older answers.
  "AADSTS50012-secret": { numbers: [70002, 50012], error: "invalid_client", only: "secret", text: "Error validating credentials. AADSTS50012: Invalid client secret is provided." },
  "AADSTS50012-expired": {
    numbers: [70002, 50012],
    error: "invalid_client",
    only: "certificate",
    text: "Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: '{thumbprint}', Found key 'Start={start}, End={end}, Thumbprint={thumbprint}', Configured keys: [Key0:Start={start}, End={end}, Thumbprint={thumbprint};]]",
  },
  // AzureAD/microsoft-identity-web, issue 2834.
  AADSTS1000502: { numbers: [1000502], error: "invalid_client", only: "certificate", text: "The provided certificate is not within its specified validity window." },
  AADSTS7000214: { numbers: [7000214], error: "invalid_client", only: "certificate", text: "Certificate has been revoked." },
  AADSTS7000229: {
    numbers: [7000229],
    error: "invalid_client",
    text: "The client application {app} is missing service principal in the tenant {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119",
  },
  AADSTS900382: { numbers: [900382], error: "invalid_request", text: "Confidential Client is not supported in Cross Cloud request." },
  AADSTS90038: { numbers: [90038], error: "invalid_request", text: "Tenant '{tenant}' request is being redirected to the National Cloud 'MicrosoftOnline.US'." },
  AADSTS53003: {
    numbers: [53003],
    error: "access_denied",
    text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    more: { suberror: "message_only", claims: '{"access_token":{"capolids":{"essential":true,"values":["2b1cf3a5-0000-4e1d-9c0a-7f1c2d3e4f50"]}}}' },
  },
  AADSTS500011: {
    numbers: [500011],
    error: "invalid_resource",
    text: "The resource principal named {resource} was not found in the tenant named Contoso practice. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.",
  },
  AADSTS500014: {
    numbers: [500014],
    error: "invalid_resource",
    text: "The service principal for resource '{resource}' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.",
  },
  AADSTS501051: { numbers: [501051], error: "invalid_grant", text: "Application '{app}'(Messaging Console practice) is not assigned to a role for the application '{resource}'(Office 365 Exchange Online)." },
  AADSTS65001: {
    numbers: [65001],
    error: "invalid_grant",
    text: "The user or administrator has not consented to use the application with ID '{app}' named 'Messaging Console practice'. Send an interactive authorization request for this user and resource.",
  },
  AADSTS700025: { numbers: [700025], error: "invalid_client", text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented." },
  AADSTS5000225: { numbers: [5000225], error: "invalid_request", text: "This tenant has been blocked due to inactivity. To learn more about tenant lifecycle policies, see https://aka.ms/TenantLifecycle" },
  AADSTS500021: { numbers: [500021], error: "access_denied", text: "Access to 'Contoso practice' tenant is denied." },
  AADSTS50196: { numbers: [50196], error: "invalid_request", text: "The server terminated an operation because it encountered a client request loop. Please contact your app vendor." },
  AADSTS90033: { numbers: [90033], error: "temporarily_unavailable", status: 503, text: "A transient error has occurred. Please try again." },
  // Numbers that mean nothing to an administrator: only the far side's own sentence helps.
  AADSTS9002313: { numbers: [9002313], error: "invalid_request", text: "Invalid request. Request is malformed or invalid." },
  AADSTS90009: { numbers: [90009], error: "invalid_request", text: "Application '{app}'(Messaging Console practice) is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier." },
} as const satisfies Readonly<Record<string, EntraRefusal>>;

/** What the words are filled in with. */
export interface EntraFacts {
  readonly app: string;
  readonly tenant: string;
  readonly resource: string;
  readonly thumbprint: string;
  readonly start: string;
  readonly end: string;
}

const known: Readonly<Record<string, EntraRefusal>> = entraRefusals;

/** A refusal as the token endpoint answers it: the words with their trace, the numbers, and the link that leads nowhere helpful. */
export function refuse(error: string, numbers: readonly number[], words: string, now: number, more: Readonly<Record<string, string>> = {}): CloudAnswer {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const [first = 0] = numbers;
  const description = `AADSTS${first}: ${words} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
  return {
    status: error === "invalid_client" ? 401 : 400,
    body: {
      error,
      error_description: description,
      error_codes: numbers,
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${first}`,
      ...more,
    },
  };
}

/** The refusal of this name for one way of signing in; null for another name, or where it lets this way in. */
export function namedRefusal(name: string, way: "certificate" | "secret", facts: EntraFacts, now: number): CloudAnswer | null {
  const row = known[name];
  if (row === undefined || (row.only !== undefined && row.only !== way)) return null;
  const words = Object.entries(facts).reduce((text, [fact, value]) => text.replaceAll(`{${fact}}`, value), row.text);
  const answer = refuse(row.error, row.numbers, words, now, row.more);
  return row.status === undefined ? answer : { ...answer, status: row.status };
}

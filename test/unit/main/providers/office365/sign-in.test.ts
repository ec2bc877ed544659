/** Signing in with msal over real TLS: what Entra repeats, and whose sign-in is whose. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { applicationOf } from "../../../../../main/providers/office365/session.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { openCloudHost, type CloudHost } from "../cloud.ts";

const AUTHORITY = "login.microsoftonline.com";
/** A word like any other: neither its name nor its shape gives it away. */
const SECRET = "correct horse battery";
const configuration = { cloud: "worldwide", domain: "contoso.com", applicationId: "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31" } as const;

let cloud: CloudHost;
const sent: string[] = [];
beforeAll(async () => {
  cloud = await openCloudHost(AUTHORITY, ({ body }) => {
    const secret = new URLSearchParams(body).get("client_secret");
    // The discovery document that msal asks for first has no body.
    if (secret === null) return { status: 200, body: { issuer: `https://${AUTHORITY}/t/v2.0`, authorization_endpoint: `https://${AUTHORITY}/a`, token_endpoint: `https://${AUTHORITY}/t`, end_session_endpoint: `https://${AUTHORITY}/e`, jwks_uri: `https://${AUTHORITY}/k` } };
    sent.push(secret);
    return { status: 401, body: { error: "invalid_client", error_description: `AADSTS7000215: nobody knows ${secret} here` } };
  });
});
afterAll(() => cloud.close());

function contextWith(secret: string): ProviderContext {
  return { ...cloud.context(), secrets: { isSet: () => true, text: () => Promise.resolve(succeed(secret)), certificate: () => Promise.resolve(succeed(null)) } };
}

async function signIn(context: ProviderContext) {
  const application = await applicationOf("secret-sign-in", configuration, context);
  if (!application.ok || application.value === null) throw new Error("There is no application");
  return application.value.token("https://graph.microsoft.com", { afresh: true, rung: "secret-sign-in", context });
}

describe("a client secret", () => {
  it("is in no fault where Entra repeats it, and the words around it are", async () => {
    const refused = await signIn(contextWith(SECRET));
    expect(sent.at(-1)).toBe(SECRET);
    expect(JSON.stringify(refused)).toMatch(/AADSTS7000215: nobody knows \[removed\] here/);
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });

  it("signs in for its own configuration alone, and again for that as long as it stands", async () => {
    const [one, other] = [contextWith("the one"), contextWith("the other")];
    for (const context of [one, other, one]) await signIn(context);
    expect(sent.slice(-3)).toEqual(["the one", "the other", "the one"]);
    const kept = await applicationOf("secret-sign-in", configuration, one);
    expect(await applicationOf("secret-sign-in", configuration, one)).toEqual(kept);
  });
});

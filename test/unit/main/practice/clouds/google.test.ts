import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createGoogleObjects } from "../../../../../main/practice/clouds/google-objects.ts";
import { createGoogleDirectory, createGoogleToken, type Workspace } from "../../../../../main/practice/clouds/google.ts";
import { createTokens } from "../../../../../main/practice/clouds/jwt.ts";
import type { Identity } from "../../../../../main/practice/pki.ts";
import { get, newIdentity, post, strangerKey, token } from "./support.ts";

const NOW = 1_800_000_000_000;
const seconds = NOW / 1000;
const ENDPOINT = "https://oauth2.googleapis.com/token";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const tokens = createTokens();
const now = () => NOW;

let identity: Identity;
let workspace: Workspace;
beforeAll(async () => {
  identity = await newIdentity();
  workspace = { serviceAccount: "svc@project.iam.gserviceaccount.com", admin: "admin@contoso.com", certificatePem: identity.certificatePem, domains: ["contoso.com"], delegated: ["one", "two"] };
});

const claims = { iss: "svc@project.iam.gserviceaccount.com", sub: "admin@contoso.com", scope: "one two", aud: ENDPOINT, iat: seconds, exp: seconds + 3600 };
const answerSchema = z.object({ error: z.string().optional(), error_description: z.string().optional(), access_token: z.string().optional() });

function ask(change: object, options: { readonly alg?: string; readonly key?: ReturnType<typeof strangerKey>; readonly form?: object } = {}): string {
  const assertion = token({ alg: options.alg ?? "RS256", typ: "JWT" }, { ...claims, ...change }, options.key ?? identity.keyPem);
  const endpoint = createGoogleToken({ workspace, state: () => "up", issue: tokens.issue, now });
  const answer = answerSchema.parse(endpoint(post(ENDPOINT, { grant_type: GRANT, assertion, ...options.form })).body);
  return answer.access_token === undefined ? `${answer.error}: ${answer.error_description}` : "token";
}

describe("Google's practice token endpoint", () => {
  it.each([
    [{}, /^token$/],
    [{ scope: "one" }, /^token$/],
    [{ scope: "one three" }, /^unauthorized_client/],
    [{ aud: "https://evil.example/token" }, /Invalid audience/],
    [{ iss: "other@project.iam.gserviceaccount.com" }, /account not found/],
    [{ sub: "admin@fabrikam.com" }, /Invalid email or User ID/],
    [{ sub: undefined }, /Invalid email or User ID/],
    [{ exp: seconds + 3601 }, /short-lived/],
    [{ exp: seconds - 1, iat: seconds - 3601 }, /short-lived/],
    [{ iat: seconds + 301, exp: seconds + 900 }, /short-lived/],
    [{ exp: "soon" }, /Failed to parse/],
  ])("answers the claims %j as Google does", (change, answer) => {
    expect(ask(change)).toMatch(answer);
  });

  it("refuses another key's signature, another algorithm, none, and another grant", () => {
    expect(ask({}, { key: strangerKey() })).toContain("Invalid JWT Signature");
    expect(ask({}, { alg: "PS256" })).toContain("Invalid JWT Signature");
    expect(ask({}, { alg: "none" })).toContain("Invalid JWT Signature");
    expect(ask({}, { form: { grant_type: "password" } })).toContain("unsupported_grant_type");
    expect(ask({}, { form: { assertion: "x" } })).toContain("Failed to parse");
  });
});

describe("Google's practice Directory API", () => {
  const statusFor = (authorization: string | undefined, address = "https://admin.googleapis.com/admin/directory/v1/customer/my_customer/domains") =>
    createGoogleDirectory({ objects: createGoogleObjects(workspace.domains), workspace, state: () => "up", claims: tokens.claims, now })(get(address, authorization)).status;
  const bearer = (change: object) => `Bearer ${tokens.issue({ sub: "admin@contoso.com", scope: "", exp: seconds + 60, ...change })}`;

  it("answers the admin alone", () => {
    expect(statusFor(bearer({}))).toBe(200);
    expect(statusFor(bearer({ sub: "somebody@contoso.com" }))).toBe(403);
    expect(statusFor(bearer({ exp: seconds - 1 }))).toBe(401);
    expect(statusFor(undefined)).toBe(401);
    expect(statusFor(`Bearer ${createTokens().issue({ sub: "admin@contoso.com", exp: seconds + 60 })}`)).toBe(401);
    expect(statusFor(bearer({}), "https://admin.googleapis.com/admin/directory/v1/users")).toBe(403);
    expect(statusFor(bearer({}), "https://admin.googleapis.com/admin/directory/v1/chromeosdevices")).toBe(404);
  });
});

import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createEntra, type Tenant } from "../../../../../main/practice/clouds/entra.ts";
import { createGraphBatches } from "../../../../../main/practice/clouds/graph-batch.ts";
import { createGraphObjects } from "../../../../../main/practice/clouds/graph-objects.ts";
import { createGraph } from "../../../../../main/practice/clouds/graph.ts";
import { createTokens } from "../../../../../main/practice/clouds/jwt.ts";
import { createSignInLog } from "../../../../../main/practice/clouds/sign-in-log.ts";
import type { Identity } from "../../../../../main/practice/pki.ts";
import { get, newIdentity, post, strangerKey, thumbprint, token } from "./support.ts";

const NOW = 1_800_000_000_000;
const seconds = NOW / 1000;
const ID = "b3a1f6d2-0c58-4a69-8f0e-6d1c2e7a9b40";
const APPLICATION = "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31";
const ENDPOINT = `https://login.microsoftonline.com/${ID}/oauth2/v2.0/token`;
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

let registered: Identity;
let entra: ReturnType<typeof createEntra>;
const tokens = createTokens();
const now = () => NOW;
const signIns = createSignInLog();
beforeAll(async () => {
  registered = await newIdentity();
  const tenant: Tenant = {
    id: ID,
    domains: ["contoso.com"],
    applicationId: APPLICATION,
    secret: "right",
    expiredSecret: "old",
    certificatePem: registered.certificatePem,
    roles: (resource) => (resource === "https://graph.microsoft.com" ? ["Domain.Read.All"] : resource === "https://other.example" ? [] : null),
  };
  entra = createEntra({ tenant, state: () => "up", issue: tokens.issue, signIns, now });
});

const answerSchema = z.object({ error_codes: z.array(z.number()).optional(), access_token: z.string().optional() });
function ask(form: Readonly<Record<string, string>>, address = ENDPOINT): number | "token" {
  const { body } = entra(post(address, { client_id: APPLICATION, grant_type: "client_credentials", scope: "https://graph.microsoft.com/.default", ...form }));
  const { error_codes: codes, access_token: access } = answerSchema.parse(body);
  return access === undefined ? (codes?.[0] ?? -1) : "token";
}

const claims = { aud: ENDPOINT, iss: APPLICATION, sub: APPLICATION, jti: "1", nbf: seconds, exp: seconds + 600 };
const assertion = (change: { readonly claims?: object; readonly header?: object; readonly key?: ReturnType<typeof strangerKey> }) =>
  ask({
    client_assertion_type: JWT_BEARER,
    client_assertion: token({ alg: "PS256", typ: "JWT", "x5t#S256": thumbprint(registered.certificatePem), ...change.header }, { ...claims, ...change.claims }, change.key ?? registered.keyPem),
  });

describe("the practice authority", () => {
  beforeEach(() => signIns.clear());

  it("answers 429 with a minute to wait to an application that asks for the same token again and again", () => {
    const secret = { client_id: APPLICATION, grant_type: "client_credentials", scope: "https://graph.microsoft.com/.default", client_secret: "right" };
    for (let asked = 0; asked < 24; asked += 1) expect(ask({ client_secret: "right" })).toBe("token");
    expect(entra(post(ENDPOINT, secret))).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    // Another credential and another resource have lines of their own.
    expect(assertion({})).toBe("token");
    expect(ask({ client_secret: "right", scope: "https://other.example/.default" })).toBe("token");
    expect(signIns.entries.map(({ credential }) => credential).filter((credential) => credential === "certificate")).toHaveLength(1);
  });

  it("takes an assertion signed with the registered certificate's key, for its own address by any of the tenant's names", () => {
    expect(assertion({})).toBe("token");
    expect(assertion({ claims: { aud: "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token" } })).toBe("token");
    expect(assertion({ claims: { aud: `https://login.microsoftonline.com/${ID}/v2.0` } })).toBe("token");
  });

  it("refuses a signature of another key, an altered one and none", () => {
    expect(assertion({ key: strangerKey() })).toBe(700027);
    expect(assertion({ header: { alg: "none" } })).toBe(700027);
    expect(assertion({ header: { "x5t#S256": Buffer.alloc(32).toString("base64url") } })).toBe(700027);
    const whole = token({ alg: "PS256", "x5t#S256": thumbprint(registered.certificatePem) }, claims, registered.keyPem).split(".");
    const altered = [whole[0], Buffer.from(JSON.stringify({ ...claims, exp: seconds + 9_999 })).toString("base64url"), whole[2]].join(".");
    expect(ask({ client_assertion_type: JWT_BEARER, client_assertion: altered })).toBe(700027);
    for (const text of ["", "a.b.c", "....", "e30.e30."]) expect(ask({ client_assertion: text })).toBe(50027);
  });

  it.each([
    [{ exp: seconds - 301 }, 700024],
    [{ nbf: seconds + 301 }, 700024],
    [{ iss: "somebody" }, 700021],
    [{ sub: "somebody" }, 700021],
    [{ aud: "https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token" }, 700023],
    [{ aud: "https://evil.example/" }, 700023],
    [{ exp: "soon" }, 50027],
  ])("refuses the claims %j with %d", (change, code) => {
    expect(assertion({ claims: change })).toBe(code);
  });

  it.each([
    [{ client_secret: "right" }, "token"],
    [{ client_secret: "wrong" }, 7000215],
    [{ client_secret: "" }, 7000215],
    [{}, 7000215],
    [{ client_secret: "old" }, 7000222],
    [{ client_secret: "right", client_id: "00000000-0000-4000-8000-000000000000" }, 700016],
    [{ client_secret: "right", grant_type: "password" }, 70003],
    [{ client_secret: "right", scope: "openid" }, 70011],
    [{ client_secret: "right", scope: "https://nowhere.example/.default" }, 500011],
  ])("answers the form %j with %s", (form, answer) => {
    expect(ask(form)).toBe(answer);
  });

  it("knows its tenant alone", () => {
    expect(ask({ client_secret: "right" }, "https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/token")).toBe(90002);
    expect(ask({ client_secret: "right" }, "https://login.microsoftonline.com/CONTOSO.com/oauth2/v2.0/token")).toBe("token");
  });
});

describe("practice Graph", () => {
  const graph = createGraph({
    objects: createGraphObjects({ domains: ["contoso.com"] }),
    batches: createGraphBatches(),
    organization: { id: ID, displayName: "Contoso", domains: ["a.com", "b.com", "c.com"].map((id) => ({ id, verified: true })) },
    state: () => "up",
    claims: tokens.claims,
    now,
  });
  const good = { aud: "https://graph.microsoft.com", exp: seconds + 60, roles: ["Domain.Read.All"] };
  const pageSchema = z.object({ value: z.array(z.object({ id: z.string() })), "@odata.nextLink": z.string().optional() });

  it("hands its domains out in pages to whoever follows the link", () => {
    const bearer = `Bearer ${tokens.issue(good)}`;
    const first = pageSchema.parse(graph(get("https://graph.microsoft.com/v1.0/domains?$select=id", bearer)).body);
    const second = pageSchema.parse(graph(get(first["@odata.nextLink"] ?? "", bearer)).body);
    expect([first, second].map(({ value }) => value.map(({ id }) => id))).toEqual([["a.com", "b.com"], ["c.com"]]);
    expect(second["@odata.nextLink"]).toBeUndefined();
  });

  const statusWith = (authorization?: string) => graph(get("https://graph.microsoft.com/v1.0/domains", authorization)).status;
  it.each([
    ["no token", () => undefined, 401],
    ["a token of its own making", () => `Bearer ${token({ alg: "none" }, good, "")}`, 401],
    ["a token of another authority", () => `Bearer ${createTokens().issue(good)}`, 401],
    ["an altered token", () => `Bearer ${tokens.issue(good).replace(/\.([^.]+)\./, `.${Buffer.from(JSON.stringify({ ...good, roles: ["Directory.Read.All"] })).toString("base64url")}.`)}`, 401],
    ["a token for another service", () => `Bearer ${tokens.issue({ ...good, aud: "https://outlook.office365.com" })}`, 401],
    ["a token that ended", () => `Bearer ${tokens.issue({ ...good, exp: seconds - 1 })}`, 401],
    ["a token without the permission", () => `Bearer ${tokens.issue({ ...good, roles: ["Mail.Read"] })}`, 403],
    ["a good token", () => `Bearer ${tokens.issue(good)}`, 200],
  ])("answers %s with the right status", (_name, authorization, status) => {
    expect(statusWith(authorization())).toBe(status);
  });
});

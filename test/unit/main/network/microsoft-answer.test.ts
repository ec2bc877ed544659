import { describe, expect, it } from "vitest";
import { entraMeaning } from "../../../../main/network/entra-codes.ts";
import { microsoftFault, type MicrosoftAsked } from "../../../../main/network/microsoft-answer.ts";
import type { Fault } from "../../../../shared/fault.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const DAY = 86_400_000;
const asked: MicrosoftAsked = { host: "login.microsoftonline.com", rung: "secret-sign-in", now: NOW, sent: [] };
const presented = { thumbprint: "AB".repeat(20), notBefore: NOW - DAY, notAfter: NOW + DAY };

function read(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}, more: Partial<MicrosoftAsked> = {}): Fault {
  return microsoftFault({ status, headers, body: typeof body === "string" ? body : JSON.stringify(body) }, { ...asked, ...more });
}

const refusal = (number: number, words: string, error = "invalid_client") => ({ error, error_description: `AADSTS${number}: ${words}`, error_codes: [number] });
const EXPIRED = refusal(700027, "Client assertion contains an invalid signature. [Reason - The key used is expired.]");
const NOT_FOUND = refusal(700027, "Client assertion contains an invalid signature. [Reason - The key was not found.]");

describe("an answer of Microsoft's", () => {
  it("is read by its numbers where the text names none, and the number is shown", () => {
    expect(read(401, { error: "invalid_client", error_description: "", error_codes: [7000222] })).toEqual({ kind: "sign-in", reason: "secret-expired", detail: "401 invalid_client AADSTS7000222" });
  });

  it("is read by the number in the text where there is no list, as Graph hands on what its own sign-in was told", () => {
    expect(read(403, { error: { code: "AuthenticationError", message: "AADSTS500014: The service principal for resource 'x' is disabled." } })).toMatchObject({ kind: "sign-in", reason: "resource-disabled" });
  });

  it("with an unknown number is refused, with everything it said", () => {
    const body = { ...refusal(123456789, "Nobody has heard of this.", "interaction_required"), suberror: "basic_action", trace_id: "t-1", correlation_id: "c-1", timestamp: "2026-11-20 09:00:00Z", claims: '{"x":1}' };
    expect(read(400, body)).toEqual({
      kind: "sign-in",
      reason: "refused",
      detail: '400 interaction_required: AADSTS123456789: Nobody has heard of this.\nsuberror: basic_action\nclaims: {"x":1}\ntrace_id: t-1\ncorrelation_id: c-1\ntimestamp: 2026-11-20 09:00:00Z',
    });
  });

  it("names an inner error and its ids", () => {
    expect(read(400, { error: { code: "BadRequest", message: "No.", innererror: { code: "invalidRange", message: "Too much.", "request-id": "r-1" } } })).toMatchObject({
      kind: "unreachable",
      reason: "bad-status",
      detail: "400 BadRequest: No. Too much.\ncode: invalidRange\nrequest-id: r-1",
    });
  });

  it("without a body is explained by its header", () => {
    const header = 'Bearer realm="", error="invalid_token", error_description="The token expired at 9"';
    expect(read(401, "", { "www-authenticate": header })).toEqual({ kind: "sign-in", reason: "refused", detail: "401 invalid_token: The token expired at 9" });
  });

  it("that asks to wait says until when, and why", () => {
    expect(read(429, refusal(90055, "Too many incoming requests."), { "retry-after": "60" })).toEqual({ kind: "throttled", until: NOW + 60_000, detail: "429 invalid_client: AADSTS90055: Too many incoming requests." });
    expect(read(429, "")).toEqual({ kind: "throttled", until: null });
  });

  it("that is none says what came instead", () => {
    const at = { kind: "unreachable", rung: "secret-sign-in", host: "login.microsoftonline.com" };
    expect(read(302, "", { location: "https://portal.hotel.example/login?token=secret" })).toEqual({ ...at, reason: "redirected", detail: "https://portal.hotel.example/login" });
    expect(read(200, "<html><title>Sign in to the guest network</title>", { "content-type": "text/html" })).toEqual({ ...at, reason: "page-for-data", detail: "200 Sign in to the guest network" });
    expect(read(403, " <!DOCTYPE html><body>Blocked</body>")).toEqual({ ...at, reason: "page-for-data", detail: "403 Blocked" });
    expect(read(403, "Blocked by policy", { "content-type": "text/html; charset=utf-8" })).toEqual({ ...at, reason: "page-for-data", detail: "403 Blocked by policy" });
    expect(read(502, "upstream connect error")).toEqual({ ...at, reason: "bad-status", detail: "502 upstream connect error" });
    expect(read(404, "")).toEqual({ ...at, reason: "bad-status", detail: "404" });
    expect(read(400, { error: null })).toMatchObject({ ...at, reason: "bad-status" });
    expect(read(500, "[]")).toMatchObject({ ...at, reason: "bad-status" });
  });

  it("asks for a right only where it says that one is missing", () => {
    const needs = ["Organization.Read.All"];
    const refused = (code: string) => read(403, { error: { code, message: "No." } }, {}, { needs });
    expect(refused("Authorization_RequestDenied")).toEqual({ kind: "forbidden", needs, detail: "403 Authorization_RequestDenied: No." });
    expect(refused("Forbidden")).toEqual({ kind: "forbidden", needs: [], detail: "403 Forbidden: No." });
  });

  it("holds nothing that was sent", () => {
    const fault = read(400, refusal(9002313, "Malformed: client_assertion=a.b.c client_secret=hunter2 and again hunter2"), {}, { sent: ["hunter2"] });
    expect(JSON.stringify(fault)).not.toContain("hunter2");
    expect(JSON.stringify(fault)).not.toContain("a.b.c");
  });
});

describe("one number with several reasons", () => {
  it.each([
    ["expired", EXPIRED, presented, "certificate-expired"],
    ["not found", NOT_FOUND, presented, "certificate-not-registered"],
    ["not found, without a reason in the text", refusal(700027, "Client assertion failed signature validation."), presented, "certificate-not-registered"],
    ["not found, and expired by the console's own dates", NOT_FOUND, { ...presented, notAfter: NOW }, "certificate-expired"],
    ["without a reason, and expired by the console's own dates", refusal(700027, "Refused."), { ...presented, notAfter: NOW - 1 }, "certificate-expired"],
    ["expired, though it only begins tomorrow", EXPIRED, { ...presented, notBefore: NOW + DAY }, "certificate-not-yet-valid"],
    ["1000502, though it only begins tomorrow", refusal(1000502, "Not within its specified validity window."), { ...presented, notBefore: NOW + DAY }, "certificate-not-yet-valid"],
    ["1000502", refusal(1000502, "Not within its specified validity window."), presented, "certificate-expired"],
  ] as const)("%s", (_name, body, certificate, reason) => {
    expect(read(401, body, {}, { presented: certificate })).toMatchObject({ kind: "sign-in", reason, certificate: { thumbprint: presented.thumbprint } });
  });

  it("70002 stands for the number that comes with it", () => {
    expect(entraMeaning([70002, 500133], "AADSTS70002: Error validating credentials. AADSTS500133: Assertion is not within its valid time range")).toBe("clock-skew");
    expect(entraMeaning([70002, 7000222], "AADSTS70002: Error validating credentials. AADSTS7000222: The provided client secret keys are expired.")).toBe("secret-expired");
    expect(entraMeaning([70002], "Error validating credentials. The client secret does not match.")).toBe("secret-wrong");
    expect(entraMeaning([50012], "AADSTS50012: Client assertion is not within its valid time range.")).toBe("clock-skew");
    expect(entraMeaning([50012], "AADSTS50012: Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value.]")).toBe("certificate-key-mismatch");
  });

  it("70001 is an application that is not there, or one that is disabled", () => {
    expect(entraMeaning([70001], "AADSTS70001: Application with identifier 'x' was not found in the directory")).toBe("application-not-found");
    expect(entraMeaning([70001], "AADSTS70001: Application 'x' is disabled.")).toBe("application-disabled");
  });

  it("an unknown number means nothing", () => {
    expect(entraMeaning([1, 2], "")).toBeNull();
    expect(entraMeaning([], "")).toBeNull();
  });
});

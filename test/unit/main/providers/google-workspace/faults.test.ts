import { describe, expect, it } from "vitest";
import { googleFault } from "../../../../../main/providers/google-workspace/faults.ts";
import { explain } from "../../../../../renderer/text/fault.ts";
import type { Fault } from "../../../../../shared/fault.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");

function read(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  const answer = { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
  return googleFault(answer, { host: "admin.googleapis.com", rung: "directory-search", now: NOW, sent: ["planted-secret"] });
}

const older = (status: number, reason: string, message: string, more: object = {}) => read(status, { error: { code: status, message, errors: [{ message, domain: "global", reason, ...more }] } });
const newer = (status: number, name: string, message: string, ...details: readonly object[]) => read(status, { error: { code: status, message, status: name, details } });
const info = (reason: string, metadata: Readonly<Record<string, string>> = {}) => ({ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com", metadata });
const grant = (description: string, more: object = {}) => read(400, { error: "invalid_grant", error_description: description, ...more });

describe("an answer of Google's", () => {
  it("has its reason in either shape, and is said with all that it holds", () => {
    expect(older(403, "accessNotConfigured", "Access Not Configured.", { extendedHelp: "https://console.developers.google.com/x?project=1" })).toEqual({
      kind: "forbidden",
      needs: ["admin-sdk-api"],
      detail: "403 accessNotConfigured: Access Not Configured.\nhttps://console.developers.google.com/x?project=1",
    });
    expect(newer(403, "PERMISSION_DENIED", "Disabled.", info("SERVICE_DISABLED", { service: "admin.googleapis.com", consumer: "projects/123" }))).toEqual({
      kind: "forbidden",
      needs: ["admin-sdk-api"],
      detail: "403 SERVICE_DISABLED PERMISSION_DENIED: Disabled.\nservice: admin.googleapis.com\nconsumer: projects/123",
    });
  });

  it("in the newer shape may have nothing but its sentence to go by", () => {
    expect(newer(403, "PERMISSION_DENIED", "Not Authorized to access this resource/api")).toMatchObject({ kind: "forbidden", needs: ["super-admin"] });
    expect(newer(403, "PERMISSION_DENIED", "Admin SDK API has not been used in project 1 before or it is disabled.")).toMatchObject({ kind: "forbidden", needs: ["admin-sdk-api"] });
    expect(newer(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")).toMatchObject({ kind: "sign-in", reason: "delegation-missing" });
    expect(newer(404, "NOT_FOUND", "Domain not found.")).toMatchObject({ kind: "sign-in", reason: "admin-not-found" });
  });

  it("may have both shapes at once", () => {
    const both = { error: { code: 403, message: "No.", status: "PERMISSION_DENIED", errors: [{ message: "No.", domain: "global", reason: "forbidden" }], details: [info("ACCESS_TOKEN_SCOPE_INSUFFICIENT")] } };
    expect(read(403, both)).toEqual({ kind: "sign-in", reason: "delegation-missing", detail: "403 forbidden ACCESS_TOKEN_SCOPE_INSUFFICIENT PERMISSION_DENIED: No." });
  });

  it("about a quota says whether it is the day's", () => {
    const quota = (limit: string) => info("RATE_LIMIT_EXCEEDED", { quota_limit: limit });
    expect(newer(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", quota("QueriesPerDayPerProject"))).toMatchObject({ kind: "throttled", quota: "day" });
    expect(newer(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", quota("QueriesPerMinutePerProject"))).not.toHaveProperty("quota");
    expect(older(403, "dailyLimitExceededUnreg", "Daily Limit for Unauthenticated Use Exceeded.")).toMatchObject({ kind: "throttled", until: null, quota: "day" });
  });

  it("that asks to wait says until when, whatever came with it", () => {
    expect(read(429, "", { "retry-after": "30" })).toEqual({ kind: "throttled", until: NOW + 30_000 });
    expect(read(503, { error: { message: "Try later." } }, { "retry-after": "30" })).toEqual({ kind: "throttled", until: NOW + 30_000, detail: "503: Try later." });
  });

  it.each([
    [grant("Not a valid email."), "admin-not-found"],
    [grant("Invalid email or User ID"), "admin-not-found"],
    [grant("Not a valid email or user ID."), "account-not-found"],
    [grant("Invalid JWT Signature."), "key-refused"],
    [grant("java.security.SignatureException: Invalid signature for token: x"), "key-refused"],
    [grant("Invalid JWT: No valid verifier found for issuer."), "key-refused"],
    [grant("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."), "clock-skew"],
    [grant("Something new.", { error_subtype: "invalid_rapt" }), "refused"],
  ] as const)("%j means %s", (fault, reason) => {
    expect(fault).toMatchObject({ kind: "sign-in", reason });
  });

  it("shows a subtype, and no secret that was sent", () => {
    expect(grant("reauth related error planted-secret", { error_subtype: "invalid_rapt" })).toEqual({ kind: "sign-in", reason: "refused", detail: "400 invalid_grant invalid_rapt: reauth related error [removed]" });
  });

  it.each([
    older(403, "somethingNew", "The caller lacks something."),
    newer(403, "PERMISSION_DENIED", "The caller does not have permission"),
    older(403, "forbidden", "Something else is forbidden."),
    read(403, { error: { code: 403, message: "No." } }),
  ])("that forbids without a reason known here asks for no privilege: %j", (fault) => {
    expect(fault).toMatchObject({ kind: "forbidden", needs: [] });
    const { sentence, nextStep, detail } = explain(fault);
    expect(`${sentence} ${nextStep}`).not.toMatch(/super admin|grant|role/i);
    expect(detail).toMatch(/^403/);
  });

  it("that is none says what came instead", () => {
    expect(read(502, "<html><title>Error 502 (Server Error)!!1</title>")).toMatchObject({ kind: "unreachable", reason: "page-for-data", detail: "502 Error 502 (Server Error)!!1" });
    expect(read(500, { error: { code: 500, message: "Backend Error", errors: [{ reason: "backendError" }] } })).toMatchObject({ kind: "unreachable", reason: "bad-status", detail: "500 backendError: Backend Error" });
    expect(read(401, { error: { code: 401, message: "Active session is invalid. Error code: 4" } })).toEqual({ kind: "sign-in", reason: "refused", detail: "401: Active session is invalid. Error code: 4" });
    expect(read(400, "null")).toMatchObject({ kind: "unreachable", reason: "bad-status" });
  });
});

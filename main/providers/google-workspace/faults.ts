/** Google's answers as faults. Sources: Google's OAuth 2.0 service account guide and the Directory API's error reference. */
import { GaxiosError } from "gaxios";
import { z } from "zod";
import type { Fault, RungName } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import { asksToWait, throttled } from "../../network/retry-after.ts";
import { API_HOST, TOKEN_HOST } from "./configuration.ts";

const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().default("") });
/** The Directory API's own shape has `errors`, the newer one `details` with a google.rpc.ErrorInfo among others (Google: AIP-193). */
const apiErrorSchema = z.object({
  error: z.object({
    message: z.string().default(""),
    errors: z.array(z.object({ reason: z.string() })).default([]),
    details: z.array(z.object({ reason: z.string().optional() })).default([]),
  }),
});

/**
 * The fault for an exception of Google's library, or null for one that is no answer of Google's and so a bug. `now` in
 * epoch milliseconds, for Retry-After.
 */
export function googleFault(error: unknown, rung: RungName, now: number): Fault | null {
  if (!(error instanceof GaxiosError) || error.response === undefined) return null;
  const { status, headers } = error.response;
  const data = plain(error.response.data);
  const asked = { "retry-after": headers.get("retry-after"), date: headers.get("date") };
  if (asksToWait(status, asked)) return throttled(asked, now);
  const host = rung === "sign-in" ? TOKEN_HOST : API_HOST;
  if (status >= 500) return { kind: "unreachable", rung, reason: "bad-status", host, detail: String(status) };
  const token = tokenErrorSchema.safeParse(data);
  if (token.success) return tokenFault(token.data.error, token.data.error_description);
  const api = apiErrorSchema.safeParse(data);
  if (api.success) return apiFault(status, api.data.error.message, reasonIn(api.data.error), rung);
  return { kind: "unreachable", rung, reason: "bad-status", host, detail: String(status) };
}

function tokenFault(code: string, description: string): Fault {
  const detail = code;
  if (code === "unauthorized_client" || code === "access_denied" || code === "invalid_scope") return { kind: "sign-in", reason: "delegation-missing", detail };
  if (code !== "invalid_grant") return { kind: "sign-in", reason: "refused", detail };
  // One code for four causes; Google tells them apart in its (untranslated) description only.
  if (/reasonable timeframe|short-lived token/i.test(description)) return { kind: "sign-in", reason: "clock-skew", detail };
  if (/signature/i.test(description)) return { kind: "sign-in", reason: "key-refused", detail };
  if (/account not found/i.test(description)) return { kind: "sign-in", reason: "service-account-not-found", detail };
  if (/invalid email|user id/i.test(description)) return { kind: "sign-in", reason: "admin-not-found", detail };
  return { kind: "sign-in", reason: "refused", detail };
}

function reasonIn({ errors, details }: z.infer<typeof apiErrorSchema>["error"]): string {
  return errors[0]?.reason ?? details.find(({ reason }) => reason !== undefined)?.reason ?? "";
}

function apiFault(status: number, message: string, reason: string, rung: RungName): Fault {
  if (/rateLimitExceeded|quotaExceeded|RATE_LIMIT_EXCEEDED/i.test(reason)) return { kind: "throttled", until: null };
  if (reason === "accessNotConfigured" || reason === "SERVICE_DISABLED") return { kind: "forbidden", needs: ["admin-sdk-api"], detail: reason };
  if (status === 404 && /domain not found/i.test(message)) return { kind: "sign-in", reason: "admin-not-found", detail: `${status} ${message}` };
  if (status === 401) return { kind: "sign-in", reason: "refused", detail: reason };
  if (status === 403) return { kind: "forbidden", needs: ["super-admin"], detail: `${status} ${message}` };
  return { kind: "unreachable", rung, reason: "bad-status", host: API_HOST, detail: `${status} ${message}`.trim() };
}

/** Gaxios leaves a body of an unannounced type as text. */
function plain(data: unknown): unknown {
  if (typeof data !== "string") return data;
  const value = parseJson(data);
  return value === undefined ? data : value;
}

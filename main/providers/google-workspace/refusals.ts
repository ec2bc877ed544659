/**
 * What Google's names of errors mean to a service account with domain-wide delegation. Data, one row a meaning, with where
 * it was read. One name often has several causes that only Google's (untranslated) sentence tells apart: rows with `said`
 * come before the one without. What no row names is not guessed at.
 */
import type { ObjectRefusal, SignInReason } from "../../../shared/fault.ts";

/** Why the sign-in failed, what is missing, or that it was too much: at once, or for the day. */
export type GoogleMeaning = SignInReason | { readonly needs: string } | { readonly refused: ObjectRefusal } | "throttled" | "daily-quota";

interface GoogleRow {
  /** `error` of the token endpoint, `reason` of an API's older or newer shape. */
  readonly names: readonly string[];
  readonly said?: RegExp;
  readonly means: GoogleMeaning;
  readonly source: string;
}

const OAUTH = "developers.google.com/identity/protocols/oauth2/service-account, JWT error codes";
const ERROR_REASON = "github.com/googleapis/googleapis, google/api/error_reason.proto";
const API = "developers.google.com/workspace/admin/directory/v1/limits and developers.google.com/analytics/devguides/reporting/core/v3/errors (standard reasons)";
const RESELLER = "developers.google.com/workspace/admin/reseller/v1/support/directory_api_common_errors";
const REPORTS = "answers as administrators quote them";

const rows: readonly GoogleRow[] = [
  { names: ["invalid_grant"], said: /reasonable timeframe|short-lived token/i, means: "clock-skew", source: OAUTH },
  { names: ["invalid_grant"], said: /signature|no valid verifier/i, means: "key-refused", source: OAUTH },
  { names: ["invalid_grant"], said: /robot is disabled/i, means: "service-account-disabled", source: "github.com/googleapis/google-api-ruby-client/issues/720" },
  { names: ["invalid_grant"], said: /account not found/i, means: "service-account-not-found", source: REPORTS },
  { names: ["invalid_grant"], said: /account has been deleted/i, means: "account-deleted", source: REPORTS },
  { names: ["invalid_grant"], said: /invalid email or user id|not a valid email\.?$/i, means: "admin-not-found", source: OAUTH },
  // Said of a service account that is gone (google-cloud-python and its tests) and of an administrator that never was.
  { names: ["invalid_grant"], said: /not a valid email or user id/i, means: "account-not-found", source: REPORTS },
  { names: ["unauthorized_client", "access_denied", "invalid_scope"], means: "delegation-missing", source: OAUTH },
  { names: ["admin_policy_enforced"], means: "scopes-forbidden", source: OAUTH },
  { names: ["invalid_client"], means: "client-unknown", source: OAUTH },
  { names: ["deleted_client"], means: "client-deleted", source: OAUTH },
  { names: ["disabled_client"], means: "client-disabled", source: OAUTH },
  { names: ["internal_failure", "temporarily_unavailable", "server_error"], means: "temporarily-unavailable", source: "RFC 6749, 4.1.2.1, and reports" },
  { names: ["dailyLimitExceeded", "dailyLimitExceededUnreg"], means: "daily-quota", source: API },
  {
    names: ["rateLimitExceeded", "userRateLimitExceeded", "rateLimitExceededUnreg", "userRateLimitExceededUnreg", "quotaExceeded", "limitExceeded", "servingLimitExceeded", "rate_limit_exceeded"],
    means: "throttled",
    source: API,
  },
  { names: ["RATE_LIMIT_EXCEEDED", "RESOURCE_QUOTA_EXCEEDED"], said: /per ?day/i, means: "daily-quota", source: ERROR_REASON },
  { names: ["RATE_LIMIT_EXCEEDED", "RESOURCE_QUOTA_EXCEEDED"], means: "throttled", source: ERROR_REASON },
  { names: ["accessNotConfigured", "SERVICE_DISABLED"], means: { needs: "admin-sdk-api" }, source: `${RESELLER}; ${ERROR_REASON}` },
  // The newer shape before it had google.rpc.ErrorInfo: the status says no more than 403.
  { names: ["PERMISSION_DENIED"], said: /has not been used in project|it is disabled/i, means: { needs: "admin-sdk-api" }, source: REPORTS },
  { names: ["PERMISSION_DENIED"], said: /insufficient authentication scopes/i, means: "delegation-missing", source: REPORTS },
  { names: ["domainCannotUseApis"], means: { needs: "api-access" }, source: RESELLER },
  { names: ["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"], means: "delegation-missing", source: `${API}; ${ERROR_REASON}` },
  { names: ["CONSUMER_SUSPENDED", "CONSUMER_INVALID"], means: "project-suspended", source: ERROR_REASON },
  { names: ["ACCOUNT_STATE_INVALID"], means: "account-disabled", source: ERROR_REASON },
  { names: ["forbidden", "PERMISSION_DENIED"], said: /not authorized to access this resource/i, means: { needs: "super-admin" }, source: "the Directory API to an account without an administrator's role, as administrators quote it" },
  { names: ["notFound", "NOT_FOUND"], said: /domain not found/i, means: "admin-not-found", source: REPORTS },
];

/** Of a group or a user that was asked for, to be made or to be deleted. They come before the others. */
const objectRows: readonly GoogleRow[] = [
  { names: ["duplicate", "ALREADY_EXISTS"], means: { refused: "address-taken" }, source: `${RESELLER}; "Entity already exists." in github.com/googleapis/google-api-python-client/issues/949` },
  { names: ["notFound", "NOT_FOUND"], said: /resource not found|group not found|user not found/i, means: { refused: "object-missing" }, source: "github.com/googleapis/google-api-nodejs-client/issues/166" },
  { names: ["limitExceeded", "conditionNotMet", "FAILED_PRECONDITION"], said: /user limit|licen[cs]e/i, means: { refused: "licence-missing" }, source: REPORTS },
  { names: ["conditionNotMet", "FAILED_PRECONDITION"], means: { refused: "refused" }, source: REPORTS },
  { names: ["invalid", "invalidParameter", "INVALID_ARGUMENT", "badRequest", "required"], means: { refused: "value-not-allowed" }, source: `${RESELLER}; github.com/googleapis/google-api-nodejs-client/issues/1986` },
];

/** What an answer with these names and these words means; null where no row knows it. `ofObject`: a group or a user was asked for. */
export function googleMeaning(names: readonly string[], words: string, ofObject = false): GoogleMeaning | null {
  return (ofObject ? [...objectRows, ...rows] : rows).find((row) => row.names.some((name) => names.includes(name)) && (row.said?.test(words) ?? true))?.means ?? null;
}

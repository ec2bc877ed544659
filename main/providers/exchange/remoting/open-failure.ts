/** What it means that no session could be opened: whether another server may be asked, and why. */
import type { Fault, RungName, SignInReason, UnreachableReason } from "../../../../shared/fault.ts";
import type { RemoteError } from "./answers.ts";
import type { Opened } from "./server-session.ts";
import { detailOf, traceOf } from "./trace.ts";

/** `refused`: no other server would say anything else. `not-reached`: nothing was taken, and another one may be asked. */
export interface OpenFailure {
  readonly state: "refused" | "not-reached";
  readonly fault: Fault;
}

/** The role group that the cmdlets belong to, as Exchange calls it. */
export const ROLE = "recipient-management";

/** Win32 codes of a sign-in (winerror.h), and those of SSPI that say the same (issperr.h). A further try elsewhere counts towards the lock of the account. */
const SIGN_IN: ReadonlyMap<number, SignInReason> = new Map([
  [5, "refused"],
  [1326, "wrong-credentials"],
  [1327, "account-restricted"],
  [1328, "not-at-this-time"],
  [1329, "not-from-this-workstation"],
  [1330, "password-expired"],
  [1331, "account-disabled"],
  [1384, "too-many-groups"],
  [1385, "refused"],
  [1398, "clock-skew"],
  [1793, "account-expired"],
  [1907, "password-must-change"],
  [1909, "account-locked"],
  [0x8009_030c, "wrong-credentials"],
  [0x8009_0324, "clock-skew"],
]);

/** WSMan's limits on shells, operations and users (wsmerror.h): ERROR_WSMAN_QUOTA_*, and the service that is busy. */
const LIMITS: ReadonlySet<number> = new Set([
  0x8033_803f, 0x8033_81a5, 0x8033_81a6, 0x8033_81a7, 0x8033_81a8, 0x8033_81ab, 0x8033_81e4, 0x8033_81e5, 0x8033_81e6, 0x8033_81e7,
  0x8033_81e8, 0x8033_81e9, 0x8033_81ea,
]);

/** What did not answer, by Win32 (winerror.h), WinHTTP (winhttp.h) and WSMan codes (wsmerror.h; PowerShell's WSManNativeApi has those it names). */
const WAYS: ReadonlyMap<number, readonly [RungName, UnreachableReason]> = new Map<number, readonly [RungName, UnreachableReason]>([
  [53, ["tcp", "host-unreachable"]],
  [1115, ["sign-in", "not-ready"]],
  [1311, ["sign-in", "no-logon-server"]],
  [1722, ["tcp", "connection-failed"]],
  [12_002, ["tcp", "timed-out"]],
  [12_007, ["dns", "name-not-found"]],
  [12_029, ["tcp", "connection-failed"]],
  [12_030, ["tcp", "connection-reset"]],
  [12_037, ["tls", "certificate-expired"]],
  [12_038, ["tls", "name-mismatch"]],
  [12_045, ["tls", "certificate-untrusted"]],
  [12_157, ["tls", "tls-failed"]],
  [12_170, ["tls", "certificate-revoked"]],
  [12_175, ["tls", "certificate-refused"]],
  [0x8009_0303, ["sign-in", "no-logon-server"]],
  [0x8009_0311, ["sign-in", "no-logon-server"]],
  [0x8033_80e4, ["tls", "certificate-refused"]],
  [0x8033_80f7, ["sign-in", "another-page"]],
  [0x8033_810f, ["sign-in", "access-forbidden"]],
  [0x8033_8112, ["sign-in", "service-unavailable"]],
  [0x8033_8113, ["sign-in", "page-not-found"]],
  [0x8033_8126, ["tcp", "timed-out"]],
  [0x8033_8170, ["sign-in", "bad-status"]],
  [0x8033_8199, ["sign-in", "redirected"]],
  [0x8033_81b9, ["dns", "name-not-found"]],
]);

/**
 * Decides by code and by the mark that Exchange puts into its refusals, never by words.
 *
 * | what is there | what it means |
 * |---|---|
 * | AuthZ-CmdletAccessDeniedException | the account has no management role: refused |
 * | AuthZ-AuthorizationException, OverBudgetException, WSMan's quota codes | too many sessions or commands: throttled, the next server |
 * | 1326 and its relatives, 5 | the account is not let in: refused |
 * | everything else that the connection says | the next server |
 *
 * Exchange refuses a session beyond its own limit with AuthZ-AuthorizationException (techcommunity.microsoft.com and users' reports:
 * "Fail to create runspace because you have exceeded"), and an account without a role with AuthZ-CmdletAccessDeniedException.
 */
function openFailure(server: string, error: RemoteError, secrets: readonly string[]): OpenFailure {
  const detail = detailOf(error, secrets);
  const failure = traceOf(error).failure ?? "";
  if (failure === "AuthZ-CmdletAccessDeniedException") return { state: "refused", fault: { kind: "forbidden", needs: [ROLE], detail } };
  if (failure === "AuthZ-AuthorizationException" || failure.endsWith("-OverBudgetException")) return throttled(detail);
  const codes = codesOf(error);
  if (codes.some((code) => LIMITS.has(code))) return throttled(detail);
  // A front end hands some of its own troubles on as refused access: only an answer without such a mark is about the account.
  const reason = failure === "" ? codes.map((code) => SIGN_IN.get(code)).find((each) => each !== undefined) : undefined;
  // Whose clock is wrong is one server, and that counts towards no lock.
  if (reason !== undefined) return { state: reason === "clock-skew" ? "not-reached" : "refused", fault: { kind: "sign-in", reason, detail } };
  if (!error.transport) return { state: "refused", fault: { kind: "unsupported", why: "remoting-failed", detail } };
  const [rung, why] = codes.map((code) => WAYS.get(code)).find((each) => each !== undefined) ?? (["sign-in", "connection-failed"] as const);
  return { state: "not-reached", fault: { kind: "unreachable", rung, reason: why, host: server, detail } };
}

/** As {@link openFailure}, also for a shell that gave no answer: one that cannot be started would not start for another server either. */
export function sessionFailure(server: string, opened: Extract<Opened, { session: null }>, secrets: readonly string[]): OpenFailure {
  if (opened.error !== null) return openFailure(server, opened.error, secrets);
  const { fault } = opened;
  const isHere = fault.kind === "unsupported" && fault.why !== "powershell-silent";
  return { state: isHere ? "refused" : "not-reached", fault };
}

function throttled(detail: string): OpenFailure {
  return { state: "not-reached", fault: { kind: "throttled", until: null, detail } };
}

/** PowerShell's names for some codes (WSManTransportManagerUtils), in the id of an error whose code was lost on the way. */
const NAMED: Readonly<Record<string, number>> = { AccessDenied: 5, LogonFailure: 1326, NetworkPathNotFound: 53, ComputerNotFound: 0x8033_81b9, AuthenticationFailed: 1311 };

/**
 * The codes of an error, the innermost first: WSMan's Kerberos error (0x8033809D) names that of SSPI as `0x8009…` in its text, in every
 * language. Signed numbers are read as the unsigned ones that the headers have, and HRESULTs of Win32 (0x8007…) as Win32 codes.
 */
function codesOf({ code, id, message }: RemoteError): readonly number[] {
  const inner = /\b0x(8009[0-9a-f]{4})\b/i.exec(message)?.[1];
  const [name = ""] = id.split(",");
  const outer = code === null || code === 0 ? (NAMED[name] ?? (/^-?\d+$/.test(name) ? Number(name) : null)) : code;
  return [inner === undefined ? null : Number.parseInt(inner, 16), outer].filter((each) => each !== null).map(unsigned);
}

function unsigned(code: number): number {
  const whole = code < 0 ? code + 2 ** 32 : code;
  return whole >= 0x8007_0000 && whole <= 0x8007_ffff ? whole - 0x8007_0000 : whole;
}

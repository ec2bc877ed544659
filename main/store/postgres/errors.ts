/** PostgreSQL's errors as faults. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
import { constants } from "node:os";
import type { Fault, NotStoredReason, SignInReason } from "../../../shared/fault.ts";
import { plainWords } from "../../network/plain-words.ts";
import { socketFault } from "../../network/tls-verdict.ts";
import type { TeamAddress } from "./session.ts";

/** Two transactions were in each other's way, and neither is at fault: serialization failure, deadlock, and a row that another one came first to write. */
const AGAIN = new Set(["40001", "40P01", "23505"]);

/** The server goes down, takes no connection, or the connection broke. */
const DOWN = /^(?:08\w{3}|57P0[1-3]|53300)$/;
/** What `pg` says without a code. */
const DOWN_WORDS = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|timeout expired/i;
/** The server asks for what `pg` cannot give, such as a Kerberos ticket, or for a password where there is none. */
const REFUSED_WORDS = /^SASL:|^Unknown authenticationOk message type/;
const WITHOUT_TLS = /server does not support SSL|error establishing an SSL connection/i;
/** Of OpenSSL and Node: the handshake, or a certificate. */
const TLS = /^(?:ERR_(?:SSL|TLS|OSSL)_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|INVALID_)/;

/** The server's objection to the certificate that this console presents, as a TLS alert (RFC 8446, 6.2): OpenSSL and BoringSSL end their codes alike. */
const ALERTS: Readonly<Record<string, SignInReason>> = {
  CERTIFICATE_EXPIRED: "database-certificate-expired",
  CERTIFICATE_REVOKED: "database-certificate",
  UNKNOWN_CA: "database-certificate",
  BAD_CERTIFICATE: "database-certificate",
  CERTIFICATE_UNKNOWN: "database-certificate",
};

function alertOf(code: string): SignInReason | null {
  return ALERTS[/^ERR_SSL_.*_ALERT_(\w+)$/.exec(code)?.[1] ?? ""] ?? null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

export function isToBeRepeated(error: unknown): boolean {
  return AGAIN.has(codeOf(error));
}

/** Of the system, or of Node for a socket that is gone. Not each names the call that failed: one that is cut off within the TLS handshake does not. */
function isOfSocket(error: Error): boolean {
  const code = codeOf(error);
  return "syscall" in error || code in constants.errno || /^ERR_(?:SOCKET|STREAM)_/.test(code);
}

/** The server is not there, or nobody can be sure that it is the one. */
function isUnreachable(error: Error): boolean {
  const code = codeOf(error);
  return DOWN.test(code) || TLS.test(code) || isOfSocket(error) || error instanceof AggregateError || DOWN_WORDS.test(error.message) || WITHOUT_TLS.test(error.message);
}

/** The server lets this account in no more, or has no such database. */
function isShut(error: Error): boolean {
  const code = codeOf(error);
  return REFUSED_WORDS.test(error.message) || code.startsWith("28") || code === "3D000" || alertOf(code) !== null;
}

/** Whether the database was not there to answer: nothing is known of what was asked. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && (isUnreachable(error) || isShut(error));
}

const BY_CODE: Readonly<Record<string, NotStoredReason>> = {
  "25006": "read-only",
  "42501": "no-rights",
  // Without the right to use the schema, its tables are not found.
  "42P01": "no-rights",
  "53100": "disk-full",
  "55P03": "locked",
  "57014": "locked",
};

/** Why the database stored nothing; null for a bug. */
export function reasonOf(error: unknown): NotStoredReason | null {
  const code = codeOf(error);
  if (error instanceof Error && isShut(error) && code !== "3D000") return "no-rights";
  if (isAway(error)) return "unreachable";
  return isToBeRepeated(error) ? "locked" : (BY_CODE[code] ?? null);
}

/** Which part of the way a lost connection was on; Node names the call that failed. */
function rungOf(error: Error): "dns" | "tcp" | "tls" | "sign-in" {
  if (TLS.test(codeOf(error)) || /before secure TLS connection/.test(error.message)) return "tls";
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const call = first instanceof Error && "syscall" in first ? first.syscall : null;
  return call === "getaddrinfo" ? "dns" : call === "connect" ? "tcp" : "sign-in";
}

function unreachable(error: Error, host: string): Fault {
  const [code, rung] = [codeOf(error), rungOf(error)];
  if (WITHOUT_TLS.test(error.message)) return { kind: "unreachable", rung: "tls", reason: "not-tls", host };
  if (DOWN.test(code)) return { kind: "unreachable", rung, reason: "not-ready", host, detail: code };
  if (/time/i.test(error.message) && code === "") return { kind: "unreachable", rung, reason: "timed-out", host };
  return socketFault(error, rung, host);
}

/** Why an account was not let in. PostgreSQL says the same of an account that is not there and of a wrong password. */
function signInFault(code: string, message: string, by: TeamAddress["signIn"]["by"]): Fault {
  const known = alertOf(code);
  if (known !== null) return { kind: "sign-in", reason: known, detail: code };
  if (/password must be/.test(message)) return { kind: "sign-in", reason: "database-account" };
  if (REFUSED_WORDS.test(message)) return { kind: "sign-in", reason: "database-rules", detail: plainWords(message) };
  const reason = by === "certificate" ? "database-certificate" : code === "28P01" ? "database-account" : "database-rules";
  return { kind: "sign-in", reason, detail: `${code} ${plainWords(message)}` };
}

/** Why a database could not be opened. Throws the error for a bug. */
export function openFault(error: unknown, { host, database, signIn }: TeamAddress): Fault {
  const code = codeOf(error);
  if (error instanceof Error && code === "3D000") return { kind: "not-found", what: "database", detail: database };
  if (error instanceof Error && isShut(error)) return signInFault(code, error.message, signIn.by);
  if (error instanceof Error && isUnreachable(error)) return unreachable(error, host);
  const why = reasonOf(error);
  if (why === null) throw error;
  return { kind: "not-stored", why };
}

/** The marks that Exchange puts before its errors: which front end and which back end had the request, its id, and what failed. */
import { farWords } from "../../../network/far-words.ts";
import type { RemoteError } from "./answers.ts";

/** Null where the error does not say. */
export interface RemoteTrace {
  readonly frontEnd: string | null;
  readonly backEnd: string | null;
  readonly request: string | null;
  /** Such as `Cmdlet-ProxyAddressExistsException` or `AuthZ-CmdletAccessDeniedException`. */
  readonly failure: string | null;
}

/**
 * Reads `[ClientAccessServer=…,BackEndServer=…,RequestId=…]`, `[Server=…,RequestId=…]` and `[FailureCategory=…]`: a cmdlet's
 * error has them in its id, a refused session in its text (Exchange 2013 and later; as seen in
 * learn.microsoft.com/exchange/troubleshoot/client-connectivity/error-occur-ems-eac-owa). They are the same in every language.
 */
export function traceOf({ id, message }: Pick<RemoteError, "id" | "message">): RemoteTrace {
  const marks = [...`${id} ${message.slice(0, 2_000)}`.matchAll(/\[((?:Server|ClientAccessServer|BackEndServer|RequestId|AuthZRequestId|FailureCategory)=[^\]]*)\]/g)].map(([, mark = ""]) => mark);
  const found = new Map(marks.flatMap((mark) => mark.split(",")).map((part) => [part.slice(0, part.indexOf("=")).trim(), part.slice(part.indexOf("=") + 1).trim()] as const));
  const value = (name: string) => found.get(name) ?? null;
  return { frontEnd: value("ClientAccessServer"), backEnd: value("BackEndServer") ?? value("Server"), request: value("RequestId"), failure: value("FailureCategory") };
}

/** What a log may hold of an error: its class and marks, and nothing that was sent. */
export function loggedError(server: string, error: RemoteError): Readonly<Record<string, unknown>> {
  return { server, reason: error.reason, code: error.code, ...traceOf(error) };
}

/** An error for the details of a fault: class, code and the server's own words. */
export function detailOf(error: RemoteError, secrets: readonly string[]): string {
  const { failure } = traceOf(error);
  const start = [error.reason, error.code ?? errorCode(error.id), failure].filter((part) => part !== null && part !== "").join(", ");
  return farWords([start, error.message], secrets) ?? start;
}

/** `5A8F` of `[Server=…] [FailureCategory=…] 5A8F,Microsoft.Exchange.…`, `LogonFailure` of `LogonFailure,PSSessionOpenFailed`. */
function errorCode(id: string): string | null {
  return /^(?:\[[^\]]*\]\s*)*([^,[\]]{1,80})/.exec(id)?.[1]?.trim() ?? null;
}

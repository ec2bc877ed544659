/**
 * What PowerShell's health check page says. Exchange writes it in one form: status 200, `200 OK<br/>` and the server's
 * full name, put together in memory by the front end's HttpProxy. While the component (RpsProxy) is not active, the front
 * end closes the connection without a word instead; it looks the state up every 15 seconds.
 */
import type { Fault, UnreachableReason } from "../../../shared/fault.ts";
import type { HttpsResponse } from "../../network/https.ts";
import { firstWords, plainWords } from "../../network/plain-words.ts";

const FORM = /^200 OK<br\/>([^\s<>]{1,255})$/i;
const LOCATION_LENGTH = 200;

/** Statuses with a meaning of their own. */
const STATUSES: Readonly<Record<number, UnreachableReason>> = {
  401: "sign-in-asked",
  403: "access-forbidden",
  404: "page-not-found",
  503: "service-unavailable",
};

/** Null when the page says that `server` (a full name) is in service, else what came instead. */
export function readHealthPage({ status, headers, body }: HttpsResponse, server: string, url: string): Fault | null {
  const instead = (reason: UnreachableReason, detail: string): Fault => ({
    kind: "unreachable",
    rung: "health-check",
    reason,
    host: server,
    ...(detail === "" ? {} : { detail }),
  });
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined) return instead("redirected", withoutQuery(location, url));
  if (status !== 200) return instead(STATUSES[status] ?? "bad-status", String(status));
  const name = FORM.exec(body.trim())?.[1];
  if (name === undefined) return instead("another-page", firstWords(body));
  return name.toLowerCase() === server.toLowerCase() ? null : instead("another-server", plainWords(name).toLowerCase());
}

/** Where a redirect leads. Its query, fragment and user part can hold what is nobody's business. */
function withoutQuery(location: string, url: string): string {
  if (!URL.canParse(location, url)) return plainWords(location.split(/[?#]/, 1)[0] ?? "", LOCATION_LENGTH);
  const target = new URL(location, url);
  for (const part of ["username", "password", "search", "hash"] as const) target[part] = "";
  return plainWords(target.href, LOCATION_LENGTH);
}

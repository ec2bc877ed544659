/** An answer of a cloud's that is no answer: what every cloud's refusals have in common, before anyone's own codes are read. */
import { z } from "zod";
import type { Fault, RungName } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { farWords } from "./far-words.ts";
import type { HttpsResponse } from "./https.ts";
import { firstWords } from "./plain-words.ts";

/** Where an answer came from and what had been asked. */
export interface Asked {
  readonly host: string;
  readonly rung: RungName;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What was sent and must not come back: secrets, assertions, tokens. */
  readonly sent: readonly string[];
}

/** Whether an answer says yes: a status of 200 to 299 with JSON in it, as every answer of the clouds' that is asked for here has. */
export function isGranted({ status, body }: HttpsResponse): boolean {
  return status >= 200 && status < 300 && parseJson(body) !== undefined;
}

/** The values of a form (RFC 6749) that are secret. */
export function secretsOfForm(body: string | undefined): readonly string[] {
  const form = new URLSearchParams(body ?? "");
  return ["client_secret", "client_assertion", "assertion"].flatMap((name) => form.getAll(name));
}

/** The password of a JSON body. */
export function secretsOfJson(body: string): readonly string[] {
  const read = z.object({ password: z.string() }).safeParse(parseJson(body));
  return read.success ? [read.data.password] : [];
}

/**
 * The fault of an answer without words of the cloud's: a redirect, a page of HTML (a filter or a proxy that looks into TLS
 * answers so, and so do the clouds' own front ends), or a status with whatever came with it.
 */
export function strangeAnswer({ status, headers, body }: HttpsResponse, { host, rung, sent }: Asked): Fault {
  const at = { kind: "unreachable", rung, host } as const;
  const location = headers["location"];
  if (status >= 300 && status < 400 && location !== undefined) return { ...at, reason: "redirected", detail: placeOf(location, host) };
  if (/\bhtml\b/i.test(headers["content-type"] ?? "") || /^\s*<(?:!doctype|html|head|body)/i.test(body)) {
    return { ...at, reason: "page-for-data", detail: farWords([`${status} ${firstWords(body)}`], sent) ?? String(status) };
  }
  return { ...at, reason: "bad-status", detail: farWords([`${status} ${body}`], sent) ?? String(status) };
}

/** Without the query, which may hold anything. */
function placeOf(location: string, host: string): string {
  const url = URL.parse(location, `https://${host}`);
  return url === null ? "" : `${url.origin}${url.pathname}`;
}

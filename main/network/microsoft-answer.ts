/**
 * What Microsoft's clouds refuse, as faults: one function for the sign-in (OAuth 2.0, RFC 6749 5.2, with Entra's own
 * fields), for Graph (its own and the older OData shape) and for what a gateway answers. It reads the whole answer.
 */
import { z } from "zod";
import type { Fault, SignInReason } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { strangeAnswer, type Asked } from "./cloud-answer.ts";
import { entraMeaning, type EntraMeaning } from "./entra-codes.ts";
import { farWords } from "./far-words.ts";
import type { HttpsResponse } from "./https.ts";
import { asksToWait, throttled } from "./retry-after.ts";

/** The certificate that was presented; dates in epoch milliseconds. */
export interface PresentedCertificate {
  readonly thumbprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface MicrosoftAsked extends Asked {
  /** What the console knows of its own certificate, where it signed in with one. */
  readonly presented?: PresentedCertificate | undefined;
  /** Permissions that what was asked for takes, for where Graph says that one is missing. */
  readonly needs?: readonly string[];
}

/** An answer's own words, whichever shape they came in. */
interface Refusal {
  /** The name of the error: `invalid_client`, `Authorization_RequestDenied`. */
  readonly code: string;
  readonly numbers: readonly number[];
  readonly words: string;
  /** What support asks for: trace ids, policies, when. */
  readonly more: readonly string[];
}

const text = z.string().catch("");
/** Microsoft: "Authentication and authorization error codes", "Handling error codes in your application". */
const signInSchema = z.object({
  error: z.string(),
  error_description: text,
  error_codes: z.array(z.number()).catch([]),
  suberror: text,
  claims: text,
  trace_id: text,
  correlation_id: text,
  timestamp: text,
});
const inner = z.object({ code: text, message: text, "request-id": text, "client-request-id": text, date: text });
/** Microsoft: "Microsoft Graph error responses and resource types"; older services write `innererror`. */
const graphSchema = z.object({ error: z.object({ code: text, message: text, innerError: inner.optional().catch(undefined), innererror: inner.optional().catch(undefined) }) });
/** OData 3, as Azure AD Graph and its descendants write it. */
const odataSchema = z.object({ "odata.error": z.object({ code: text, message: z.object({ value: text }).catch({ value: "" }), requestId: text, date: text }) });

/** Facts as `name: fact`, without those that the words hold already. */
function named(words: string, facts: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(facts).flatMap(([name, fact]) => (fact === undefined || words.includes(fact) ? [] : [`${name}: ${fact}`]));
}

function read(value: unknown): Refusal | null {
  const signIn = signInSchema.safeParse(value);
  if (signIn.success) {
    const { error, error_description: words, error_codes: numbers, suberror, claims, trace_id: trace, correlation_id: correlation, timestamp } = signIn.data;
    return { code: error, numbers, words, more: named(words, { suberror, claims, trace_id: trace, correlation_id: correlation, timestamp }) };
  }
  const graph = graphSchema.safeParse(value);
  if (graph.success) {
    const { code, message, innerError, innererror } = graph.data.error;
    const within = innerError ?? innererror;
    const words = [message, within?.message ?? ""].filter((part) => part !== "").join(" ");
    return {
      code,
      numbers: [],
      words,
      more: named(words, { code: within?.code, "request-id": within?.["request-id"], "client-request-id": within?.["client-request-id"], date: within?.date }),
    };
  }
  const odata = odataSchema.safeParse(value);
  if (!odata.success) return null;
  const { code, message, requestId, date } = odata.data["odata.error"];
  return { code, numbers: [], words: message.value, more: named(message.value, { "request-id": requestId, date }) };
}

/** RFC 6750, section 3: a refused token may be explained in a header alone. */
function readChallenge(header: string | undefined): Refusal | null {
  const part = (name: string) => new RegExp(String.raw`\b${name}="([^"]*)"`).exec(header ?? "")?.[1] ?? "";
  const code = part("error");
  return code === "" ? null : { code, numbers: [], words: part("error_description"), more: named("", { claims: part("claims") }) };
}

function detailOf(status: number, { code, numbers, words, more }: Refusal, sent: readonly string[]): string {
  const number = numbers.length === 0 || /AADSTS\d/.test(words) ? "" : `AADSTS${numbers.join(", AADSTS")}`;
  const names = [String(status), code, number].filter((part) => part !== "").join(" ");
  return farWords([`${names}${words === "" ? "" : `: ${words}`}`, ...more], sent) ?? String(status);
}

/** Names of Graph's that mean something to a person. Source: Microsoft's list of them, and reports for the second one. */
const GRAPH_NAMES: Readonly<Record<string, SignInReason>> = {
  InvalidAuthenticationToken: "refused",
  Authorization_IdentityNotFound: "principal-missing",
  Authentication_ExpiredToken: "refused",
  temporarily_unavailable: "temporarily-unavailable",
};
/** Microsoft: "Continuous access evaluation": a token is refused before its end because a policy no longer lets it in. */
const POLICY = /continuous access evaluation|LocationConditionEvaluationSatisfied|InteractionRequired|TokenCreatedWithOutdatedPolicies/i;

/**
 * What is said of the certificate, corrected by what the console knows: Entra says "expired" of one that begins in the
 * future, too (github.com/azureautomation/azure-automation-ise-addon/issues/136), and "not found" of one that has expired and was
 * taken off the application, where registering it again would not help.
 */
function ofCertificate(reason: SignInReason, presented: PresentedCertificate | undefined, now: number): SignInReason {
  if (presented === undefined || (reason !== "certificate-expired" && reason !== "certificate-not-registered")) return reason;
  if (presented.notBefore > now) return "certificate-not-yet-valid";
  return presented.notAfter <= now ? "certificate-expired" : reason;
}

function signInFault(reason: SignInReason, detail: string, { presented, now }: MicrosoftAsked): Fault {
  const known = ofCertificate(reason, presented, now);
  if (presented === undefined || !known.startsWith("certificate-")) return { kind: "sign-in", reason: known, detail };
  return { kind: "sign-in", reason: known, detail, certificate: { thumbprint: presented.thumbprint, notAfter: presented.notAfter } };
}

function meaningOf({ code, numbers, words }: Refusal): EntraMeaning | null {
  const inWords = [...words.matchAll(/AADSTS(\d+)/g)].map(([, number]) => Number(number));
  const means = entraMeaning([...inWords, ...numbers], words);
  return means ?? (POLICY.test(words) ? "blocked-by-policy" : (GRAPH_NAMES[code] ?? null));
}

/** The fault of an answer that is no success. Never a guess: what is not known is `refused`, or `forbidden` without a need, with the far side's own words. */
export function microsoftFault(answer: HttpsResponse, asked: MicrosoftAsked): Fault {
  const { status, headers, body } = answer;
  const refusal = read(parseJson(body)) ?? readChallenge(headers["www-authenticate"]);
  const detail = refusal === null ? undefined : detailOf(status, refusal, asked.sent);
  const means = refusal === null ? null : meaningOf(refusal);
  if (asksToWait(status, headers) || means === "throttled") {
    return { ...throttled(headers, asked.now), ...(detail === undefined ? {} : { detail }) };
  }
  if (refusal === null || detail === undefined) return strangeAnswer(answer, asked);
  if (means !== null) return signInFault(means, detail, asked);
  if (status >= 500) return { kind: "unreachable", rung: asked.rung, reason: "bad-status", host: asked.host, detail };
  if (status === 403) return { kind: "forbidden", needs: refusal.code === "Authorization_RequestDenied" ? [...(asked.needs ?? [])] : [], detail };
  const isSignIn = status === 401 || signInSchema.safeParse(parseJson(body)).success;
  return isSignIn ? { kind: "sign-in", reason: "refused", detail } : { kind: "unreachable", rung: asked.rung, reason: "bad-status", host: asked.host, detail };
}

/**
 * What Google refuses, as faults: the token endpoint's shape (RFC 6749, 5.2), the APIs' older one with `errors` and the
 * newer one with `details` (google.rpc.Status, AIP-193). It reads the whole answer.
 */
import { z } from "zod";
import type { Fault } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import { strangeAnswer, type Asked } from "../../network/cloud-answer.ts";
import { farWords } from "../../network/far-words.ts";
import type { HttpsResponse } from "../../network/https.ts";
import { asksToWait, throttled } from "../../network/retry-after.ts";
import { googleMeaning, type GoogleMeaning } from "./refusals.ts";

const text = z.string().catch("");
const tokenSchema = z.object({ error: z.string(), error_description: text, error_subtype: text, error_uri: text });
const detailSchema = z.object({
  reason: text,
  domain: text,
  metadata: z.record(z.string(), z.string()).catch({}),
  /** google.rpc.Help: where to go, such as the page that enables an API. */
  links: z.array(z.object({ description: text, url: text })).catch([]),
});
const apiSchema = z.object({
  error: z.object({
    message: text,
    status: text,
    errors: z.array(z.object({ reason: text, domain: text, message: text, extendedHelp: text })).catch([]),
    details: z.array(detailSchema).catch([]),
  }),
});

/** An answer's own words, whichever shape they came in. */
interface Refusal {
  readonly names: readonly string[];
  readonly words: string;
  /** Which service of which project, where help is. */
  readonly more: readonly string[];
}

function present(parts: readonly string[]): readonly string[] {
  return [...new Set(parts)].filter((part) => part !== "");
}

function read(value: unknown): Refusal | null {
  const token = tokenSchema.safeParse(value);
  if (token.success) {
    const { error, error_description: words, error_subtype: subtype, error_uri: uri } = token.data;
    return { names: present([error, subtype]), words, more: present([uri]) };
  }
  const api = apiSchema.safeParse(value);
  if (!api.success) return null;
  const { message, status, errors, details } = api.data.error;
  const facts = details.flatMap(({ metadata }) => Object.entries(metadata).map(([name, fact]) => `${name}: ${fact}`));
  const help = [...errors.map(({ extendedHelp }) => extendedHelp), ...details.flatMap(({ links }) => links.map(({ url }) => url))];
  return {
    names: present([...errors.map(({ reason }) => reason), ...details.map(({ reason }) => reason), status]),
    words: present([message, ...errors.map((each) => each.message)]).join(" "),
    more: present([...facts, ...help]),
  };
}

export interface GoogleAsked extends Asked {
  /** A group or a user was asked for, or was to be made or deleted. */
  readonly ofObject?: boolean;
}

function faultOf(means: GoogleMeaning, detail: string, { headers }: HttpsResponse, now: number): Fault {
  if (typeof means === "object" && "refused" in means) return { kind: "object-refused", why: means.refused, detail };
  if (means === "throttled") return { ...throttled(headers, now), detail };
  if (means === "daily-quota") return { ...throttled(headers, now), quota: "day", detail };
  return typeof means === "string" ? { kind: "sign-in", reason: means, detail } : { kind: "forbidden", needs: [means.needs], detail };
}

/** The fault of an answer that is no success. Never a guess: what is not known is `refused`, or `forbidden` without a need, with Google's own words. */
export function googleFault(answer: HttpsResponse, asked: GoogleAsked): Fault {
  const { status, headers, body } = answer;
  const { host, rung, now, sent } = asked;
  const value = parseJson(body);
  const refusal = read(value);
  if (refusal === null) return asksToWait(status, headers) ? throttled(headers, now) : strangeAnswer(answer, asked);
  const { names, words, more } = refusal;
  const head = [String(status), ...names].join(" ");
  const detail = farWords([words === "" ? head : `${head}: ${words}`, ...more], sent) ?? head;
  const means = googleMeaning(names, [words, ...more].join("\n"), asked.ofObject ?? false);
  if (means !== null) return faultOf(means, detail, answer, now);
  if (asksToWait(status, headers)) return { ...throttled(headers, now), detail };
  if (status >= 500) return { kind: "unreachable", rung, reason: "bad-status", host, detail };
  if (status === 403 && !tokenSchema.safeParse(value).success) return { kind: "forbidden", needs: [], detail };
  if (asked.ofObject === true && status !== 401) return { kind: "object-refused", why: "refused", host, detail };
  const isSignIn = status === 401 || tokenSchema.safeParse(value).success;
  return isSignIn ? { kind: "sign-in", reason: "refused", detail } : { kind: "unreachable", rung, reason: "bad-status", host, detail };
}

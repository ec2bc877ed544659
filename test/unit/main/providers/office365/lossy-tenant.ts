/** A tenant behind `$batch` that loses, throttles and mixes up what it likes, and keeps account of what it was asked over what it had shown. */
import { z } from "zod";
import type { Clock } from "../../../../../main/ports.ts";
import type { CloudRequest } from "../../../../../main/providers/office365/cloud-request.ts";
import type { HttpsResponse } from "../../../../../main/network/https.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";

const itemSchema = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string(),
  body: z.object({ usageLocation: z.string().optional(), removeLicenses: z.array(z.string()).default([]), addLicenses: z.array(z.object({ skuId: z.string() })).default([]) }).optional(),
});
type Item = z.infer<typeof itemSchema>;
const batchSchema = z.object({ requests: z.array(itemSchema) });

/** What becomes of one request: `-done` has its effect, whatever is answered. */
const FATES = ["ok", "ok", "ok", "ok", "429", "429-done", "429-silent", "omitted", "omitted-done", "503", "503-done", "refused"] as const;
/** What becomes of the batch around it. */
const ENVELOPES = ["ok", "ok", "ok", "ok", "ok", "lost", "lost-done", "429", "garbage"] as const;
const RETRY_AFTER = ["1", "0.3", "7", "20"] as const;

interface Answer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface LossyTenant {
  readonly licences: Map<string, Set<string>>;
  readonly places: Map<string, string | null>;
  /** Users of whom somebody was told that something is sent for them. */
  readonly announced: Set<string>;
  /** What it should not have been asked. */
  readonly wrong: string[];
  /** When it was asked to write, by the clock that nobody can set. */
  readonly writes: number[];
  /** Users whose licences changed. */
  readonly changed: Set<string>;
  answer(request: CloudRequest): Result<HttpsResponse>;
}

/** `isCalm`: it answers everything as it is asked. `random` is from 0 to below 1. */
export function lossyTenant(clock: Clock, random: () => number, isCalm: boolean): LossyTenant {
  const pick = <T extends string>(of: readonly T[], calm: T): T => (isCalm ? calm : (of[Math.floor(random() * of.length)] ?? calm));
  const shown = new Map<string, "read" | "placed" | "unknown">();
  const refusal = (code: string, message = code) => ({ error: { code, message } });
  const held = (user: string) => tenant.licences.get(user) ?? new Set<string>();

  const assign = (user: string, { removeLicenses: take, addLicenses: give }: NonNullable<Item["body"]>) => {
    if ((tenant.places.get(user) ?? null) === null) return { status: 400, body: refusal("Request_BadRequest", "License assignment cannot be done for user with invalid usage location.") };
    const mine = held(user);
    if (take.some((id) => !mine.has(id))) return { status: 400, body: refusal("Request_BadRequest", "User does not have a corresponding license.") };
    if (give.some(({ skuId }) => mine.has(skuId))) tenant.wrong.push(`${user} is given what it has`);
    tenant.licences.set(user, new Set([...[...mine].filter((id) => !take.includes(id)), ...give.map(({ skuId }) => skuId)]));
    tenant.changed.add(user);
    return { status: 200, body: { id: user } };
  };
  const done = ({ method, body }: Item, user: string): { readonly status: number; readonly body?: unknown } => {
    if (method === "GET") {
      const states = [...held(user)].map((skuId) => ({ skuId, assignedByGroup: null, state: "Active", error: "None" }));
      return { status: 200, body: { id: user, displayName: user, userPrincipalName: `${user}@contoso.lab`, usageLocation: tenant.places.get(user) ?? null, assignedLicenses: states.map(({ skuId }) => ({ skuId })), licenseAssignmentStates: states } };
    }
    if (body?.usageLocation === undefined) return body === undefined ? { status: 400, body: refusal("Request_BadRequest") } : assign(user, body);
    tenant.places.set(user, body.usageLocation);
    return { status: 204 };
  };
  const judge = (item: Item, user: string) => {
    if (item.method === "GET") return;
    const state = shown.get(user);
    if (state !== "read" && !(state === "placed" && item.method === "POST")) tenant.wrong.push(`${user} is written over what nobody looked at`);
    if (!tenant.announced.has(user)) tenant.wrong.push(`${user} is written before anybody was told`);
  };
  const answerTo = (item: Item, envelope: (typeof ENVELOPES)[number]): Answer | null => {
    const user = decodeURIComponent(/^\/users\/([^/?]+)/.exec(item.url)?.[1] ?? "");
    judge(item, user);
    if (envelope === "429") return null;
    const fate = envelope === "lost" ? "omitted" : pick(FATES, "ok");
    const answer = fate === "ok" || fate.endsWith("-done") ? done(item, user) : null;
    const isTold = envelope === "ok" && fate === "ok" && (answer?.status ?? 400) < 400;
    shown.set(user, !isTold || item.method === "POST" ? "unknown" : item.method === "GET" ? "read" : "placed");
    if (fate.startsWith("429")) return { id: item.id, status: 429, headers: fate === "429-silent" ? {} : { "Retry-After": pick(RETRY_AFTER, "1") }, body: refusal("TooManyRequests") };
    if (fate.startsWith("503")) return { id: item.id, status: 503, headers: {}, body: refusal("serviceNotAvailable") };
    if (fate === "refused") return { id: item.id, status: 400, headers: {}, body: refusal("Request_BadRequest", "mutually exclusive") };
    return answer === null || fate.startsWith("omitted") ? null : { id: item.id, headers: {}, ...answer };
  };

  const tenant: LossyTenant = {
    licences: new Map(), places: new Map(), announced: new Set(), wrong: [], writes: [], changed: new Set(),
    answer({ url, body = "" }) {
      if (!url.endsWith("/v1.0/$batch")) tenant.wrong.push(`asked for ${url}`);
      const { requests } = batchSchema.parse(JSON.parse(body));
      if (requests.length === 0 || requests.length > 20) tenant.wrong.push(`${requests.length} requests in a batch`);
      if (new Set(requests.map((item) => item.url)).size < requests.length) tenant.wrong.push("one request twice in a batch");
      tenant.writes.push(...requests.filter(({ method }) => method !== "GET").map(() => clock.elapsed()));
      const envelope = pick(ENVELOPES, "ok");
      const answers = requests.flatMap((item) => answerTo(item, envelope) ?? []);
      if (envelope.startsWith("lost")) return fail({ kind: "unreachable", rung: "health-check", reason: "closed-without-answer" });
      if (envelope === "429") return succeed({ status: 429, headers: { "retry-after": pick(RETRY_AFTER, "1") }, body: JSON.stringify(refusal("TooManyRequests")) });
      if (envelope === "garbage") return succeed({ status: 200, headers: {}, body: "<html>proxy</html>" });
      return succeed({ status: 200, headers: {}, body: JSON.stringify({ responses: answers.toReversed() }) });
    },
  };
  return tenant;
}

/** Goes on to whatever is waited for next. */
export function hurryingClock(): Clock {
  let now = 1_000;
  return {
    now: () => now,
    elapsed: () => now,
    random: () => 0.5,
    after: (ms, callback) => {
      let isOff = false;
      queueMicrotask(() => {
        if (isOff) return;
        now += ms;
        callback();
      });
      return () => {
        isOff = true;
      };
    },
  };
}

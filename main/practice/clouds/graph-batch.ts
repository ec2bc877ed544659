/**
 * Batches of Microsoft Graph: up to twenty requests in one, each answered by itself. Sources: learn.microsoft.com/graph/json-batching (the
 * outer answer is 200 whatever its requests come to; answers may stand in another order, and are told apart by `id`; addresses are relative
 * to the version); learn.microsoft.com/graph/throttling, "Throttling and batching" (each request is throttled by itself, with a 429 and a
 * Retry-After of its own, of which others have seen fractions of seconds); the words of the limit:
 * github.com/microsoftgraph/microsoftgraph-postman-collections/issues/9; those about a write without a body: github.com/pnp/pnpcore.
 */
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { refuse } from "./graph-refusal.ts";

/** Failures inside batches that a person can turn on. */
export const graphBatchStates = ["items-throttled"] as const;

const MOST = 20;
/** One request of so many is throttled, once. */
const THROTTLED_OF = 3;
const WRITES: readonly string[] = ["POST", "PATCH", "PUT"];

const itemSchema = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string().startsWith("/"),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  dependsOn: z.array(z.string()).optional(),
});
const batchSchema = z.object({ requests: z.array(itemSchema).min(1) });
type Item = z.infer<typeof itemSchema>;

export interface GraphBatches {
  /** Answers a batch; null for another path. `one` answers a request as if it had come by itself. */
  answer(request: CloudRequest, state: string, one: (request: CloudRequest) => CloudAnswer): CloudAnswer | null;
  /** Forgets what was throttled. */
  clear(): void;
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Why nothing of a batch is done; null where it is. */
function refusalOf(items: readonly Item[]): string | null {
  if (items.length > MOST) return "Number of requests inside batch exceeds the limit.";
  if (new Set(items.map(({ id }) => id)).size < items.length) return "The requests of a batch are to have ids of their own.";
  if (items.some(({ dependsOn }) => dependsOn !== undefined)) return "The practice tenant takes no dependsOn.";
  if (items.some(({ url }) => url.startsWith("/$batch"))) return "A batch is to hold no batch.";
  const bare = items.find(({ method, headers, body }) => WRITES.includes(method) && (body === undefined || lowerCased(headers)["content-type"] === undefined));
  return bare === undefined ? null : `Write request id : ${bare.id} does not contain Content-Type header or body.`;
}

export function createGraphBatches(): GraphBatches {
  const throttled = new Set<string>();
  /** Each is throttled once, and let in when it is asked for again. */
  const isThrottled = ({ method, url }: Item, place: number, state: string): boolean => {
    const key = `${method} ${url}`;
    if (state !== "items-throttled" || place % THROTTLED_OF !== 0 || throttled.has(key)) return false;
    throttled.add(key);
    return true;
  };

  return {
    clear: () => throttled.clear(),
    answer(request, state, one) {
      if (request.url.pathname !== "/v1.0/$batch") return null;
      if (request.method !== "POST") return refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
      const batch = batchSchema.safeParse(parseJson(request.body));
      if (!batch.success) return refuse(400, "BadRequest", "Invalid batch payload format.");
      const { requests } = batch.data;
      const why = refusalOf(requests);
      if (why !== null) return refuse(400, "BadRequest", why);
      const answered = requests.map((item, place) => {
        const headers = { ...lowerCased(item.headers), authorization: request.headers.authorization };
        const single = { host: request.host, method: item.method, url: new URL(`/v1.0${item.url}`, request.url), headers, body: item.body === undefined ? "" : JSON.stringify(item.body) };
        const answer = isThrottled(item, place, state) ? { ...refuse(429, "TooManyRequests", "Too many requests."), headers: { "Retry-After": "0.5" } } : one(single);
        return { id: item.id, answer };
      });
      const responses = answered.map(({ id, answer: { status, headers, body } }) => ({ id, status, headers: { "Content-Type": "application/json", ...headers }, ...(body === "" ? {} : { body }) }));
      // What is lost is the answer to the whole batch.
      return { status: 200, body: { responses: responses.toReversed() }, ...(answered.some(({ answer }) => answer.isLost === true) ? { isLost: true } : {}) };
    },
  };
}

/** Reading from Microsoft Graph: pages, throttling, and its errors as faults. */
import { z } from "zod";
import { fail, succeed, type Fault, type Result, type RungName } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import type { HttpsResponse } from "../../network/https.ts";
import type { ProviderContext } from "../provider.ts";
import { pause } from "../../pause.ts";
import { microsoftFault } from "../../network/microsoft-answer.ts";
import { retryAfterMs } from "../../network/retry-after.ts";
import { strangeAnswer } from "../../network/cloud-answer.ts";
import { cloudRequest } from "./cloud-request.ts";
import type { Cloud } from "../../network/microsoft-clouds.ts";

/** Longer waits are reported instead of sat out. */
const LONGEST_WAIT_MS = 5_000;
/** A server error or a 429 without Retry-After is tried again after these. */
const BACK_OFF_MS: readonly number[] = [500, 1_500];
/** Pages followed at most: a tenant has at most 5,000 domains, 100 or more a page. */
const MAX_PAGES = 100;

export interface GraphReader {
  readonly cloud: Cloud;
  readonly token: string;
  readonly rung: RungName;
  /** The permission that what is read takes. */
  readonly needs: readonly string[];
  readonly context: ProviderContext;
}

/** All items of a collection, `@odata.nextLink` followed. `path` begins with `/v1.0/`. */
export async function readCollection<T>(reader: GraphReader, path: string, item: z.ZodType<T>): Promise<Result<readonly T[]>> {
  const page = z.object({ value: z.array(item), "@odata.nextLink": z.string().optional() });
  const items: T[] = [];
  let url: string | undefined = `https://${reader.cloud.graphHost}${path}`;
  for (let pages = 0; url !== undefined && pages < MAX_PAGES; pages += 1) {
    const answer = await get(reader, url);
    if (!answer.ok) return answer;
    const decoded = page.safeParse(parseJson(answer.value.body));
    if (!decoded.success) return fail(badAnswer(reader, answer.value));
    items.push(...decoded.data.value);
    url = decoded.data["@odata.nextLink"];
  }
  // Half a list would say of the rest that it is not there.
  return url === undefined ? succeed(items) : fail({ kind: "unsupported", why: "listing-without-end", detail: `${MAX_PAGES} pages` });
}

async function get(reader: GraphReader, url: string): Promise<Result<HttpsResponse>> {
  const { cloud, context, rung, token, needs } = reader;
  for (let attempt = 0; ; attempt += 1) {
    const response = await cloudRequest({ cloud, context, url, method: "GET", rung, headers: { authorization: `Bearer ${token}`, accept: "application/json" } });
    if (!response.ok || response.value.status === 200) return response;
    const { status } = response.value;
    const now = context.clock.now();
    const refused = () => fail(microsoftFault(response.value, { host: cloud.graphHost, rung, now, sent: [token], needs }));
    if (status !== 429 && status < 500) return refused();
    const isWorthIt = await pauseBefore(context, response.value, attempt);
    if (context.signal.aborted) return fail({ kind: "cancelled" });
    if (!isWorthIt) return refused();
  }
}

/** Waits as long as an answer asks for before the next attempt. False where that is too long, there were enough, or the call was cancelled. */
export async function pauseBefore(context: ProviderContext, { headers }: HttpsResponse, attempt: number): Promise<boolean> {
  const wait = retryAfterMs(headers, context.clock.now()) ?? BACK_OFF_MS[attempt];
  if (wait === undefined || wait > LONGEST_WAIT_MS || attempt >= BACK_OFF_MS.length) return false;
  return pause(context.clock, wait, context.signal);
}

function badAnswer(reader: GraphReader, answer: HttpsResponse): Fault {
  return strangeAnswer(answer, { host: reader.cloud.graphHost, rung: reader.rung, now: reader.context.clock.now(), sent: [reader.token] });
}

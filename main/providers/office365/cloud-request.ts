/** Requests that may leave for the chosen cloud's hosts and for no other. */
import { fail, type Result, type RungName } from "../../../shared/fault.ts";
import { httpsRequest, type HttpsResponse } from "../../network/https.ts";
import type { ProviderContext } from "../provider.ts";
import { hostsOf, type Cloud } from "../../network/microsoft-clouds.ts";

/** Milliseconds for one exchange with a cloud. */
const TIMEOUT_MS = 10_000;
/** A tenant's domain list or an organisation is far below this. */
const MAX_BYTES = 4 * 1024 * 1024;
/** For what is asked about many users at once: a page of 999, each with dozens of plans, or twenty changes. */
const LARGE = { timeoutMs: 60_000, maxBytes: 64 * 1024 * 1024 } as const;

export interface CloudRequest {
  readonly cloud: Cloud;
  readonly context: ProviderContext;
  readonly url: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The rung that is being climbed, for the fault. */
  readonly rung: RungName;
  /** It is about many users, and takes its time. */
  readonly isLarge?: boolean;
}

/** One exchange. A host outside the cloud's row is refused before a name is looked up. */
export async function cloudRequest(request: CloudRequest): Promise<Result<HttpsResponse>> {
  const { cloud, context, rung } = request;
  const url = new URL(request.url);
  if (url.protocol !== "https:" || !hostsOf(cloud).includes(url.hostname)) {
    return fail({ kind: "unsupported", why: "host-outside-cloud", detail: url.hostname });
  }
  const { response } = await httpsRequest({
    url: request.url,
    method: request.method,
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    resolver: context.resolver,
    proxy: context.proxy,
    clock: context.clock,
    signal: context.signal,
    ...(request.isLarge === true ? LARGE : { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }),
  });
  if (!response.ok && response.fault.kind === "unreachable") {
    // The lower rungs passed for the mail server; this is another host, so its name belongs in the reason.
    return fail({ ...response.fault, host: response.fault.host ?? url.hostname, rung: response.fault.rung === "health-check" ? rung : response.fault.rung });
  }
  return response;
}

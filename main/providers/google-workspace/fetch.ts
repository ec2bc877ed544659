/** `fetch` for Google's libraries: over the resolver, to Google's two hosts and no other, faults kept for the caller. */
import type { Fault } from "../../../shared/fault.ts";
import { httpsRequest } from "../../network/https.ts";
import type { ProviderContext } from "../provider.ts";
import { API_HOST, TOKEN_HOST } from "./configuration.ts";

const TIMEOUT_MS = 10_000;

/** Thrown into Google's libraries, which know only exceptions. */
class ExchangeFailed extends Error {}

export interface KeepingFetch {
  readonly fetch: typeof globalThis.fetch;
  /** The fault of the exchange that failed below HTTP, or null. */
  fault(): Fault | null;
}

/** A `fetch` whose network failures can be asked for as faults afterwards. */
export function keepingFetch(context: ProviderContext): KeepingFetch {
  let kept: Fault | null = null;
  const refuse = (fault: Fault): never => {
    kept = fault;
    throw new ExchangeFailed(`The request to Google failed: ${fault.kind}`);
  };
  return {
    fault: () => kept,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const isGoogle = url.protocol === "https:" && (url.hostname === TOKEN_HOST || url.hostname === API_HOST);
      if (!isGoogle) refuse({ kind: "unsupported", why: "host-outside-cloud", detail: url.hostname });
      const body = request.method === "GET" ? null : await request.text();
      const { response } = await httpsRequest({
        url: request.url,
        method: request.method === "GET" ? "GET" : "POST",
        headers: Object.fromEntries(request.headers),
        ...(body === null ? {} : { body }),
        resolver: context.resolver,
        clock: context.clock,
        signal: context.signal,
        timeoutMs: TIMEOUT_MS,
      });
      if (!response.ok) return refuse(response.fault);
      const { status, headers } = response.value;
      const text = status === 204 || status === 304 ? null : response.value.body;
      return Object.defineProperty(new Response(text, { status, headers }), "url", { value: request.url });
    },
  };
}

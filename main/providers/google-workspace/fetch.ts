/**
 * `fetch` for Google's libraries: over the resolver, to Google's two hosts and no other, faults kept for the caller. The
 * libraries' objects outlive a call, so the call is found by its thread of execution.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Fault } from "../../../shared/fault.ts";
import { httpsRequest } from "../../network/https.ts";
import type { ProviderContext } from "../provider.ts";
import { API_HOST, TOKEN_HOST } from "./configuration.ts";

const TIMEOUT_MS = 10_000;

/** Thrown into Google's libraries, which know only exceptions. */
class ExchangeFailed extends Error {}

interface Call {
  readonly context: ProviderContext;
  fault: Fault | null;
}

const calls = new AsyncLocalStorage<Call>();

/** What a call of Google's libraries gave: its value, or what it threw with the fault of an exchange that failed below HTTP. */
export type Called<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown; readonly fault: Fault | null };

/** Runs a call of Google's libraries with the context that {@link googleFetch} sends with. */
export async function callGoogle<T>(context: ProviderContext, work: () => Promise<T>): Promise<Called<T>> {
  const call: Call = { context, fault: null };
  try {
    return { ok: true, value: await calls.run(call, work) };
  } catch (error) {
    return { ok: false, error, fault: call.fault };
  }
}

/** The `fetch` to give to Google's libraries; works inside {@link callGoogle} only. */
export const googleFetch: typeof globalThis.fetch = async (input, init) => {
  const call = calls.getStore();
  if (call === undefined) throw new Error("Google's library asked outside a call");
  const { context } = call;
  const refuse = (fault: Fault): never => {
    call.fault = fault;
    throw new ExchangeFailed(`The request to Google failed: ${fault.kind}`);
  };
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
    proxy: context.proxy,
    clock: context.clock,
    signal: context.signal,
    timeoutMs: TIMEOUT_MS,
  });
  if (!response.ok) return refuse(response.fault);
  const { status, headers } = response.value;
  const text = status === 204 || status === 304 ? null : response.value.body;
  return Object.defineProperty(new Response(text, { status, headers }), "url", { value: request.url });
};

/**
 * `fetch` for Google's libraries: over the resolver, to Google's two hosts and no other, faults kept for the caller. The
 * libraries' objects outlive a call, so the call is found by its thread of execution.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { fail, succeed, type Fault, type Result, type RungName } from "../../../shared/fault.ts";
import { isGranted, secretsOfForm, secretsOfJson } from "../../network/cloud-answer.ts";
import { httpsRequest } from "../../network/https.ts";
import type { ProviderContext } from "../provider.ts";
import { API_HOST, TOKEN_HOST } from "./configuration.ts";
import { googleFault } from "./faults.ts";

const TIMEOUT_MS = 10_000;
/** What deleting answers with. */
const NO_CONTENT = 204;

/** Thrown into Google's libraries, which know only exceptions. */
class ExchangeFailed extends Error {}

interface Call {
  readonly context: ProviderContext;
  readonly rung: RungName;
  readonly ofObject: boolean;
  fault: Fault | null;
}

const calls = new AsyncLocalStorage<Call>();

/**
 * Runs a call of Google's libraries with the context that {@link googleFetch} sends with. What is no answer of Google's is a
 * bug, and thrown. `ofObject`: the call is about a group or a user, so that a refusal may be about it.
 */
export async function callGoogle<T>(rung: RungName, context: ProviderContext, work: () => Promise<T>, ofObject = false): Promise<Result<T>> {
  const call: Call = { context, rung, ofObject, fault: null };
  try {
    return succeed(await calls.run(call, work));
  } catch (error) {
    if (context.signal.aborted) return fail({ kind: "cancelled" });
    if (call.fault === null) throw error;
    return fail(call.fault);
  }
}

/** Google's library asks in no other way. */
function methodOf(method: string): "GET" | "POST" | "DELETE" {
  return method === "GET" || method === "DELETE" ? method : "POST";
}

/** The `fetch` to give to Google's libraries; works inside {@link callGoogle} only. */
export const googleFetch: typeof globalThis.fetch = async (input, init) => {
  const call = calls.getStore();
  if (call === undefined) throw new Error("Google's library asked outside a call");
  const { context, rung } = call;
  const refuse = (fault: Fault): never => {
    call.fault = fault;
    throw new ExchangeFailed(`The request to Google failed: ${fault.kind}`);
  };
  const request = new Request(input, init);
  const method = methodOf(request.method);
  const url = new URL(request.url);
  const isGoogle = url.protocol === "https:" && (url.hostname === TOKEN_HOST || url.hostname === API_HOST);
  if (!isGoogle) refuse({ kind: "unsupported", why: "host-outside-cloud", detail: url.hostname });
  const body = method === "GET" ? null : await request.text();
  const { response } = await httpsRequest({
    url: request.url,
    method,
    headers: Object.fromEntries(request.headers),
    ...(body === null || body === "" ? {} : { body }),
    resolver: context.resolver,
    proxy: context.proxy,
    clock: context.clock,
    signal: context.signal,
    timeoutMs: TIMEOUT_MS,
  });
  if (!response.ok) return refuse(response.fault);
  // Read here, not from the library's exceptions: it drops parts of an answer and asks again where it was refused.
  const { status, headers } = response.value;
  if (status !== NO_CONTENT && !isGranted(response.value)) {
    const bearer = (request.headers.get("authorization") ?? "").replace(/^Bearer /i, "");
    refuse(googleFault(response.value, { host: url.hostname, rung, now: context.clock.now(), ofObject: call.ofObject, sent: [...secretsOfForm(body ?? ""), ...secretsOfJson(body ?? ""), bearer] }));
  }
  return Object.defineProperty(new Response(status === NO_CONTENT ? null : response.value.body, { status, headers }), "url", { value: request.url });
};

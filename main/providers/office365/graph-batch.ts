/**
 * Up to twenty requests to Microsoft Graph in one (learn.microsoft.com/graph/json-batching): the outer answer says nothing of what they came
 * to, each has a status and headers of its own, in any order, and is told apart by its id.
 */
import { z } from "zod";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { graphReader } from "./graph-access.ts";
import { callGraph, resultOf, type GraphCall } from "./graph-call.ts";

/** A call, and whom it is about. */
export interface Asked<T> {
  readonly of: T;
  readonly call: GraphCall;
}

export interface Answered<T> {
  readonly of: T;
  /** The answer's JSON, null where it has none, or what refuses it. */
  readonly answer: Result<unknown>;
}

/** Requests that Graph takes in one batch. */
export const BATCH = 20;

const VERSION = "/v1.0";
const responseSchema = z.object({ id: z.string(), status: z.int(), headers: z.record(z.string(), z.string()).nullish(), body: z.unknown().optional() });
const batchSchema = z.object({ responses: z.array(responseSchema) });
type Response = z.infer<typeof responseSchema>;

/** Nothing was said of a request. */
const NO_ANSWER: Fault = { kind: "unreachable", rung: "permissions", reason: "bad-status", detail: "200" };

/** Names in lower case. A fraction of a second, which is no Retry-After by RFC 9110, 10.2.3, and is sent all the same, counts as a whole one. */
function headersOf({ headers }: Response): Record<string, string> {
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  return Object.fromEntries(named.map(([name, value]) => [name, name === "retry-after" && /^\d+\.\d+$/.test(value) ? String(Math.ceil(Number(value))) : value]));
}

/**
 * Sends calls together, {@link BATCH} at most, and answers what came of each. Fails where the batch as a whole was refused, or no answer to it
 * came; then nobody knows what was done.
 */
export async function callTogether<T>(configuration: Office365Configuration, context: ProviderContext, asked: readonly Asked<T>[], needs: readonly string[]): Promise<Result<readonly Answered<T>[]>> {
  const reader = await graphReader(configuration, needs, context);
  if (!reader.ok) return reader;
  const requests = asked.map(({ call: { method, path, body } }, index) => ({
    id: String(index), method, url: path.slice(VERSION.length), ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body }),
  }));
  const answer = await callGraph(reader.value, { method: "POST", path: `${VERSION}/$batch`, body: { requests }, isLarge: true });
  if (!answer.ok) return answer;
  const read = batchSchema.safeParse(answer.value);
  if (!read.success) return fail(NO_ANSWER);
  const byId = new Map(read.data.responses.map((response) => [response.id, response]));
  const answerTo = (response: Response | undefined): Result<unknown> => {
    if (response === undefined) return fail(NO_ANSWER);
    const body = response.body === undefined || response.body === null ? "" : JSON.stringify(response.body);
    return resultOf(reader.value, { status: response.status, headers: headersOf(response), body }, []);
  };
  return succeed(asked.map(({ of }, index) => ({ of, answer: answerTo(byId.get(String(index))) })));
}

/** One request to Microsoft Graph about an object: what it refuses of the object, and what it asks to wait for. */
import { z } from "zod";
import { fail, succeed, type Fault, type ObjectRefusal, type Result } from "../../../shared/fault.ts";
import { parseJson } from "../../../shared/json.ts";
import { microsoftFault } from "../../network/microsoft-answer.ts";
import type { HttpsResponse } from "../../network/https.ts";
import { cloudRequest } from "./cloud-request.ts";
import { pauseBefore, type GraphReader } from "./graph.ts";

/** What is asked. `path` begins with `/v1.0/`. */
export interface GraphCall {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** Of the body: what of them stands in a refusal is taken out. */
  readonly secrets?: readonly string[];
  /** It is about many objects, and takes its time. */
  readonly isLarge?: boolean;
}

const detailSchema = z.object({ code: z.string().catch(""), target: z.string().catch("") });
const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string().catch(""), details: z.array(detailSchema).catch([]) }) });

/** A conflict by the property that it is about. */
const TAKEN: Readonly<Record<string, ObjectRefusal>> = { mailNickname: "alias-taken", userPrincipalName: "account-name-taken", proxyAddresses: "address-taken", mail: "address-taken" };

/** What Graph's words mean where its code is no more than a bad request. Sources: Microsoft's error texts as administrators quote them. */
const MEANINGS: readonly { readonly said: RegExp; readonly why: ObjectRefusal; readonly source: string }[] = [
  { said: /password complexity|password does not comply|PasswordProfile/i, why: "password-policy", source: "learn.microsoft.com/graph/api/user-post-users" },
  // Before what is said of values in general. Sources: learn.microsoft.com/entra/fundamentals/licensing-groups-resolve-problems, and the texts that administrators quote.
  { said: /invalid usage location/i, why: "usage-location-missing", source: "github.com/KelvinTegelaar/CIPP/issues/783" },
  { said: /does not have any available licenses/i, why: "no-seats", source: "github.com/microsoftgraph/microsoft-graph-docs/pull/3167 (CountViolation)" },
  { said: /mutually exclusive|conflicts? with/i, why: "licences-conflict", source: "learn.microsoft.com/entra/fundamentals/licensing-groups-resolve-problems" },
  { said: /depends on the service plan|dependent service plan/i, why: "licence-depends", source: "learn.microsoft.com/entra/fundamentals/licensing-groups-resolve-problems" },
  { said: /inherited from a group membership/i, why: "licence-by-group", source: "learn.microsoft.com/entra/identity/users/licensing-group-advanced" },
  { said: /does not have a corresponding license/i, why: "licence-not-held", source: "learn.microsoft.com/graph/api/user-assignlicense" },
  { said: /on-premises mastered|Directory Sync objects/i, why: "synchronised", source: "github.com/hashicorp/terraform-provider-azuread, and learn.microsoft.com/troubleshoot/entra" },
  { said: /invalid value|invalid values/i, why: "value-not-allowed", source: "github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/6967" },
];

/** Why an object was refused; null for a refusal that is about something else. A conflict's property stands in `details`, in older answers in the sentence alone. */
export function objectRefusal({ status, body }: HttpsResponse): ObjectRefusal | null {
  const read = refusalSchema.safeParse(parseJson(body));
  if (!read.success || status < 400 || status >= 500 || status === 401 || status === 403 || status === 429) return null;
  const { message, details } = read.data.error;
  if (status === 404) return "object-missing";
  const property = details.find(({ code }) => code === "ObjectConflict")?.target ?? /same value for property (\w+) already exists/i.exec(message)?.[1];
  if (property !== undefined) return TAKEN[property] ?? "refused";
  return MEANINGS.find(({ said }) => said.test(message))?.why ?? "refused";
}

/** The answer's JSON, null where it has none. A throttled request was not done, so that it is sent again where the wait is short. */
export async function callGraph(reader: GraphReader, { method, path, body, secrets = [], isLarge = false }: GraphCall): Promise<Result<unknown>> {
  const { cloud, context, rung, token } = reader;
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  // Filters on several properties are the advanced kind (Microsoft: "Advanced query capabilities on directory objects").
  const headers = { authorization: `Bearer ${token}`, accept: "application/json", consistencylevel: "eventual", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  for (let attempt = 0; ; attempt += 1) {
    const response = await cloudRequest({ cloud, context, url: `https://${cloud.graphHost}${path}`, method, rung, headers, isLarge, ...text });
    if (!response.ok) return response;
    const { status } = response.value;
    if (status >= 200 && status < 300) return resultOf(reader, response.value, secrets);
    const isWorthIt = status === 429 && (await pauseBefore(context, response.value, attempt));
    if (context.signal.aborted) return fail({ kind: "cancelled" });
    if (!isWorthIt) return fail(refusedBy(response.value, reader, secrets));
  }
}

/** What the next page is asked for with, of the same host; null where there is none. `link`: an `@odata.nextLink`. */
export function nextPath(link: string | undefined): string | null {
  if (link === undefined) return null;
  const { pathname, search } = new URL(link, "https://graph.invalid");
  return `${pathname}${search}`;
}

/** An answer's JSON, null where it has none; fails with what it refuses. `secrets` are taken out of a refusal. */
export function resultOf(reader: GraphReader, answer: HttpsResponse, secrets: readonly string[]): Result<unknown> {
  if (answer.status < 200 || answer.status >= 300) return fail(refusedBy(answer, reader, secrets));
  if (answer.body === "") return succeed(null);
  const value = parseJson(answer.body);
  return value === undefined ? fail(refusedBy(answer, reader, secrets)) : succeed(value);
}

function refusedBy(answer: HttpsResponse, { cloud, context, rung, token, needs }: GraphReader, secrets: readonly string[]): Fault {
  const fault = microsoftFault(answer, { host: cloud.graphHost, rung, now: context.clock.now(), sent: [token, ...secrets], needs });
  const why = objectRefusal(answer);
  if (why === null) return fault;
  const detail = "detail" in fault ? fault.detail : undefined;
  return { kind: "object-refused", why, host: cloud.graphHost, ...(detail === undefined ? {} : { detail }) };
}

/** Batches of the practice tenant are answered as the real ones are: each request by itself, in an order of their own. */
import { expect, it } from "vitest";
import { z } from "zod";
import type { CloudAnswer, CloudRequest } from "../../../../../main/practice/clouds/cloud-host.ts";
import { createGraphBatches } from "../../../../../main/practice/clouds/graph-batch.ts";
import { refuse } from "../../../../../main/practice/clouds/graph-refusal.ts";

const responsesSchema = z.object({ responses: z.array(z.object({ id: z.string(), status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown().optional() })) });

const reading = (id: string) => ({ id, method: "GET", url: `/users/${id}` });
const writing = (id: string) => ({ id, method: "PATCH", url: `/users/${id}`, headers: { "Content-Type": "application/json" }, body: { usageLocation: "DE" } });

function batches(one: (request: CloudRequest) => CloudAnswer = ({ url }) => ({ status: 200, body: { path: url.pathname } })) {
  const store = createGraphBatches();
  const ask = (requests: readonly object[], state = "up", path = "/v1.0/$batch", method = "POST") => {
    const url = new URL(`https://graph.microsoft.com${path}`);
    return store.answer({ method, url, host: url.hostname, headers: { authorization: "Bearer t" }, body: JSON.stringify({ requests }) }, state, one);
  };
  return { store, ask };
}
const statuses = (answer: CloudAnswer | null) => Object.fromEntries(responsesSchema.parse(answer?.body).responses.map(({ id, status }) => [id, status]));

it("answers each request by its id, in another order, and as if it had come alone", () => {
  const heard: CloudRequest[] = [];
  const { ask } = batches((request) => {
    heard.push(request);
    return request.method === "GET" ? { status: 200, body: { id: "1" } } : { status: 204, body: "" };
  });
  const answer = ask([reading("1"), writing("2")]);
  expect(answer).toMatchObject({ status: 200 });
  expect(responsesSchema.parse(answer?.body).responses).toEqual([
    { id: "2", status: 204, headers: { "Content-Type": "application/json" } },
    { id: "1", status: 200, headers: { "Content-Type": "application/json" }, body: { id: "1" } },
  ]);
  expect(heard.map(({ method, url, headers, body }) => [method, url.pathname, headers.authorization, body])).toEqual([
    ["GET", "/v1.0/users/1", "Bearer t", ""],
    ["PATCH", "/v1.0/users/2", "Bearer t", '{"usageLocation":"DE"}'],
  ]);
});

it("fails for none of its requests", () => {
  const { ask } = batches(({ url }) => (url.pathname.endsWith("2") ? refuse(404, "Request_ResourceNotFound", "gone") : { status: 200, body: {} }));
  const answer = ask([reading("1"), reading("2"), reading("3")]);
  expect([answer?.status, statuses(answer)]).toEqual([200, { 1: 200, 2: 404, 3: 200 }]);
});

it("takes twenty, and refuses what is none, more, of one id twice, of an order, of a batch, or a write without a body", () => {
  const { ask } = batches();
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => reading(String(index)));
  expect(ask(numbered(20))).toMatchObject({ status: 200 });
  const refused = [[], numbered(21), [reading("1"), reading("1")], [{ ...reading("1"), dependsOn: ["2"] }, reading("2")], [{ ...reading("1"), url: "/$batch" }], [{ id: "1", method: "POST", url: "/users/1/assignLicense" }], [{ id: "1" }]];
  expect(refused.map((requests) => ask(requests)?.status)).toEqual(refused.map(() => 400));
  expect(ask(numbered(1), "up", "/v1.0/$batch", "GET")).toMatchObject({ status: 405 });
  expect(ask(numbered(1), "up", "/v1.0/users")).toBeNull();
});

it("throttles some of its requests once, each for itself, until it is reset", () => {
  const { ask, store } = batches();
  const requests = [reading("1"), reading("2"), reading("3"), reading("4")];
  const first = ask(requests, "items-throttled");
  expect(statuses(first)).toEqual({ 1: 429, 2: 200, 3: 200, 4: 429 });
  expect(responsesSchema.parse(first?.body).responses.find(({ id }) => id === "1")?.headers).toMatchObject({ "Retry-After": "0.5" });
  expect(statuses(ask(requests, "items-throttled"))).toEqual({ 1: 200, 2: 200, 3: 200, 4: 200 });
  store.clear();
  expect(statuses(ask(requests, "items-throttled"))).toMatchObject({ 1: 429 });
});

it("loses the whole answer where one of them is lost", () => {
  const { ask } = batches(({ url }) => ({ status: 204, body: "", ...(url.pathname.endsWith("2") ? { isLost: true } : {}) }));
  expect(ask([writing("1"), writing("2")])).toMatchObject({ isLost: true });
  expect(ask([writing("1")])).not.toHaveProperty("isLost");
});

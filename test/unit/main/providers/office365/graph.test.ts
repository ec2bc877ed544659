/** Collections of Microsoft Graph over real TLS: the last page that is followed, and the longest wait that is sat out. */
import { getEventListeners, once } from "node:events";
import https from "node:https";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { cloudOf } from "../../../../../main/network/microsoft-clouds.ts";
import { openPki } from "../../../../../main/practice/pki.ts";
import { readCollection } from "../../../../../main/providers/office365/graph.ts";
import { succeed } from "../../../../../shared/fault.ts";
import { systemClock, temporaryFolder } from "../../store/support.ts";
import { contextAsking } from "../support.ts";

interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
}

const cloud = cloudOf("worldwide");
const { folder, remove } = temporaryFolder();
const server = https.createServer();
const waits: number[] = [];
/** Waits that are neither over nor called off, where they are held. */
let held = 0;
let pages = 1;
let asked = 0;
/** What every page is answered with instead. */
let instead: { readonly status: number; readonly body: string } | null = null;
/** Answered before the first page is. */
let refusals: Refusal[] = [];
let authority = "";

beforeAll(async () => {
  const pki = await openPki(folder);
  authority = pki.authorityPem;
  const identity = await pki.issue({ names: [cloud.graphHost] });
  server.setSecureContext({ cert: identity.certificatePem, key: identity.keyPem });
  server.on("request", (request, response) => {
    asked += 1;
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      response.writeHead(refusal.status, refusal.retryAfter === null ? {} : { "retry-after": refusal.retryAfter }).end("{}");
      return;
    }
    if (instead !== null) {
      response.writeHead(instead.status).end(instead.body);
      return;
    }
    const number = Number(/\d+$/.exec(request.url ?? "")?.[0]);
    const next = number < pages ? { "@odata.nextLink": `https://${cloud.graphHost}/v1.0/domains?page=${number + 1}` } : {};
    response.end(JSON.stringify({ value: [number], ...next }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  [pages, asked, refusals, instead] = [1, 0, [], null];
  waits.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  remove();
});

/** A word like any other: neither its name nor its shape gives it away. */
const TOKEN = "correct.horse.battery";

function read(signal = new AbortController().signal, hold = false) {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { context } = contextAsking();
  const resolver = { ...context.resolver, authorities: [authority], connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port }])) };
  // Waits between two requests are noted and over at once; the other timers are limits of an exchange.
  const after: typeof systemClock.after = (ms, callback) => {
    if (![500, 1000, 1500, 5000].includes(ms)) return systemClock.after(ms, callback);
    waits.push(ms);
    if (!hold) return systemClock.after(0, callback);
    held += 1;
    return () => {
      held -= 1;
    };
  };
  const reader = { cloud, token: TOKEN, rung: "domain", needs: ["Domain.Read.All"], context: { ...context, signal, resolver, clock: { ...systemClock, after } } } as const;
  return readCollection(reader, "/v1.0/domains?page=1", z.number());
}

describe("a collection", () => {
  it.each([99, 100])("of %i pages is whole", async (count) => {
    pages = count;
    expect(await read()).toEqual(succeed(Array.from({ length: count }, (_, index) => index + 1)));
  });

  it("of more pages is no list: half of one would say that the rest is not there", async () => {
    pages = 101;
    expect(await read()).toEqual({ ok: false, fault: { kind: "unsupported", why: "listing-without-end", detail: "100 pages" } });
    expect(asked).toBe(100);
  });

  it.each<[what: string, refusals: Refusal[], waited: number[]]>([
    ["a wait of five seconds", [{ status: 429, retryAfter: "5" }], [5000]],
    ["two server errors without a word of when", [{ status: 503, retryAfter: null }, { status: 500, retryAfter: null }], [500, 1500]],
  ])("comes after %s", async (_what, given, waited) => {
    refusals = given;
    expect(await read()).toEqual(succeed([1]));
    expect(waits).toEqual(waited);
  });

  it.each<[what: string, refusal: Refusal, times: number, kind: string]>([
    ["a wait of six seconds", { status: 429, retryAfter: "6" }, 1, "throttled"],
    ["being asked a third time to wait for a second", { status: 429, retryAfter: "1" }, 3, "throttled"],
    ["a third server error", { status: 503, retryAfter: null }, 3, "unreachable"],
  ])("does not come after %s", async (_what, refusal, times, kind) => {
    refusals = Array.from({ length: 5 }, () => refusal);
    expect(await read()).toMatchObject({ ok: false, fault: { kind } });
    expect(asked).toBe(times);
  });
});

describe("a wait between two requests", () => {
  const busy = { status: 429, retryAfter: "5" };

  it("ends at once when it is called off, and leaves no timer", async () => {
    refusals = [busy];
    const stop = new AbortController();
    const reading = read(stop.signal, true);
    await expect.poll(() => held).toBe(1);
    stop.abort();
    expect(await reading).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(held).toBe(0);
  });

  it("listens to nobody when it is over", async () => {
    refusals = [busy];
    const { signal } = new AbortController();
    expect(await read(signal)).toEqual(succeed([1]));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("a token that Graph repeats", () => {
  it.each([
    ["a refusal", 403, { error: { code: "Authorization_RequestDenied", message: `nobody knows ${TOKEN} here` } }],
    ["an answer that is none", 200, { note: `nobody knows ${TOKEN} here` }],
  ])("is not said in the fault of %s", async (_what, status, body) => {
    instead = { status, body: JSON.stringify(body) };
    const said = JSON.stringify(await read());
    expect(said).toContain("nobody knows [removed] here");
    expect(said).not.toContain(TOKEN);
  });
});

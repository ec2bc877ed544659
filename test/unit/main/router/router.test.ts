import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { RPCHandler } from "@orpc/server/message-port";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Connection } from "../../../../main/store/connection.ts";
import type { Contract } from "../../../../shared/contract/index.ts";
import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import type { WorkEvent } from "../../../../shared/contract/progress.ts";
import { contractHash } from "../../../../shared/contract/hash.ts";
import { fail } from "../../../../shared/fault.ts";
import type { StoreSummary } from "../../../../shared/model/identity-store.ts";
import { engineUnderTest, onlyOnFile, whoSaves } from "../../../lab/engine-under-test.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { take } from "../store/support.ts";
import { connection, layBed, storeWithDraft, type Bed, type BedOptions } from "../services/support.ts";
import { changesOf, sightOf } from "../../../lab/draft-page.ts";

const { isTeam } = engineUnderTest();

type Client = ContractRouterClient<Contract>;

const open: { bed: Bed; ports: MessagePort[] }[] = [];

async function connect(options: BedOptions = {}): Promise<{ bed: Bed; client: Client; close: () => void }> {
  const bed = await layBed(options);
  const { port1, port2 } = new MessageChannel();
  const handler = new RPCHandler(bed.router);
  handler.upgrade(port1);
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port1.start();
  port2.start();
  open.push({ bed, ports: [port1, port2] });
  return { bed, client, close: () => port2.close() };
}

afterEach(async () => {
  for (const { bed, ports } of open.splice(0)) {
    for (const port of ports) port.close();
    await bed.dispose();
  }
});

async function createStore(client: Client, name = "Contoso HQ"): Promise<string> {
  return take(await client.stores.create({ name, connection, password: "Pa55word!" })).id;
}

async function next<T>(iterator: AsyncIterator<T>): Promise<T> {
  const { value, done } = await iterator.next();
  if (done === true) throw new Error("the stream ended");
  return value;
}

describe("the contract over a message port", () => {
  it.skipIf(isTeam)(`answers a read of the store that failed as what it is, not as a bug${onlyOnFile("a read of SQLite fails")}`, async () => {
    const { client } = await connect();
    const storeId = await createStore(client);
    vi.spyOn(Connection.prototype, "get").mockImplementation(() => {
      throw Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 266 });
    });
    const answer = await client.editor.open({ storeId });
    vi.restoreAllMocks();
    expect(answer).toEqual({ ok: false, fault: { kind: "not-stored", why: "io-error" } });
  });

  it("says hello with the hash that the other side computes", async () => {
    const { client } = await connect();
    const hello = await client.app.hello();
    expect(hello.contract).toBe(contractHash());
    expect(hello.contract).toMatch(/^[0-9a-f]{16}$/);
    expect(hello.user).toBe(whoSaves("CONTOSO\\anna"));
  });

  it("writes a bug of the page to the log", async () => {
    const logger = recordingLogger();
    const { client } = await connect({ logger });
    await client.app.reportBug({ met: "rejection", name: "TypeError", stack: "    at copy (index.js:1:2)" });
    expect(logger.errors).toEqual(['The page met a bug {"met":"rejection","name":"TypeError","stack":"    at copy (index.js:1:2)"}']);
  });

  it("answers refused input of result procedures as issues by path", async () => {
    const { client } = await connect();
    const answer = await client.stores.create({ name: "   ", connection, password: null });
    expect(answer).toEqual(fail({ kind: "invalid", issues: [{ path: ["name"], code: "too_small" }] }));
  });

  it("goes from an empty store to saved priorities", async () => {
    const { client } = await connect();
    const storeId = await createStore(client);
    const sight = sightOf(take(await client.editor.open({ storeId })));
    const { draft } = take(await client.editor.setSecret({ storeId, sight, provider: "toy", field: "password", value: "secret-42" }));
    expect(draft).toMatchObject({ choice: { provider: "toy", variant: "2013" }, forms: { toy: { values: { domain: "contoso.lab", username: "" }, secrets: { password: { state: "changed" } } } } });
    const state = take(await client.editor.open({ storeId }));
    const changes = changesOf({ values: { username: "svc", nonsense: "dropped" } }, state);
    expect(take(await client.editor.change({ storeId, sight: sightOf(state), changes }))).toMatchObject({ refused: [] });

    const events: WorkEvent<unknown>[] = [];
    for await (const event of await client.editor.sync({ storeId })) events.push(event);
    const last = events.at(-1);
    expect(last).toMatchObject({ type: "done", result: { ok: true } });

    const review = take(await client.editor.review({ storeId }));
    expect(review.changes.map((change) => change.key)).toContain("secrets.password");
    expect(JSON.stringify(review)).not.toContain("secret-42");
    const { revision, saved } = take(await client.editor.save({ storeId, expectedRevision: 1, draft: review.draft }));
    expect(revision).toBe(2);
    expect(saved.values).toEqual({ domain: "contoso.lab", username: "svc" });
    expect(saved.servers.map((server) => server.name)).toEqual(["exa.contoso.lab", "exb.contoso.lab"]);
    expect(saved.servers.filter((server) => server.ticked).map((server) => server.priority)).toEqual([1]);
    expect(await client.editor.save({ storeId, expectedRevision: 1, draft: review.draft })).toMatchObject({ ok: false });
    const after = take(await client.editor.open({ storeId }));
    expect(after.draft).toBeNull();
    expect(after.providers.map((provider) => provider.id)).toEqual(["toy", "other", "none"]);
  });

  it("numbers a feed without gaps, and a slow reader still sees every key", async () => {
    const { client } = await connect();
    const feed = await client.stores.watch();
    expect(await next(feed)).toEqual({ type: "snapshot", sequence: 0, entries: [] });
    for (let index = 0; index < 30; index += 1) await createStore(client, `Store ${index}`);
    const seen = new Map<string, StoreSummary>();
    let sequence = 0;
    while (seen.size < 30) {
      const event: FeedEvent<StoreSummary> = await next(feed);
      expect(event.sequence).toBe(sequence + 1);
      sequence = event.sequence;
      if (event.type === "change") for (const { key, value } of event.set) seen.set(key, value);
    }
    expect([...seen.values()].map((summary) => summary.name).toSorted()).toHaveLength(30);
    await feed.return?.(undefined);
  });

  it("streams the status of servers of the draft", async () => {
    const { bed, client } = await connect();
    const storeId = await storeWithDraft(bed);
    const feed = await client.servers.watch({ storeId });
    expect(await next(feed)).toMatchObject({ type: "snapshot", entries: [] });
    for await (const _event of await client.editor.sync({ storeId }));
    const online = new Set<string>();
    while (online.size < 2) {
      const event = await next(feed);
      if (event.type === "change") for (const { key, value } of event.set) if (value.health.state === "online") online.add(key);
    }
    expect([...online].toSorted()).toEqual(["exa.contoso.lab", "exb.contoso.lab"]);
  });

  it.each(["the caller aborts", "the reader stops", "the connection closes"])("cancels work when %s", async (how) => {
    const { bed, client, close } = await connect();
    const storeId = await storeWithDraft(bed);
    const stopped = Promise.withResolvers<void>();
    bed.toy.test = (context) => {
      context.progress({ type: "progress", step: "started", detail: null, done: null, total: null, rung: null });
      return new Promise((resolve) =>
        context.signal.addEventListener("abort", () => {
          stopped.resolve();
          resolve(fail({ kind: "cancelled" }));
        }),
      );
    };
    const controller = new AbortController();
    const work = await client.editor.test({ storeId }, { signal: controller.signal });
    expect(await next(work)).toMatchObject({ type: "progress", step: "started" });
    if (how === "the caller aborts") controller.abort();
    else if (how === "the reader stops") void work.return?.(undefined);
    else close();
    await stopped.promise;
    expect(take(bed.services.editor.open(storeId)).draft?.forms.toy?.tested).toEqual({ state: "untested" });
  });

  it("answers a bug as an incident and logs its stack, not its input", async () => {
    const logger = recordingLogger();
    const { bed, client } = await connect({ logger });
    const storeId = await createStore(client);
    bed.services.editor.review = () => {
      throw new Error("a planted bug");
    };
    const answer = await client.editor.review({ storeId });
    if (answer.ok || answer.fault.kind !== "internal") throw new Error("no incident");
    const { incident } = answer.fault;
    expect(logger.lines.filter((line) => line.includes(incident) && line.includes("a planted bug"))).toHaveLength(1);
    expect(logger.lines.join("\n")).not.toContain("Pa55word!");
  });

  it("lets no answer out that is not the contract's: the page takes each as it comes", async () => {
    const logger = recordingLogger();
    const { bed, client } = await connect({ logger });
    const storeId = await createStore(client);
    bed.services.editor.review = () => JSON.parse('{ "ok": true, "value": { "changes": "a planted secret" } }');
    await expect(client.editor.review({ storeId })).resolves.toMatchObject({ ok: false, fault: { kind: "internal" } });
    expect(logger.lines.join("\n")).not.toContain("a planted secret");
    const hello = bed.services.hello();
    bed.services.hello = () => ({ ...hello, extra: "a planted secret" });
    expect(await client.app.hello()).toEqual(hello);
  });

  it("says of a bug no more than the incident where the call has no way to answer a fault", async () => {
    const logger = recordingLogger();
    const { bed, client } = await connect({ logger });
    bed.services.hello = () => {
      throw new Error("a planted secret");
    };
    const error: unknown = await client.app.hello().catch((thrown: unknown) => thrown);
    if (!(error instanceof ORPCError)) throw new Error("no refusal");
    expect(error.message).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(error)).not.toContain("a planted secret");
    expect(logger.errors.filter((line) => line.includes(error.message))).toHaveLength(1);
  });

  it("ends a stream of work with the incident when its work throws", async () => {
    const { bed, client } = await connect({ logger: recordingLogger() });
    const storeId = await createStore(client);
    bed.services.editor.sync = () => Promise.reject(new Error("a planted bug"));
    const events: WorkEvent<unknown>[] = [];
    for await (const event of await client.editor.sync({ storeId })) events.push(event);
    expect(events).toMatchObject([{ type: "done", result: { ok: false, fault: { kind: "internal" } } }]);
  });

  it("refuses to watch the servers of a store that is gone", async () => {
    const { client } = await connect();
    await expect(client.servers.watch({ storeId: "gone" })).rejects.toSatisfy(
      (error) => error instanceof ORPCError && error.code === "NOT_FOUND",
    );
  });
});

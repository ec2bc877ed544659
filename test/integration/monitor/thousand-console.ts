/** A console on a thousand servers in a process of its own, and a page that follows every feed of it. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../../shared/channel.ts";
import type { Contract } from "../../../shared/contract/index.ts";
import type { FeedEvent } from "../../../shared/contract/feed.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import { openPki } from "../../../main/practice/pki.ts";
import { temporaryFolder } from "../../unit/main/store/support.ts";

export const SERVERS = 1_000;

export type Site = "up" | "refusing" | "nameless";
export type Order = { readonly type: "site"; readonly site: Site } | { readonly type: "holds" } | { readonly type: "heap" } | { readonly type: "end" };
export type Answer =
  | { readonly type: "ready"; readonly port: number; readonly token: string; readonly storeId: string }
  | { readonly type: "holds"; readonly cpuMs: number; readonly wallMs: number }
  | { readonly type: "heap"; readonly bytes: number };

export interface ThousandConsole {
  /** How the servers are from now on. */
  set(site: Site): void;
  /** Has all of them checked, or the first few alone, again and again, until a page sees that many in that state. */
  until(state: ServerStatus["health"]["state"], count: number, first?: number): Promise<void>;
  /** A page is opened afresh, and resolves when it has every row. */
  reload(): Promise<void>;
  holds(): Promise<{ readonly cpuMs: number; readonly wallMs: number }>;
  /** Bytes of the heap in use after a collection. */
  heap(): Promise<number>;
  stop(): Promise<void>;
}

/** A front end for every name: it answers as Exchange's own health page does. */
async function startFrontEnds(folder: string): Promise<Server> {
  const { certificatePem, keyPem } = await (await openPki(folder)).issue({ names: ["mail.contoso.lab"] });
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    response.end(`200 OK<br/>${request.headers.host ?? ""}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function answerOf<T extends Answer["type"]>(child: ChildProcess, type: T): Promise<Extract<Answer, { type: T }>> {
  for (;;) {
    const [answer]: Answer[] = await once(child, "message");
    // The type tells which answer it is.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (answer?.type === type) return answer as Extract<Answer, { type: T }>;
  }
}

async function connect(port: number, token: string) {
  const base = `http://127.0.0.1:${port}`;
  // Node's WebSocket takes headers, which the browser's declaration of it does not know.
  const init = { protocols: [LOOPBACK_PROTOCOL, token], headers: { origin: base } };
  const socket: WebSocket = Reflect.construct(WebSocket, [`${base.replace("http", "ws")}${LOOPBACK_SOCKET_PATH}`, init]);
  await once(socket, "open");
  return { socket, client: createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ websocket: socket })) };
}

/** Keeps what a feed says, as the page does. Ends with the connection. */
async function follow<T>(opening: Promise<AsyncIterable<FeedEvent<T>>>, rows: Map<string, T>): Promise<void> {
  let expected = 0;
  for await (const event of await opening) {
    if (event.sequence !== expected) throw new Error(`event ${event.sequence} came for ${expected}`);
    expected += 1;
    const set = event.type === "snapshot" ? event.entries : event.set;
    for (const { key, value } of set) rows.set(key, value);
    if (event.type === "change") for (const key of event.removed) rows.delete(key);
  }
}

/** A page with every feed, when it has all rows. */
async function openPage({ port, token, storeId }: Extract<Answer, { type: "ready" }>) {
  const { socket, client } = await connect(port, token);
  const rows = new Map<string, ServerStatus>();
  const ended = Promise.allSettled([
    follow(client.servers.watch({ storeId }), rows),
    follow(client.stores.watch(), new Map()),
    follow(client.app.activity.news(), new Map()),
    follow(client.app.network(), new Map()),
  ]);
  while (rows.size < SERVERS) await new Promise((resolve) => setTimeout(resolve, 20));
  const close = async () => {
    socket.close();
    await ended;
  };
  return { client, rows, close };
}

export async function startThousand(): Promise<ThousandConsole> {
  const { folder, remove } = temporaryFolder();
  const frontEnds = await startFrontEnds(path.join(folder, "pki"));
  const address = frontEnds.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const child = fork(path.join(import.meta.dirname, "console-child.ts"), [path.join(folder, "data"), String(port)], { execArgv: ["--expose-gc"] });
  const tell = (order: Order) => void child.send(order);
  const ready = await answerOf(child, "ready");
  let page = await openPage(ready);
  const inState = (state: string) => [...page.rows.values()].filter(({ health }) => health.state === state).length;
  return {
    set: (site) => tell({ type: "site", site }),
    until: async (state, count, first = SERVERS) => {
      const names = [...page.rows.keys()].slice(0, first);
      while (inState(state) < count) {
        await page.client.servers.check({ storeId: ready.storeId, names });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    reload: async () => {
      await page.close();
      page = await openPage(ready);
    },
    holds: async () => {
      tell({ type: "holds" });
      return answerOf(child, "holds");
    },
    heap: async () => {
      tell({ type: "heap" });
      return (await answerOf(child, "heap")).bytes;
    },
    stop: async () => {
      tell({ type: "end" });
      await Promise.all([page.close(), once(child, "exit")]);
      frontEnds.close();
      remove();
    },
  };
}

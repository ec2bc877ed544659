/** Speaks to a running loopback host as its page does. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { z } from "zod";
import type { Contract } from "../../../shared/contract/index.ts";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { wholeSnapshots } from "../../../shared/rules/whole-snapshots.ts";

export interface Connected {
  readonly client: ContractRouterClient<Contract>;
  close(): void;
}

/** Swaps the address's one-time code and opens the contract. */
export async function connectTo(address: string): Promise<Connected> {
  const url = new URL(address);
  const code = url.hash.slice("#code=".length);
  const answer = await fetch(`${url.origin}/exchange`, { method: "POST", headers: { origin: url.origin, "content-type": "application/json" }, body: JSON.stringify({ code }) });
  if (!answer.ok) throw new Error(`The code was refused: ${answer.status}`);
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  // Node's WebSocket takes headers, which the browser's declaration of it does not know.
  const init = { protocols: ["messaging-console.v1", token], headers: { origin: url.origin } };
  const socket: WebSocket = Reflect.construct(WebSocket, [`${url.origin.replace("http", "ws")}/contract`, init]);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  return { client: createORPCClient(new RPCLink({ websocket: socket })), close: () => socket.close() };
}

/** The identity stores as a page is told of them, whole. */
export async function storesListed({ client }: Connected): Promise<readonly StoreSummary[]> {
  const controller = new AbortController();
  try {
    for await (const event of wholeSnapshots(await client.stores.watch(undefined, { signal: controller.signal }))) {
      if (event.type === "snapshot") return event.entries.map(({ value }) => value);
    }
    return [];
  } finally {
    controller.abort();
  }
}

/** Names of the identity stores, in order. */
export async function storeNames(connected: Connected): Promise<readonly string[]> {
  return (await storesListed(connected)).map(({ name }) => name).toSorted();
}

/** The contract client: the same object over a MessagePort (Electron) or a WebSocket (loopback). */
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../shared/contract/index.ts";
import { isElectron } from "./connection.ts";
import { ExchangeableLink } from "./exchangeable-link.ts";
import { connectLoopback } from "./loopback.ts";
import { connectMessagePort } from "./message-port.ts";

export type ConsoleClient = ContractRouterClient<Contract>;

let current: ConsoleClient | null = null;

/** Connects to the host that served this page. Rejects with `ConnectError` when there is no way to. */
export async function connect(): Promise<ConsoleClient> {
  const link = new ExchangeableLink();
  const made: ConsoleClient = createORPCClient(link);
  await (isElectron() ? connectMessagePort(link) : connectLoopback(link));
  current = made;
  return made;
}

/** The client, once `connect` has resolved. */
export function client(): ConsoleClient {
  if (current === null) throw new Error("client() was used before connect()");
  return current;
}

/** Puts a stand-in client in place, for component tests. */
export function provideClient(standIn: ConsoleClient): void {
  current = standIn;
}

/** Live status of a store's mail servers, one entry a server, so that a row listens to its own server alone. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ServerStatus } from "../../shared/model/mail-server.ts";
import { unheard } from "../../shared/rules/health.ts";
import type { ConsoleClient } from "../host/client.ts";
import { currentConnection } from "../host/connection.ts";
import { followFeed } from "./feed.ts";

export interface StatusChange {
  readonly name: string;
  readonly from: ServerStatus["health"]["state"];
  readonly to: ServerStatus["health"]["state"];
}

export interface ServerStatusState {
  readonly byName: ReadonlyMap<string, ServerStatus>;
  /** Changes of state in the last event of the feed, for announcing; empty after an event without any. */
  readonly changes: readonly StatusChange[];
}

export type ServerStatusStore = StoreApi<ServerStatusState>;

/** The state before the feed's first event. */
export function createServerStatusStore(): ServerStatusStore {
  return createStore<ServerStatusState>(() => ({ byName: new Map(), changes: [] }));
}

/** Applies a change event: entries that are set or removed; others keep their identity. */
export function withChange(
  before: ServerStatusState,
  set: ReadonlyMap<string, ServerStatus>,
  removed: readonly string[],
): ServerStatusState {
  const byName = new Map(before.byName);
  const changes: StatusChange[] = [];
  for (const [name, status] of set) {
    const from = byName.get(name)?.health.state ?? "unchecked";
    if (from !== status.health.state) changes.push({ name, from, to: status.health.state });
    byName.set(name, status);
  }
  for (const name of removed) byName.delete(name);
  return { byName, changes: changes.length === 0 && before.changes.length === 0 ? before.changes : changes };
}

/** No state is shown as today's while main, who looks at the servers, is not heard. */
function withoutMain(before: ServerStatusState): ServerStatusState {
  const connection = currentConnection();
  if (connection.state === "open") return before;
  const byName = new Map([...before.byName].map(([name, status]) => [name, { ...status, health: unheard(status.health, connection.heardAt), activity: "idle" as const }]));
  return { byName, changes: [] };
}

/** Follows the status feed of an identity store until the returned function is called. */
export function followServerStatus(store: ServerStatusStore, storeId: string, client: Pick<ConsoleClient, "servers">): () => void {
  return followFeed<ServerStatus>((signal) => client.servers.watch({ storeId }, { signal }), {
    snapshot: (entries) => store.setState({ byName: entries, changes: [] }),
    change: (set, removed) => store.setState((before) => withChange(before, new Map(set), [...removed])),
    lost: () => store.setState(withoutMain),
  });
}

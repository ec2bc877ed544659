/** What main said at the start, and whether it can be heard. */
import { createStore } from "zustand/vanilla";
import type { Hello } from "../../shared/contract/app.ts";
import { currentConnection, onConnection, type Connection } from "../host/connection.ts";

export interface Session {
  /** Null until main said hello. */
  readonly hello: Hello | null;
  readonly connection: Connection;
  /** How often main was heard again after it was away. */
  readonly returns: number;
}

export const session = createStore<Session>(() => ({ hello: null, connection: currentConnection(), returns: 0 }));

/** Follows the connection. The returned function stops. */
export function startSession(hello: Hello): () => void {
  session.setState({ hello, connection: currentConnection() });
  return onConnection((connection) =>
    session.setState((before) => ({ connection, returns: before.returns + (connection.state === "open" && before.connection.state !== "open" ? 1 : 0) })),
  );
}

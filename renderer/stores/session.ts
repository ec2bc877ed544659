/** What main said at the start, and whether it can be heard. */
import { createStore } from "zustand/vanilla";
import type { Hello } from "../../shared/contract/app.ts";
import { currentConnection, onConnection, type Connection } from "../host/connection.ts";

export interface Session {
  /** Null until main said hello. */
  readonly hello: Hello | null;
  readonly connection: Connection;
}

export const session = createStore<Session>(() => ({ hello: null, connection: currentConnection() }));

/** Follows the connection. The returned function stops. */
export function startSession(hello: Hello): () => void {
  session.setState({ hello, connection: currentConnection() });
  return onConnection((connection) => session.setState({ connection }));
}

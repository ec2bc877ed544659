/** What main said at the start, and whether it can be heard. */
import { createStore } from "zustand/vanilla";
import type { Hello } from "../../shared/contract/app.ts";
import { currentConnection, onConnection, type Connection } from "../host/connection.ts";

export interface Session {
  /** Null until main said hello. */
  readonly hello: Hello | null;
  readonly connection: Connection;
  /** The browser's word on whether this machine has any network at all. */
  readonly networked: boolean;
}

export const session = createStore<Session>(() => ({ hello: null, connection: currentConnection(), networked: true }));

/** Follows the connection and the machine's network. The returned function stops. */
export function startSession(hello: Hello): () => void {
  const network = () => session.setState({ networked: navigator.onLine });
  const unsubscribe = onConnection((connection) => session.setState({ connection }));
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  session.setState({ hello, connection: currentConnection(), networked: navigator.onLine });
  return () => {
    unsubscribe();
    window.removeEventListener("online", network);
    window.removeEventListener("offline", network);
  };
}

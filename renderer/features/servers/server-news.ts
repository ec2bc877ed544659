/** Speaks changes of state to a screen reader, and nothing else: a check that changes nothing is silent. */
import { useEffect } from "react";
import type { ServerStatusStore, StatusChange } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";

/** More than so many changes at once are counted instead of named. */
const NAMED = 3;

/** What is said about changes of state; the first verdict on an unchecked server is only said when it is bad. */
export function announcement(changes: readonly StatusChange[]): string | null {
  const worth = changes.filter((change) => change.from !== "unchecked" || change.to === "offline");
  if (worth.length === 0) return null;
  if (worth.length > NAMED) return say("servers.announce-many", { count: worth.length });
  return worth.map((change) => say("servers.announce-one", { server: change.name, state: say(`servers.state-${change.to}`) })).join(". ");
}

/** Speaks while the list of servers stands. */
export function useServerNews(status: ServerStatusStore): void {
  useEffect(
    () =>
      status.subscribe((state, before) => {
        if (state.changes === before.changes) return;
        const next = announcement(state.changes);
        if (next !== null) announce(next);
      }),
    [status],
  );
}

/** What the list of servers can be narrowed down to: state, version and site. */
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import type { GridFilter } from "../../ui/grid/types.ts";
import { say } from "../../text/text.ts";
import { versionOf, type ServerRow } from "./server-columns.tsx";

type State = ServerStatus["health"]["state"];

const STATES = {
  online: say("servers.state-online"),
  unstable: say("servers.state-unstable"),
  offline: say("servers.state-offline"),
  unknown: say("servers.state-unknown"),
  unchecked: say("servers.state-unchecked"),
} as const satisfies Record<State, string>;

const stateWords: Readonly<Record<string, string>> = STATES;

function orNone(value: string): string {
  return value === "" ? say("servers.detail-none") : value;
}

export function serverFilters(provider: string, status: ServerStatusStore): readonly GridFilter<ServerRow>[] {
  return [
    {
      id: "state",
      title: say("servers.column-status"),
      valueOf: ({ id }) => status.getState().byName.get(id)?.health.state ?? "unchecked",
      words: (value) => stateWords[value] ?? value,
      watch: (changed) =>
        status.subscribe((now, before) => {
          if (now.byName !== before.byName) changed();
        }),
    },
    {
      id: "version",
      title: say("servers.column-version"),
      valueOf: ({ entry }) => versionOf(provider, entry),
      words: orNone,
    },
    { id: "site", title: say("servers.column-site"), valueOf: ({ entry }) => entry.site ?? "", words: orNone },
  ];
}

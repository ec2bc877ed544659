/** The page of the grid benchmark: 1,000 rows of our grid, or the same rows and cells in Fluent's DataGrid, and ticks for them. */
import {
  Checkbox,
  createTableColumn,
  DataGrid,
  DataGridBody,
  DataGridCell,
  DataGridHeader,
  DataGridHeaderCell,
  DataGridRow,
  FluentProvider,
  webLightTheme,
} from "@fluentui/react-components";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { useStore } from "zustand";
import { CertificateCell, LatencyCell, SinceCell, sinceOf, StatusCell, TimeCell } from "../../renderer/features/servers/server-cells.tsx";
import { ServerGrid } from "../../renderer/features/servers/server-grid.tsx";
import { createServerStatusStore, withChange } from "../../renderer/stores/server-status.ts";
import type { ServerEntry, ServerStatus } from "../../shared/model/mail-server.ts";

const ROWS = 1000;
/** Servers a tick changes: what a sweep of 1,000 servers every 30 seconds answers in one second. */
const CHANGED = 33;
const START = 1_700_000_000_000;

const servers: readonly ServerEntry[] = Array.from({ length: ROWS }, (_, index) => ({
  name: `ex${String(index).padStart(4, "0")}.contoso.lab`,
  version: "2016",
  build: "15.1.2507.6",
  roles: ["mailbox"],
  site: "HQ",
  ticked: index % 2 === 0,
  priority: index % 2 === 0 ? index / 2 + 1 : null,
  vanished: false,
}));

function statusAt(name: string, step: number): ServerStatus {
  const at = START + step * 1000;
  return {
    name,
    inForce: true,
    health: { state: "online", since: START, ms: 10 + (step % 40), depth: "health-check" },
    activity: "idle",
    history: Array.from({ length: 30 }, (_, index) => ({ at: at - index, ms: 5 + ((step + index) % 40) })),
    certificateExpiresAt: START + 40 * 86_400_000,
    lastCheckAt: at,
    nextCheckAt: at + 30_000,
    lastCheck: null,
    probed: null,
  };
}

const status = createServerStatusStore();
status.setState({ byName: new Map(servers.map(({ name }) => [name, statusAt(name, 0)])) });

const nothing = () => undefined;
const actions = { tick: nothing, setPriority: nothing, move: nothing, explain: nothing };
const menuOf = () => [];

interface Item {
  readonly entry: ServerEntry;
  readonly live: ServerStatus | undefined;
}

const column = (columnId: string, renderCell: (item: Item) => React.ReactNode) =>
  createTableColumn<Item>({ columnId, renderHeaderCell: () => columnId, renderCell });
const columns = [
  column("Use", ({ entry }) => <Checkbox checked={entry.ticked} aria-label={entry.name} onChange={nothing} />),
  column("Priority", ({ entry }) => <input aria-label={`Priority of ${entry.name}`} value={entry.priority ?? "–"} onChange={nothing} />),
  column("Server name", ({ entry }) => entry.name),
  column("Status", ({ entry, live }) => <StatusCell entry={entry} status={live} tabIndex={0} onExplain={nothing} />),
  column("Latency", ({ live }) => <LatencyCell status={live} />),
  column("Since", ({ live }) => <SinceCell since={sinceOf(live)} />),
  column("Certificate", ({ live }) => <CertificateCell expiresAt={live?.certificateExpiresAt ?? null} />),
  column("Version", ({ entry }) => entry.version),
  column("Last check", ({ live }) => <TimeCell at={live?.lastCheckAt ?? null} />),
  column("Next check", ({ live }) => <TimeCell at={live?.nextCheckAt ?? null} />),
];

function Peer() {
  const byName = useStore(status, (state) => state.byName);
  const items = servers.map((entry): Item => ({ entry, live: byName.get(entry.name) }));
  return (
    <DataGrid items={items} columns={columns} getRowId={(item: Item) => item.entry.name}>
      <DataGridHeader>
        <DataGridRow>{({ renderHeaderCell }) => <DataGridHeaderCell>{renderHeaderCell()}</DataGridHeaderCell>}</DataGridRow>
      </DataGridHeader>
      <DataGridBody<Item>>
        {({ item, rowId }) => <DataGridRow<Item> key={rowId}>{({ renderCell }) => <DataGridCell>{renderCell(item)}</DataGridCell>}</DataGridRow>}
      </DataGridBody>
    </DataGrid>
  );
}

/** Milliseconds of each tick from the change to the finished layout, with the grid of that name on the page. */
function measure(which: "ours" | "peer", ticks: number): readonly number[] {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  const grid = which === "ours" ? <ServerGrid storeId="bench" provider="exchange" servers={servers} status={status} disabled={false} actions={actions} menuOf={menuOf} /> : <Peer />;
  flushSync(() => root.render(<FluentProvider theme={webLightTheme}>{grid}</FluentProvider>));
  const times: number[] = [];
  for (let step = 1; step <= ticks; step += 1) {
    const set = new Map(
      Array.from({ length: CHANGED }, (_, index) => {
        const name = servers[(step + index * Math.floor(ROWS / CHANGED)) % ROWS]?.name ?? "";
        return [name, statusAt(name, step)] as const;
      }),
    );
    const started = performance.now();
    flushSync(() => status.setState((before) => withChange(before, set, [])));
    document.body.getBoundingClientRect();
    times.push(performance.now() - started);
  }
  root.unmount();
  place.remove();
  return times;
}

Object.assign(window, { measure });

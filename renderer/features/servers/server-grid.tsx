/** Server Status & Priority: a change of state never changes the order of rows or the focus. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { Grid } from "../../ui/grid/grid.tsx";
import type { RowAction } from "../../ui/grid/types.ts";
import { say } from "../../text/text.ts";
import { useColumnWidths } from "../use-column-widths.ts";
import { serverColumns, type ServerActions, type ServerRow } from "./server-columns.tsx";
import { ServerDetails } from "./server-details.tsx";
import { serverFilters } from "./server-filters.ts";
import { createTypedPriorities } from "./typed-priorities.ts";

const BY_NAME = { column: "server", descending: false };
const ROW_HEIGHT = 45;
/** What the page has above and below its servers, in pixels. */
const BESIDES = 420;

export interface ServerGridProps {
  readonly storeId: string;
  readonly provider: string;
  readonly servers: readonly ServerEntry[];
  readonly status: ServerStatusStore;
  readonly disabled: boolean;
  /** Must keep its identity between renders. */
  readonly actions: ServerActions;
  /** What the menu of a server's row offers. Must keep its identity. */
  readonly menuOf: (name: string) => readonly RowAction[];
}

/** Names whose details are shown. */
function useExpanded(): readonly [ReadonlySet<string>, (name: string) => void] {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((name: string) => {
    setExpanded((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  }, []);
  return [expanded, toggle];
}

export function ServerGrid({ storeId, provider, servers, status, disabled, actions, menuOf }: ServerGridProps) {
  const [expanded, toggle] = useExpanded();
  const [typed] = useState(createTypedPriorities);
  const { widths, setWidths } = useColumnWidths("servers");
  const rows = useMemo(() => {
    const ticked = servers.filter((entry) => entry.ticked).length;
    return servers.map((entry): ServerRow => ({ id: entry.name, entry, last: entry.priority === ticked, expanded: expanded.has(entry.name) }));
  }, [servers, expanded]);
  const columns = useMemo(
    () => serverColumns({ provider, status, disabled, actions, typed, onToggle: toggle }),
    [provider, status, disabled, actions, typed, toggle],
  );
  const filters = useMemo(() => serverFilters(provider, status), [provider, status]);
  const details = useCallback(
    ({ entry, expanded: open }: ServerRow) => (open ? <ServerDetails provider={provider} entry={entry} status={status} /> : null),
    [provider, status],
  );
  const menu = useCallback(({ id }: ServerRow) => menuOf(id), [menuOf]);
  const menuLabel = useCallback(({ id }: ServerRow) => say("servers.actions-of", { server: id }), []);
  const onRowKey = (event: KeyboardEvent, name: string) => {
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (!vertical || !event.altKey || !event.shiftKey) return false;
    const ticked = servers.some((entry) => entry.name === name && entry.ticked);
    if (!disabled && ticked) actions.move(name, event.key === "ArrowUp" ? "up" : "down");
    return true;
  };

  // A page that is left is an entry that is left; before the editor ends, whose own clean-up comes after the layout's.
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => () => typed.finish((name, priority) => latest.current.setPriority(name, priority)), [typed]);

  return (
    <Grid
      listId={`servers/${storeId}/${provider}`}
      label={say("servers.title")}
      searchLabel={say("servers.search")}
      columns={columns}
      rows={rows}
      sortedBy={BY_NAME}
      filters={filters}
      rowHeight={ROW_HEIGHT}
      besides={BESIDES}
      details={details}
      actions={menu}
      actionsLabel={menuLabel}
      editColumn="priority"
      onRowKey={onRowKey}
      widths={widths}
      onWidths={setWidths}
    />
  );
}

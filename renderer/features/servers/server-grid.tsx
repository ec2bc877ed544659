/** Server Status & Priority: rows in a fixed order by name; a change of state never moves a row or the focus. */
import { Table, TableBody, TableHeader, TableHeaderCell, TableRow, mergeClasses } from "@fluentui/react-components";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { UnseenHeaderCell } from "./grid-cell.tsx";
import { useGridStyles } from "./grid-layout.ts";
import { useGridKeys } from "./grid-keys.ts";
import { ServerRow, type RowActions } from "./server-row.tsx";

/** From this many rows on, only those near the screen exist. */
const VIRTUAL_FROM = 100;
const ROW_HEIGHT = 45;

export interface ServerGridProps {
  readonly provider: string;
  readonly servers: readonly ServerEntry[];
  readonly status: ServerStatusStore;
  readonly disabled: boolean;
  /** Must keep its identity between renders. */
  readonly actions: Omit<RowActions, "toggleDetails">;
}

export function ServerGrid({ provider, servers, status, disabled, actions }: ServerGridProps) {
  const styles = useGridStyles();
  const [descending, setDescending] = useState(false);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => servers.toSorted((a, b) => (descending ? -1 : 1) * a.name.localeCompare(b.name)),
    [servers, descending],
  );
  const ticked = servers.reduce((count, entry) => count + (entry.ticked ? 1 : 0), 0);
  const virtual = rows.length > VIRTUAL_FROM;

  const toggleDetails = useCallback((name: string) => {
    setExpanded((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  }, []);
  const rowActions = useMemo<RowActions>(() => ({ ...actions, toggleDetails }), [actions, toggleDetails]);

  // The library's answer changes without React knowing; nothing memoised is made from it.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.name ?? index,
    overscan: 6,
  });
  const onKeyDown = useGridKeys({
    rows,
    disabled,
    actions,
    reveal: (index) => virtual && virtualizer.scrollToIndex(index, { align: "auto" }),
  });

  const row = (entry: ServerEntry, index: number) => (
    <ServerRow
      key={entry.name}
      provider={provider}
      entry={entry}
      index={index}
      ticked={ticked}
      expanded={expanded.has(entry.name)}
      disabled={disabled}
      status={status}
      actions={rowActions}
      styles={styles}
    />
  );

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={mergeClasses(styles.scroller, virtual && styles.tall)}>
        <Table
          noNativeElements
          role="grid"
          aria-label={say("servers.title")}
          aria-rowcount={rows.length + 1}
          className={styles.table}
          onKeyDown={onKeyDown}
        >
          <GridHeader descending={descending} onSort={() => setDescending((before) => !before)} />
          <TableBody style={virtual ? { height: virtualizer.getTotalSize(), position: "relative" } : undefined}>
            {virtual
              ? virtualizer.getVirtualItems().map((item) => {
                  const entry = rows[item.index];
                  return entry === undefined ? null : (
                    <div
                      key={item.key}
                      role="presentation"
                      data-index={item.index}
                      ref={virtualizer.measureElement}
                      style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${item.start}px)` }}
                    >
                      {row(entry, item.index)}
                    </div>
                  );
                })
              : rows.map(row)}
          </TableBody>
        </Table>
      </div>
    </div>
  );
}

const PRIMARY = ["tick", "priority"] as const;
const LIVE = ["latency", "since"] as const;
const SECONDARY = ["certificate", "version", "last-check", "next-check"] as const;

function GridHeader({ descending, onSort }: { readonly descending: boolean; readonly onSort: () => void }) {
  const styles = useGridStyles();
  return (
    <TableHeader className={styles.header}>
      <TableRow className={styles.columns} aria-rowindex={1}>
        {PRIMARY.map((column) => (
          <TableHeaderCell key={column} className={styles.headerCell}>
            {say(`servers.column-${column}`)}
          </TableHeaderCell>
        ))}
        <TableHeaderCell className={styles.headerCell} sortable sortDirection={descending ? "descending" : "ascending"} onClick={onSort}>
          {say("servers.column-server")}
        </TableHeaderCell>
        <TableHeaderCell className={styles.headerCell}>{say("servers.column-status")}</TableHeaderCell>
        {LIVE.map((column) => (
          <TableHeaderCell key={column} className={mergeClasses(styles.headerCell, styles.live)}>
            {say(`servers.column-${column}`)}
          </TableHeaderCell>
        ))}
        {SECONDARY.map((column) => (
          <TableHeaderCell key={column} className={mergeClasses(styles.headerCell, styles.secondary)}>
            {say(`servers.column-${column}`)}
          </TableHeaderCell>
        ))}
        <UnseenHeaderCell className={styles.headerCell}>{say("servers.column-actions")}</UnseenHeaderCell>
      </TableRow>
    </TableHeader>
  );
}

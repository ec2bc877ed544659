/**
 * A list of any length: the grid pattern of the ARIA Authoring Practices with one Tab stop, search, filters, order, and columns
 * whose widths can be set. What was done with it is remembered by `listId` for as long as the page stands.
 */
import { Button, mergeClasses } from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons";
import type { VirtualItem } from "@tanstack/react-virtual";
import { Suspense, useCallback, useEffect, useMemo, useReducer, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { say } from "../../text/text.ts";
import { EmptyState } from "../empty-state.tsx";
import { later } from "../later.ts";
import { useShortcut } from "../use-shortcut.ts";
import { EVERYTHING, isEverything, matching, sorted } from "./arrange.ts";
import { GridBody, isLong } from "./grid-body.tsx";
import { GridHeader } from "./grid-header.tsx";
import { useGridStyles } from "./grid-styles.ts";
import { GridTools } from "./grid-tools.tsx";
import type { ColumnWidths, GridColumn, GridFilter, GridRow, Query, RowAction, Sort } from "./types.ts";
import { useColumnWidths } from "./use-column-widths.ts";
import { useGridKeys } from "./use-grid-keys.ts";
import { useListState } from "./use-list-state.ts";
import { HEADER_ROW, stopOf, usePlaces } from "./use-places.ts";
import { stackedBelow, useRoom } from "./use-room.ts";

const RowMenu = later(async () => (await import("./row-menu.tsx")).RowMenu);

const NO_FILTERS: readonly GridFilter<GridRow>[] = [];

export interface GridProps<Row extends GridRow> {
  /** What the list is remembered by. */
  readonly listId: string;
  readonly label: string;
  readonly searchLabel: string;
  /** Must keep their identity while they stay the same: every cell is drawn again when they change. */
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly sortedBy: Sort;
  /** Must keep their identity. */
  readonly filters?: readonly GridFilter<Row>[];
  /** What a row is taken for, in pixels, before it was measured. */
  readonly rowHeight: number;
  /** Height of everything else in the window, in pixels: the grid scrolls in what is left. */
  readonly besides: number;
  /** What is shown below a row's cells; null for a row that shows nothing. Must keep its identity. */
  details?(row: Row): ReactNode;
  /** What can be done with a row, asked when its menu opens; absent where nothing can. Must keep its identity. */
  actions?(row: Row): readonly RowAction[];
  /** The name of the button that opens a row's menu. Must keep its identity. */
  actionsLabel?(row: Row): string;
  /** The column that F2 edits from anywhere in a row. */
  readonly editColumn?: string;
  /** Keys of the list's own; answers whether the key was one. */
  readonly onRowKey?: (event: KeyboardEvent, rowId: string) => boolean;
  readonly widths: ColumnWidths;
  readonly onWidths: (widths: ColumnWidths) => void;
}

/** Another list is another grid: nothing of the one goes over to the other. */
export function Grid<Row extends GridRow>(props: GridProps<Row>) {
  return <List key={props.listId} {...props} />;
}

function List<Row extends GridRow>(props: GridProps<Row>) {
  const { listId, label, searchLabel, rows, filters = NO_FILTERS, rowHeight, besides, details = nothingBelow, actions, actionsLabel } = props;
  const styles = useGridStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ readonly rowId: string; readonly target: HTMLElement } | null>(null);
  const openMenu = useCallback((rowId: string, target: HTMLElement) => setMenu({ rowId, target }), []);
  const all = useMemo(
    (): readonly GridColumn<Row>[] => (actionsLabel === undefined ? props.columns : [...props.columns, actionsColumn<Row>(actionsLabel, openMenu)]),
    [props.columns, actionsLabel, openMenu],
  );
  const room = useRoom(scroller, all);
  const columns = useMemo(() => (room === null ? [] : all.filter(({ from = 0 }) => from <= room)), [all, room]);
  const stacked = room !== null && room < stackedBelow(all);

  const state = useListState(listId, props.sortedBy);
  const { query, sort, kept, measured } = state;
  const keepMeasured = useCallback(
    (sizes: readonly VirtualItem[]) => {
      measured.current = sizes;
    },
    [measured],
  );
  const moment = useMoment(filters, query);
  const ordered = useMemo(() => sorted(rows, all, sort), [rows, all, sort]);
  const shown = useMemo(
    () => matching(ordered, all, filters, query, kept),
    // The filters' values changed meanwhile.
    // oxlint-disable-next-line react/exhaustive-deps
    [ordered, all, filters, query, kept, moment],
  );

  const stop = stopOf(state.place, shown, columns);
  const places = usePlaces({ grid, rows: shown, columns, stop, setPlace: state.setPlace });
  const widths = useColumnWidths({ columns, widths: props.widths, grid, onWidths: props.onWidths });
  const onKeyDown = useGridKeys({
    scroller,
    rows: shown,
    columns,
    rowHeight,
    places,
    editColumn: props.editColumn ?? null,
    onRowKey: props.onRowKey ?? noKey,
    onMenu: openMenu,
    onWiden: widths.step,
  });
  useRowFollowed(grid, ordered, stop.row, stop.index);
  const toSearch = () => tools.current?.querySelector("input")?.focus();
  useShortcut("Control+F", toSearch);

  const ask = (next: Query) => {
    state.ask(next);
    scroller.current?.scrollTo(0, 0);
  };
  const clear = () => {
    ask(EVERYTHING);
    toSearch();
  };
  const chosen = menu === null ? undefined : rows.find(({ id }) => id === menu.rowId);
  const nothing = shown.length === 0 && !isEverything(query);
  return (
    <div className={styles.root}>
      <GridTools
        searchLabel={searchLabel}
        rows={rows}
        shown={shown.length}
        filters={filters}
        query={query}
        tools={tools}
        onAsk={ask}
        onClear={clear}
        onLeave={() => places.go(stop.index < 0 ? stopOf(null, shown, columns) : { ...stop, entered: false })}
      />
      <div className={styles.frame}>
        <div
          ref={scroller}
          className={mergeClasses(styles.scroller, stacked && styles.stackedScroller, isLong(shown) && styles.longScroller)}
          style={besidesStyle(besides)}
          onScroll={({ currentTarget }) => {
            state.scrollTop.current = currentTarget.scrollTop;
          }}
        >
          <div
            ref={grid}
            role="grid"
            tabIndex={-1}
            aria-label={label}
            aria-rowcount={shown.length + 1}
            aria-colcount={columns.length}
            style={widths.style}
            onKeyDown={onKeyDown}
            onFocus={places.onFocus}
            onBlur={places.onBlur}
          >
            <GridHeader
              columns={columns}
              sort={sort}
              stop={stop.row === HEADER_ROW ? stop.column : null}
              stacked={stacked}
              onSort={state.sortBy}
              onDrag={widths.drag}
              onDrop={widths.drop}
            />
            {room !== null && (
              <GridBody
                scroller={scroller}
                rows={shown}
                columns={columns}
                rowHeight={rowHeight}
                stop={stop}
                arrival={state.arrival}
                stacked={stacked}
                details={details}
                scrolledBy={state.scrolledBy}
                measuredBefore={state.measuredBefore}
                onLeave={keepMeasured}
              />
            )}
          </div>
        </div>
      </div>
      {nothing && (
        <EmptyState title={say("ui.grid-nothing-title")} text={say("ui.grid-nothing-text")}>
          <Button onClick={clear}>{say("ui.grid-clear")}</Button>
        </EmptyState>
      )}
      <Suspense fallback={null}>
        {menu !== null && chosen !== undefined && actions !== undefined && (
          <RowMenu
            target={menu.target}
            actions={actions(chosen)}
            onClose={() => {
              setMenu(null);
              if (menu.target.isConnected) menu.target.focus();
              else places.goBack();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

function besidesStyle(pixels: number): CSSProperties & Record<"--grid-besides", string> {
  return { "--grid-besides": `${pixels}px` };
}

function nothingBelow(): null {
  return null;
}

function noKey(): boolean {
  return false;
}

function actionsColumn<Row extends GridRow>(label: (row: Row) => string, onOpen: (rowId: string, target: HTMLElement) => void): GridColumn<Row> {
  return {
    id: "actions",
    title: say("ui.grid-actions"),
    unseen: true,
    width: 32,
    holds: "control",
    cell: (row, tabIndex) => <MoreButton label={label(row)} tabIndex={tabIndex} onOpen={(target) => onOpen(row.id, target)} />,
  };
}

interface MoreButtonProps {
  readonly label: string;
  readonly tabIndex: 0 | -1;
  readonly onOpen: (target: HTMLElement) => void;
}

function MoreButton({ label, tabIndex, onOpen }: MoreButtonProps) {
  const styles = useGridStyles();
  return (
    <Button
      className={styles.more}
      appearance="subtle"
      size="small"
      icon={<MoreHorizontalRegular />}
      tabIndex={tabIndex}
      aria-label={label}
      aria-haspopup="menu"
      onClick={(event) => onOpen(event.currentTarget)}
    />
  );
}

/** Counts the moments at which a filter that is set may have other values than before. */
function useMoment(filters: readonly GridFilter<GridRow>[], { chosen }: Query): number {
  const [moment, next] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = filters.filter(({ id }) => (chosen[id] ?? []).length > 0).map((filter) => filter.watch?.(next));
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [filters, chosen]);
  return moment;
}

/** A row that another order puts elsewhere takes the sight with it while it has the focus. Rows that come and go by themselves do not. */
function useRowFollowed(grid: RefObject<HTMLElement | null>, ordered: readonly GridRow[], row: string, index: number): void {
  const before = useRef({ ordered, row, index });
  useEffect(() => {
    const { current: old } = before;
    before.current = { ordered, row, index };
    const moved = old.ordered !== ordered && old.row === row && old.index !== index;
    if (moved && grid.current?.contains(document.activeElement)) document.activeElement?.scrollIntoView({ block: "nearest" });
  }, [grid, ordered, row, index]);
}

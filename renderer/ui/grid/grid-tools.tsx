/** Above a grid: what is searched for, what is let through, and how much of the list that leaves. */
import { Button, SearchBox } from "@fluentui/react-components";
import { FilterRegular } from "@fluentui/react-icons";
import { Suspense, useEffect, useRef, useState, type RefObject } from "react";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { announce } from "../announce.ts";
import { later } from "../later.ts";
import { isEverything } from "./arrange.ts";
import { useGridStyles } from "./grid-styles.ts";
import type { GridFilter, GridRow, Query } from "./types.ts";

const FilterMenu = later(async () => (await import("./filter-menu.tsx")).FilterMenu);

/** How long a search or a filter rests before its outcome is said, in milliseconds: once, not at every letter. */
const SAID_AFTER_MS = 700;

interface GridToolsProps {
  readonly searchLabel: string;
  readonly rows: readonly GridRow[];
  readonly shown: number;
  readonly filters: readonly GridFilter<GridRow>[];
  readonly query: Query;
  readonly tools: RefObject<HTMLDivElement | null>;
  readonly onAsk: (query: Query) => void;
  readonly onClear: () => void;
  /** The person goes on from the search into the rows. */
  readonly onLeave: () => void;
}

export function GridTools({ searchLabel, rows, shown, filters, query, tools, onAsk, onClear, onLeave }: GridToolsProps) {
  const styles = useGridStyles();
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const total = rows.length;
  const set = Object.values(query.chosen).reduce((count, values) => count + values.length, 0);
  const narrowed = !isEverything(query);
  useOutcomeSaid(query, shown, total);
  return (
    <div ref={tools} className={styles.tools}>
      <SearchBox
        className={styles.search}
        aria-label={searchLabel}
        placeholder={searchLabel}
        value={query.search}
        onChange={(_event, data) => onAsk({ ...query, search: data.value })}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" || shown === 0) return;
          event.preventDefault();
          onLeave();
        }}
      />
      {filters.length > 0 && (
        <Button icon={<FilterRegular />} aria-haspopup="menu" aria-expanded={menu !== null} onClick={(event) => setMenu(event.currentTarget)}>
          {set === 0 ? say("ui.grid-filter") : say("ui.grid-filter-set", { values: set })}
        </Button>
      )}
      {narrowed && <span className={styles.count}>{shownInWords(shown, total)}</span>}
      {narrowed && shown > 0 && (
        <Button appearance="subtle" onClick={onClear}>
          {say("ui.grid-clear")}
        </Button>
      )}
      <Suspense fallback={null}>
        {menu !== null && (
          <FilterMenu
            target={menu}
            rows={rows}
            filters={filters}
            chosen={query.chosen}
            onChoose={(chosen) => onAsk({ ...query, chosen })}
            onClose={() => {
              setMenu(null);
              menu.focus();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

function shownInWords(shown: number, total: number): string {
  return say("ui.grid-shown", { shown: formatCount(shown), total: formatCount(total) });
}

/** Says what a search or a filter left, once it rests. What the list does by itself, such as a server going Offline, is not said here. */
function useOutcomeSaid(query: Query, shown: number, total: number): void {
  const latest = useRef({ shown, total });
  useEffect(() => {
    latest.current = { shown, total };
  });
  const first = useRef(query);
  useEffect(() => {
    if (first.current === query) return undefined;
    const timer = setTimeout(() => announce(shownInWords(latest.current.shown, latest.current.total)), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [query]);
}

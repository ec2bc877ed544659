/** What a person did with a list: search, filters, order and place. It outlives the component. */
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { VirtualItem } from "@tanstack/react-virtual";
import { EVERYTHING } from "./arrange.ts";
import { forgetOpened, keepMemory, memoryOf, openedRow, type Place } from "./list-memory.ts";
import type { Query, Sort } from "./types.ts";

interface State {
  readonly query: Query;
  readonly sort: Sort;
  /** Null until the grid had the focus. */
  readonly place: Place | null;
  /** The row that is shown whatever the filters let through: the one last used, since the filters were set. */
  readonly kept: string | null;
}

export interface ListState extends State {
  /** Where and with which heights the list was left. */
  readonly scrolledBy: number;
  readonly measuredBefore: readonly VirtualItem[];
  /** To be kept equal to where the list is scrolled to, and to what it measured. */
  readonly scrollTop: RefObject<number>;
  readonly measured: RefObject<readonly VirtualItem[]>;
  /** The row that the person comes back from; null when they come from elsewhere. */
  readonly arrival: string | null;
  readonly ask: (query: Query) => void;
  /** A column again is the other way round. */
  readonly sortBy: (column: string) => void;
  readonly setPlace: (place: Place) => void;
}

const NOTHING: readonly VirtualItem[] = [];

function isSamePlace(one: Place | null, other: Place): boolean {
  return one !== null && one.row === other.row && one.index === other.index && one.column === other.column && one.entered === other.entered;
}

export function useListState(listId: string, sortedBy: Sort): ListState {
  const [before] = useState(() => memoryOf(listId));
  const [arrival] = useState(() => openedRow(listId));
  const [state, setState] = useState<State>(() => {
    const { query = EVERYTHING, sort = sortedBy, place = null } = before ?? {};
    const here = arrival === null || place?.row === arrival ? place : { index: 0, column: "", ...place, row: arrival };
    return { query, sort, place: here === null ? null : { ...here, entered: false }, kept: arrival };
  });
  const { scrollTop: scrolledBy = 0, measured: measuredBefore = NOTHING } = before ?? {};
  const scrollTop = useRef(scrolledBy);
  const measured = useRef(measuredBefore);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  useEffect(() => {
    forgetOpened(listId);
    // The newest of both, at the time the list is left.
    const remember = () => {
      const { query, sort, place } = latest.current;
      keepMemory(listId, { query, sort, place, scrollTop: scrollTop.current, measured: measured.current });
    };
    return remember;
  }, [listId]);

  const ask = useCallback((query: Query) => setState((now) => ({ ...now, query, kept: null })), []);
  const sortBy = useCallback(
    (column: string) => setState((now) => ({ ...now, sort: { column, descending: now.sort.column === column && !now.sort.descending } })),
    [],
  );
  const setPlace = useCallback(
    (place: Place) => setState((now) => (isSamePlace(now.place, place) && now.kept === place.row ? now : { ...now, place, kept: place.row })),
    [],
  );
  return { ...state, scrolledBy, measuredBefore, scrollTop, measured, arrival, ask, sortBy, setPlace };
}

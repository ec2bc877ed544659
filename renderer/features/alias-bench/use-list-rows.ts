/** Rows of a judged list, a page at a time, by filter and search. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { AliasListFilter, AliasListRow } from "../../../shared/model/alias-list.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";

const PAGE = 100;
/** A search is asked once the typing rests, in milliseconds. */
const REST_MS = 250;

interface Loaded {
  readonly rows: readonly AliasListRow[];
  readonly next: number | null;
  readonly fault: Fault | null;
}

export interface ListRows extends Loaded {
  /** False before the first page. */
  readonly loaded: boolean;
  readonly more: () => void;
}

export function useListRows(list: string, filter: AliasListFilter, search: string): ListRows {
  const [state, setState] = useState<Loaded | null>(null);
  const asking = useRef<AbortController | null>(null);
  const load = useCallback(
    async (from: number) => {
      asking.current?.abort();
      const { signal } = (asking.current = new AbortController());
      const page = await ask(() => client().aliases.listPage({ list, filter, search, from, most: PAGE }, { signal }), signal);
      if (signal.aborted) return;
      setState((before) => {
        const kept = from === 0 ? [] : (before?.rows ?? []);
        return page.ok ? { rows: [...kept, ...page.value.rows], next: page.value.next, fault: null } : { rows: kept, next: before?.next ?? null, fault: page.fault };
      });
    },
    [list, filter, search],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load(0), search === "" ? 0 : REST_MS);
    return () => {
      clearTimeout(timer);
      asking.current?.abort();
    };
  }, [load, search]);
  const { rows, next, fault } = state ?? { rows: [], next: null, fault: null };
  return { rows, next, fault, loaded: state !== null, more: () => void (next !== null && load(next)) };
}

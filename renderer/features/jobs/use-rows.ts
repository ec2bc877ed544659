/** Rows of a plan or of a run, a page at a time, by what is chosen and searched. What was asked for last counts. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";

export const PAGE = 100;
/** A search is asked once the typing rests, in milliseconds. */
const REST_MS = 250;

export interface RowsQuestion {
  readonly search: string;
  readonly from: number;
  readonly most: number;
}

interface Loaded<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly fault: Fault | null;
}

export interface ShownRows<Row> extends Loaded<Row> {
  /** False before the first page. */
  readonly loaded: boolean;
  readonly more: () => void;
}

/** `of` names what the rows are of: another one begins anew. */
export function useRows<Row>(of: string, search: string, question: (page: RowsQuestion, signal: AbortSignal) => Promise<Result<{ readonly rows: readonly Row[]; readonly total: number }>>): ShownRows<Row> {
  const [state, setState] = useState<(Loaded<Row> & { readonly of: string }) | null>(null);
  const asking = useRef<AbortController | null>(null);
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  });
  const load = useCallback(
    async (from: number) => {
      asking.current?.abort();
      const { signal } = (asking.current = new AbortController());
      const page = await ask(() => latest.current({ search: search.trim(), from, most: PAGE }, signal), signal);
      if (signal.aborted) return;
      setState((before) => {
        const kept = from === 0 || before?.of !== of ? [] : before.rows;
        return page.ok ? { of, rows: [...kept, ...page.value.rows], total: page.value.total, fault: null } : { of, rows: kept, total: before?.total ?? 0, fault: page.fault };
      });
    },
    [of, search],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load(0), search === "" ? 0 : REST_MS);
    return () => {
      clearTimeout(timer);
      asking.current?.abort();
    };
  }, [load, search]);
  const shown = state?.of === of ? state : null;
  return { rows: shown?.rows ?? [], total: shown?.total ?? 0, fault: shown?.fault ?? null, loaded: shown !== null, more: () => void load(shown?.rows.length ?? 0) };
}

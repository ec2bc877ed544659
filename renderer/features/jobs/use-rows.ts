/** Rows of a plan or of a run, as far as somebody has asked for them, by what is chosen and searched. What was asked for last counts. */
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { askAgain, type AskedAgain, type AskedFor } from "./ask-again.ts";
import { rowsUpTo, type RowPage, type RowPlace } from "./row-pages.ts";

const PAGE = 100;
/** A search is asked once the typing rests, in milliseconds. */
const REST_MS = 250;

type Question<Row> = (page: RowPlace & { readonly search: string }, signal: AbortSignal) => Promise<Result<RowPage<Row>>>;

export interface ShownRows<Row> extends RowPage<Row> {
  readonly fault: Fault | null;
  /** False before the first page. */
  readonly loaded: boolean;
  /** Who the rows were asked for last. */
  readonly askedFor: AskedFor;
  readonly more: () => void;
}

/** Rows that are as they were keep their identity, so that only others are drawn again. */
function withKept<Row extends { readonly row: number }>(rows: readonly Row[], before: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.row, row]));
  return rows.map((row) => {
    const same = known.get(row.row);
    return same !== undefined && JSON.stringify(same) === JSON.stringify(row) ? same : row;
  });
}

/** `of` names what the rows are of: another one begins anew. Another `version` has what is shown asked for again, as far as it goes. */
export function useRows<Row extends { readonly row: number }>({ of, version, search }: { readonly of: string; readonly version: string; readonly search: string }, question: Question<Row>): ShownRows<Row> {
  const [state, setState] = useState<(Omit<ShownRows<Row>, "loaded" | "more"> & { readonly of: string; readonly search: string }) | null>(null);
  const asked = useRef<AskedAgain | null>(null);
  const most = useRef(PAGE);
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  });
  useEffect(() => {
    most.current = PAGE;
    const again = askAgain<RowPage<Row>>({
      question: (signal) => rowsUpTo((place) => latest.current({ search: search.trim(), ...place }, signal), most.current),
      take: (answer, askedFor) =>
        setState((before) => {
          // What was shown passed another filter, or another search.
          const kept = before?.of === of && before.search === search ? before : { rows: [], total: 0 };
          const page = answer.ok ? { rows: withKept(answer.value.rows, kept.rows), total: answer.value.total, fault: null } : { rows: kept.rows, total: kept.total, fault: answer.fault };
          return { of, search, askedFor, ...page };
        }),
    });
    asked.current = again;
    const timer = setTimeout(again.now, search === "" ? 0 : REST_MS);
    return () => {
      clearTimeout(timer);
      again.stop();
    };
  }, [of, search]);
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    asked.current?.soon();
  }, [version]);
  const shown = state?.of === of ? state : null;
  const more = () => {
    most.current = (shown?.rows.length ?? 0) + PAGE;
    asked.current?.now();
  };
  return { rows: shown?.rows ?? [], total: shown?.total ?? 0, fault: shown?.fault ?? null, loaded: shown !== null, askedFor: shown?.askedFor ?? "person", more };
}

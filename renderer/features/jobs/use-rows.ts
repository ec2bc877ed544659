/** Rows of a plan or of a run, as far as somebody has asked for them, by what is chosen and searched. What was asked for last counts. */
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { askAgain, type AskedAgain, type AskedFor } from "./ask-again.ts";

const PAGE = 100;
/** The most of one question, by the contract. */
export const MOST = 200;
/** A search is asked once the typing rests, in milliseconds. */
const REST_MS = 250;

interface RowsQuestion {
  readonly search: string;
  readonly from: number;
  readonly most: number;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

type Question<Row> = (page: RowsQuestion, signal: AbortSignal) => Promise<Result<Page<Row>>>;

export interface ShownRows<Row> extends Page<Row> {
  readonly fault: Fault | null;
  /** False before the first page. */
  readonly loaded: boolean;
  /** Who the rows were asked for last. */
  readonly askedFor: AskedFor;
  readonly more: () => void;
}

interface Wanted<Row> {
  readonly question: Question<Row>;
  readonly search: string;
  readonly most: number;
  readonly signal: AbortSignal;
}

/** The rows from the first one on. One that moves between two questions, because others changed, comes once. */
async function asFarAs<Row extends { readonly row: number }>({ question, search, most, signal }: Wanted<Row>): Promise<Result<Page<Row>>> {
  const rows = new Map<number, Row>();
  for (let from = 0; ; ) {
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const page = await question({ search, from, most: Math.min(MOST, most - from) }, signal);
    if (!page.ok) return page;
    for (const row of page.value.rows) rows.set(row.row, row);
    from += page.value.rows.length;
    const { total } = page.value;
    if (page.value.rows.length === 0 || from >= Math.min(most, total)) return succeed({ rows: [...rows.values()], total });
  }
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
    const again = askAgain<Page<Row>>({
      question: (signal) => asFarAs({ question: latest.current, search: search.trim(), most: most.current, signal }),
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

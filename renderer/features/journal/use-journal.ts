/** The newest entries of the journal, live, and older ones a page at a time. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { JournalPage, JournalQuestion } from "../../../shared/contract/mail-objects.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { JournalState } from "../../../shared/model/mail-object.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { followFeed } from "../../stores/feed.ts";

const PAGE = 50;
/** The most entries of one question, by the contract. */
export const MOST = 200;

export interface JournalFilter {
  readonly store: string;
  readonly state: JournalState | null;
  readonly run: string;
  readonly search: string;
}

export function questionOf({ store, state, run, search }: JournalFilter, before: string | null, most: number): JournalQuestion {
  return { storeId: store === "" ? null : store, run: run === "" ? null : run, states: state === null ? [] : [state], search, before, most };
}

export interface Journal {
  /** Null before the first answer. */
  readonly page: JournalPage | null;
  readonly fault: Fault | null;
  readonly more: () => void;
}

/** Entries change where they stand, so what is shown is asked for again as far as it goes. */
export function useJournal(filter: JournalFilter): Journal {
  const { store, state, run, search } = filter;
  const [page, setPage] = useState<JournalPage | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const asking = useRef(new AbortController());
  const shown = useRef(PAGE);
  const answered = useRef(false);
  const load = useCallback(async () => {
    asking.current.abort();
    const { signal } = (asking.current = new AbortController());
    const entries: JournalPage["entries"] = [];
    let next: string | null = null;
    do {
      const most = Math.min(MOST, shown.current - entries.length);
      const question = questionOf({ store, state, run, search }, next, most);
      // Each page begins where the one before it ends.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await ask(() => client().mailObjects.journal(question, { signal }), signal);
      if (signal.aborted) return;
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) {
        // What is shown passed another filter.
        if (!answered.current) setPage(null);
        return;
      }
      entries.push(...answer.value.entries);
      ({ next } = answer.value);
    } while (next !== null && entries.length < shown.current);
    answered.current = true;
    setPage({ entries, next });
  }, [store, state, run, search]);
  useEffect(() => {
    shown.current = PAGE;
    answered.current = false;
    const newest = () => void load();
    const stop = followFeed((signal) => client().mailObjects.journalNews(undefined, { signal }), { snapshot: newest, change: newest, lost() {} });
    return () => {
      stop();
      asking.current.abort();
    };
  }, [load]);
  const more = () => {
    shown.current = (page?.entries.length ?? 0) + PAGE;
    void load();
  };
  return { page, fault, more };
}

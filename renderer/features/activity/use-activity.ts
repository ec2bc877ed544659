/** The newest events, live, and older ones a page at a time. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ActivityEvent, ActivityPage } from "../../../shared/contract/activity.ts";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { followFeed } from "../../stores/feed.ts";
import { searchedWords } from "../../text/search.ts";

const PAGE = 50;

export interface Activity {
  /** Null before the first answer. */
  readonly page: ActivityPage | null;
  readonly fault: Fault | null;
  readonly more: () => void;
}

/** The newest page before the older ones that were asked for; these go where events between the two are not known. */
export function joined(newest: ActivityPage, known: ActivityPage | null): ActivityPage {
  const last = Number(newest.events.at(-1)?.id);
  const older = known?.events.filter(({ id }) => Number(id) < last) ?? [];
  const meet = known?.events.some(({ id }) => newest.events.some((event) => event.id === id)) ?? false;
  if (newest.next === null || !meet || older.length === 0 || known === null) return newest;
  return { events: [...newest.events, ...older], next: known.next };
}

/** Follows the events of a store, or of all, that hold every word of the search. */
export function useActivity(store: string | null, search: string): Activity {
  const [page, setPage] = useState<ActivityPage | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const asking = useRef(new AbortController());
  const answered = useRef(false);
  const load = useCallback(
    async (before: string | null, put: (answer: ActivityPage, known: ActivityPage | null) => ActivityPage) => {
      const { signal } = asking.current;
      const question = { before, most: PAGE, store, words: searchedWords(search, "activity") };
      const answer = await ask(() => client().app.activity.page(question, { signal }), signal);
      if (signal.aborted) return;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) {
        answered.current = true;
        setPage((known) => put(answer.value, known));
      } else if (!answered.current) {
        // What is shown passed another filter.
        setPage(null);
      }
    },
    [store, search],
  );
  useEffect(() => {
    asking.current = new AbortController();
    const { signal } = asking.current;
    answered.current = false;
    const newest = () => void load(null, answered.current ? joined : (answer) => answer);
    const stop = followFeed((abort) => client().app.activity.news(undefined, { signal: abort }), { snapshot: newest, change: newest, lost() {} });
    return () => {
      stop();
      if (!signal.aborted) asking.current.abort();
    };
  }, [load]);
  const next = page?.next ?? null;
  const append = (answer: ActivityPage, known: ActivityPage | null) => ({ events: without(known, answer.events), next: answer.next });
  return { page, fault, more: () => void (answered.current && next !== null && load(next, append)) };
}

function without(known: ActivityPage | null, more: readonly ActivityEvent[]): ActivityEvent[] {
  const ids = new Set(known?.events.map(({ id }) => id));
  return [...(known?.events ?? []), ...more.filter(({ id }) => !ids.has(id))];
}

/** Revisions of an identity store, a page at a time, from the newest or from one that the address names. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { RevisionPage } from "../../../shared/model/draft.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { searchedWords } from "../../text/search.ts";
import { useReturns } from "../identity-stores/use-returns.ts";

const PAGE = 30;

export interface Revisions {
  /** Null before the first answer. */
  readonly page: RevisionPage | null;
  readonly fault: Fault | null;
  readonly more: () => void;
  readonly reload: () => void;
}

export function useRevisions(storeId: string, from: number | null, search: string): Revisions {
  const [page, setPage] = useState<RevisionPage | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const asking = useRef<AbortController | null>(null);
  const load = useCallback(
    async (before: number | null, known: RevisionPage | null) => {
      asking.current?.abort();
      const { signal } = (asking.current = new AbortController());
      const question = { id: storeId, before, most: PAGE, words: searchedWords(search, "history") };
      const answer = await ask(() => client().stores.revisions(question, { signal }), signal);
      if (signal.aborted) return;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setPage({ ...answer.value, revisions: [...(known?.revisions ?? []), ...answer.value.revisions] });
    },
    [storeId, search],
  );
  const begin = useCallback(() => {
    void load(from === null ? null : from + 1, null);
    return () => asking.current?.abort();
  }, [load, from]);
  const returns = useReturns();
  useEffect(begin, [begin, returns]);
  const next = page?.next ?? null;
  return { page, fault, more: () => void (next !== null && load(next, page)), reload: begin };
}

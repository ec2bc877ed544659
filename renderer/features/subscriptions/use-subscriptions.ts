/** Asking the cloud of an identity store for its subscriptions, from when the page opens; it ends with the page. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { SubscriptionList } from "../../../shared/model/subscription.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { storesList } from "../../stores/stores-list.ts";
import { runWork } from "../../stores/work.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useReturns } from "../identity-stores/use-returns.ts";

export interface Asking {
  readonly running: boolean;
  /** The newest answer of the revision that is saved now: an older one while it is asked anew, and where that failed. */
  readonly list: SubscriptionList | null;
  /** Why the newest question has no answer. */
  readonly fault: Fault | null;
  /** Asks again. */
  readonly look: () => void;
}

/** What a question stands on. With another revision another tenant may be asked. */
interface Question {
  readonly revision: number | null;
  readonly prepareOnly: boolean;
  /** How often main came back. */
  readonly returns: number;
  /** How often the person asked again. */
  readonly again: number;
}

interface Answered {
  /** Null before the first answer. */
  readonly of: Question | null;
  readonly list: SubscriptionList | null;
  readonly fault: Fault | null;
}

function isSame(one: Question | null, { revision, prepareOnly, returns, again }: Question): boolean {
  return one !== null && one.revision === revision && one.prepareOnly === prepareOnly && one.returns === returns && one.again === again;
}

function spoken({ subscriptions }: SubscriptionList): string {
  return subscriptions.length === 0 ? say("subscriptions.none-bought") : say("subscriptions.listed", { count: subscriptions.length });
}

/** Asks once it is known what is saved, and again when that changes, when main comes back, and when the store may be asked for again. */
export function useSubscriptions(storeId: string): Asking {
  const known = useStore(storesList, ({ freshness }) => freshness !== "loading");
  const revision = useStore(storesList, ({ entries }) => entries.get(storeId)?.revision ?? null);
  const prepareOnly = useStore(storesList, ({ entries }) => entries.get(storeId)?.prepareOnly ?? false);
  const returns = useReturns();
  const [again, setAgain] = useState(0);
  const [answered, setAnswered] = useState<Answered>({ of: null, list: null, fault: null });
  useEffect(() => {
    if (!known) return undefined;
    const of: Question = { revision, prepareOnly, returns, again };
    const aborter = new AbortController();
    const { signal } = aborter;
    let isOver = false;
    const subject = storesList.getState().entries.get(storeId)?.name ?? "";
    const entry = listWork({ kind: "subscriptions", subject, route: { page: "store", id: storeId, section: "subscriptions" } }, () => aborter.abort());
    const ask = async () => {
      const answer = await runWork<SubscriptionList>(() => client().subscriptions.list({ storeId }, { signal }), entry.progress, signal);
      entry.end(answer.ok ? null : answer.fault);
      if (isOver) return;
      if (answer.ok) announce(spoken(answer.value));
      setAnswered((before) => (answer.ok ? { of, list: answer.value, fault: null } : { of, list: before.of?.revision === revision ? before.list : null, fault: answer.fault }));
    };
    announce(say("subscriptions.asking"));
    void ask();
    return () => {
      isOver = true;
      aborter.abort();
    };
  }, [storeId, known, revision, prepareOnly, returns, again]);
  const running = !isSame(answered.of, { revision, prepareOnly, returns, again });
  return {
    running,
    list: answered.of?.revision === revision ? answered.list : null,
    fault: running ? null : answered.fault,
    look: () => setAgain((before) => before + 1),
  };
}

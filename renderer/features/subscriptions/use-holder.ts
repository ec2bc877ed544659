/** Looking a user up with the licences; it ends with the page. */
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { LicenceChange, LicenceHolder } from "../../../shared/model/licence.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { holderName } from "./words.ts";

export interface ShownHolder {
  readonly holder: LicenceHolder;
  /** The cloud took a change that it does not show yet. */
  readonly awaited: boolean;
}

interface Unanswered {
  readonly user: string;
  readonly fault: Fault;
}

export interface Looking {
  /** The user that was found last; stays while that one is looked up again, and where that fails. */
  readonly shown: ShownHolder | null;
  /** Why the newest question has no answer. */
  readonly unanswered: Unanswered | null;
  /** By sign-in name or id; what is being looked up already goes on. `subject`: as a person calls the user. */
  readonly lookUp: (user: string, subject?: string) => Promise<void>;
  /** Takes what the cloud shows after a change, where that user is still shown. */
  readonly takeChanged: (holder: LicenceHolder, change: LicenceChange) => void;
}

function isOf({ id, signInName }: LicenceHolder, user: string): boolean {
  return id === user || signInName.toLowerCase() === user.toLowerCase();
}

/** Graph shows what it has taken a moment later. */
function isAwaited(holder: LicenceHolder, { give, take, usageLocation }: LicenceChange): boolean {
  const direct = directLicences(holder);
  return give.some((id) => !direct.includes(id)) || take.some((id) => direct.includes(id)) || (usageLocation !== null && holder.usageLocation !== usageLocation);
}

/** What is found belongs to the user that was asked for last: an older answer is dropped. */
export function useHolder(storeId: string): Looking {
  const [shown, setShown] = useState<ShownHolder | null>(null);
  const [unanswered, setUnanswered] = useState<Unanswered | null>(null);
  const current = useRef<{ readonly user: string; readonly aborter: AbortController } | null>(null);
  useEffect(() => () => current.current?.aborter.abort(), []);
  const lookUp = async (user: string, subject = user) => {
    if (current.current?.user === user) return;
    current.current?.aborter.abort();
    const aborter = new AbortController();
    const mine = { user, aborter };
    current.current = mine;
    setUnanswered(null);
    setShown((before) => (before !== null && isOf(before.holder, user) ? before : null));
    announce(say("licences.looking-up", { user: subject }));
    const entry = listWork({ kind: "licences-read", subject, route: { page: "store", id: storeId, section: "subscriptions" } }, () => aborter.abort());
    const answer = await runWork<LicenceHolder>((signal) => client().subscriptions.holder({ storeId, user }, { signal }), entry.progress, aborter.signal);
    entry.end(answer.ok ? null : answer.fault);
    if (current.current !== mine) return;
    current.current = null;
    if (answer.ok) {
      announce(say("licences.found-announce", { name: holderName(answer.value) }));
      setShown({ holder: answer.value, awaited: false });
    } else setUnanswered({ user: subject, fault: answer.fault });
  };
  const takeChanged = (holder: LicenceHolder, change: LicenceChange) => setShown((before) => (before?.holder.id === holder.id ? { holder, awaited: isAwaited(holder, change) } : before));
  return { shown, unanswered, lookUp, takeChanged };
}

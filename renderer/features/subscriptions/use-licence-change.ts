/** Changing the licences of a user: goes on when the page is left, because nobody would know what was done of it. */
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { LicenceChange, LicenceHolder } from "../../../shared/model/licence.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { client } from "../../host/client.ts";
import { isOpen } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { holderName } from "./words.ts";

export interface Changing {
  readonly running: boolean;
  readonly fault: Fault | null;
  readonly forget: () => void;
  /** A second one while it runs does nothing. */
  readonly apply: (change: LicenceChange) => Promise<void>;
}

/** `onChanged` hears what the cloud shows afterwards. A failure is told here, or by a notice once another user is shown. */
export function useLicenceChange(storeId: string, holder: LicenceHolder, onChanged: (holder: LicenceHolder, change: LicenceChange) => void): Changing {
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const notify = useNotify();
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const apply = useDeed(async (change: LicenceChange) => {
    const name = holderName(holder);
    const route: Route = { page: "store", id: storeId, section: "subscriptions" };
    const aborter = new AbortController();
    setRunning(true);
    setFault(null);
    announce(say("licences.changing", { name }));
    const entry = listWork({ kind: "licences-change", subject: holder.signInName, route }, () => aborter.abort());
    const input = { storeId, user: holder.id, seen: directLicences(holder), change };
    const answer = await runWork<LicenceHolder>((signal) => client().subscriptions.change(input, { signal }), entry.progress, aborter.signal);
    entry.end(answer.ok ? null : answer.fault);
    setRunning(false);
    if (answer.ok) {
      // The end of work whose page is not open is told where all of it is.
      if (isOpen(route)) notify({ text: say("licences.changed", { name }), intent: "success" });
      onChanged(answer.value, change);
    } else if (isShown.current) setFault(answer.fault);
    else if (isOpen(route)) notify({ text: say("licences.not-changed", { name, reason: explain(answer.fault).sentence }), intent: "error" });
  });
  return { running, fault, forget: () => setFault(null), apply };
}

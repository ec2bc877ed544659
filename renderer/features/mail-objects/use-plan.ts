/** What main says to what is entered: proposals from the name, a check while one types, the plan. */
import { useEffect, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import type { MailPlan } from "../../../shared/model/mail-plan.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { takeProposal, type ObjectForm } from "./form-state.ts";

/** Milliseconds without a key before main is asked. */
const REST_MS = 350;

const needsNone = ({ action, touched }: ObjectForm): boolean => action === "disable" || (touched.includes("alias") && (touched.includes("accountName") || action === "enable"));

/** What a name suggests, at once: for whoever asks for the plan before the typing rested. */
export async function proposeNow(storeId: string, key: string, form: ObjectForm): Promise<void> {
  const name = form.name.trim();
  if (needsNone(form) || name === "") return;
  const answer = await ask(() => client().mailObjects.propose({ storeId, type: form.type, name }));
  if (answer.ok) takeProposal(key, answer.value);
}

/** Keeps alias and account name as the name suggests them, as long as nobody typed there. */
export function useProposal(storeId: string, key: string, form: ObjectForm): void {
  const { type } = form;
  const wanted = form.name.trim();
  const needless = needsNone(form);
  useEffect(() => {
    if (needless) return undefined;
    if (wanted === "") {
      takeProposal(key, { alias: "", accountName: "" });
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void ask(() => client().mailObjects.propose({ storeId, type, name: wanted }, { signal: stop.signal }), stop.signal).then((answer) => {
        if (answer.ok && !stop.signal.aborted) takeProposal(key, answer.value);
      });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [storeId, key, type, wanted, needless]);
}

export interface Check {
  /** Of the request as it stands now; null while nothing is known of it. */
  readonly plan: MailPlan | null;
  /** Why the directory could not be asked. */
  readonly fault: Fault | null;
  readonly checking: boolean;
}

type Checked = Omit<Check, "checking">;

/** Where the directory cannot be asked, the provider's own rules still say what is wrong. */
async function check(storeId: string, request: MailRequest, signal: AbortSignal): Promise<Checked> {
  const plan = (asked: boolean) => ask(() => client().mailObjects.plan({ storeId, request, ask: asked }, { signal }), signal);
  const whole = await plan(true);
  if (whole.ok) return { plan: whole.value, fault: null };
  const alone = await plan(false);
  return { plan: alone.ok ? alone.value : null, fault: whole.fault };
}

/** Plans a request again whenever its typing rests, also against what the directory holds. */
export function useCheck(storeId: string, request: MailRequest): Check {
  const wanted = JSON.stringify(request);
  const checked = useBoundResult<Checked>([storeId, wanted]);
  const { take } = checked;
  const [checking, setChecking] = useState(false);
  const idle = request.name === "" && request.identity === null;
  useEffect(() => {
    if (idle) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setChecking(true);
      void check(storeId, request, stop.signal).then((answer) => {
        if (stop.signal.aborted) return;
        setChecking(false);
        take(answer, [storeId, wanted]);
      });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
      setChecking(false);
    };
    // The request is what `wanted` says, and a result is taken by whoever asked for it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [storeId, wanted, idle]);
  const { current } = checked;
  return { plan: current?.plan ?? null, fault: current?.fault ?? null, checking };
}

/** The ticked identity stores as a script that asks their mail servers where no console reaches them. */
import { useStore } from "zustand";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";
import { formatDate } from "../../text/format.ts";
import { omissionWords } from "../../text/probe/omissions.ts";
import { probeScript } from "../../text/probe/script.ts";
import { say } from "../../text/text.ts";
import { FileSection, type MadeFile } from "./file-section.tsx";

async function scriptOf(storeIds: string[], version: string): Promise<Result<MadeFile>> {
  const plan = await ask(() => client().handover.probe({ storeIds }));
  if (!plan.ok) return plan;
  if (plan.value.tasks.length === 0) return fail({ kind: "unsupported", why: "nothing-to-probe", detail: plan.value.nothing.join(", ") });
  const at = Date.now();
  const omissions = omissionWords(plan.value);
  return succeed({ omissions, name: `${say("probe.file", { date: formatDate(at) })}.ps1`, content: await probeScript({ plan: plan.value, at, version }), type: "text/plain" });
}

export function ProbeSection({ stores }: { readonly stores: readonly HandedStore[] }) {
  const hello = useStore(session, (state) => state.hello);
  const offers = hello === null ? [] : [{ label: say("probe.save"), make: () => scriptOf(stores.map(({ id }) => id), hello.version) }];
  return <FileSection title={say("probe.section")} hint={say("probe.hint")} saved={say("probe.saved")} disabled={stores.length === 0} offers={offers} />;
}

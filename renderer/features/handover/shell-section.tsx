/** The ticked identity stores as scripts for the identity-management product's own shell. */
import { useStore } from "zustand";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";
import { formatDate } from "../../text/format.ts";
import { shellScript, type ShellDeed } from "../../text/management-shell/script.ts";
import { say } from "../../text/text.ts";
import { FileSection, type MadeFile } from "./file-section.tsx";

const DEEDS: readonly ShellDeed[] = ["apply", "undo"];

async function scriptOf(deed: ShellDeed, storeIds: string[], version: string): Promise<Result<MadeFile>> {
  const stores = await ask(() => client().handover.shell({ storeIds }));
  if (!stores.ok) return stores;
  const at = Date.now();
  const name = `${say(`management-shell.file-${deed}`, { date: formatDate(at) })}.ps1`;
  return succeed({ name, content: shellScript(deed, { stores: stores.value, at, version }), type: "text/plain" });
}

export function ShellSection({ stores }: { readonly stores: readonly HandedStore[] }) {
  const hello = useStore(session, (state) => state.hello);
  const offers = hello === null ? [] : DEEDS.map((deed) => ({ label: say(`management-shell.save-${deed}`), make: () => scriptOf(deed, stores.map(({ id }) => id), hello.version) }));
  return <FileSection title={say("management-shell.section")} hint={say("management-shell.hint")} saved={say("management-shell.saved")} disabled={stores.length === 0} offers={offers} />;
}

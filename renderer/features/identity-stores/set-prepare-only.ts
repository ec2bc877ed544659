/** Puts an identity store offline by hand, or ends that, and says what came of it. */
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";

export function useSetPrepareOnly(): (store: Pick<StoreSummary, "id" | "name">, on: boolean) => Promise<void> {
  const notify = useNotify();
  return useDeed(async ({ id, name }: Pick<StoreSummary, "id" | "name">, on: boolean) => {
    const result = await ask(() => client().stores.prepareOnly({ id, on }));
    if (result.ok) notify({ text: say(on ? "identity-stores.prepare-only-began" : "identity-stores.prepare-only-ended", { name }) });
    else notify({ text: explain(result.fault).sentence, intent: "error" });
  });
}

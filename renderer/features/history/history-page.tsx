/** Revisions of an identity store, newest first, and the way back to each. */
import { Button, Text } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import type { Result } from "../../../shared/fault.ts";
import type { Revision } from "../../../shared/model/draft.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { RevisionList } from "./revision-list.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";

export function HistoryPage({ storeId }: { readonly storeId: string }) {
  const notify = useNotify();
  const [loaded, setLoaded] = useState<Result<readonly Revision[]> | null>(null);
  const load = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().stores.revisions({ id: storeId }, { signal: stop.signal }), stop.signal).then((result) => {
      if (!stop.signal.aborted) setLoaded(result);
    });
    return () => stop.abort();
  }, [storeId]);
  const returns = useReturns();
  useEffect(load, [load, returns]);

  const goBack = useDeed(async (number: number, expectedRevision: number) => {
    const result = await ask(() => client().stores.restore({ id: storeId, number, expectedRevision }));
    if (result.ok) notify({ text: say("history.restored-toast", { number, revision: result.value.revision }) });
    else notify({ text: say("history.restore-failed", { reason: explain(result.fault).sentence }), intent: "error" });
    load();
  });
  return (
    <>
      <PageHeader title={say("history.title")} intro={say("history.intro")} />
      {loaded === null && <DelayedLoading label={say("history.loading")} />}
      {loaded?.ok === false && (
        <ErrorBox fault={loaded.fault}>
          <Button size="small" onClick={load}>
            {say("history.retry")}
          </Button>
        </ErrorBox>
      )}
      {loaded?.ok === true && loaded.value.length === 0 && <Text>{say("history.empty")}</Text>}
      {loaded?.ok === true && <RevisionList revisions={loaded.value} onGoBack={(number, newest) => void goBack(number, newest)} />}
    </>
  );
}

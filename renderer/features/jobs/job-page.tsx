/** The editor of a job that is saved. What was typed before is shown at once; what is saved is read each time. */
import { Button } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";
import { jobDrafts, keyOf, takeDetail } from "./drafts.ts";
import { JobEditor } from "./job-editor.tsx";

interface JobPageProps {
  readonly storeId: string;
  readonly job: string;
}

export function JobPage({ storeId, job }: JobPageProps) {
  const key = keyOf(storeId, job);
  const known = useStore(jobDrafts, ({ drafts }) => drafts.has(key));
  const [fault, setFault] = useState<Fault | null>(null);
  const load = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().jobs.get({ storeId, job }, { signal: stop.signal }), stop.signal).then((answer) => {
      if (stop.signal.aborted) return;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) takeDetail(answer.value);
    });
    return () => stop.abort();
  }, [storeId, job]);
  const missing = useReturns(fault !== null);
  useEffect(load, [load, missing]);
  return (
    <>
      {!known && <PageHeader title={say("job-editor.title")} />}
      {!known && fault === null && <DelayedLoading label={say("job-editor.loading")} />}
      {fault !== null && (
        <ErrorBox fault={fault}>
          <Button size="small" onClick={load}>
            {say("ui.retry")}
          </Button>
        </ErrorBox>
      )}
      {known && <JobEditor draftKey={key} />}
    </>
  );
}

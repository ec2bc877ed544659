/** The messaging provider that a job has of its own, in the very form of an identity store's. */
import { Button } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { PageLink } from "../links/page-link.tsx";
import { PreparedOnly } from "../identity-stores/store-header.tsx";
import { MessagingSystem } from "../messaging-system/messaging-system.tsx";

interface ProviderPageProps {
  readonly storeId: string;
  readonly job: string;
}

/** What the job's provider is saved under, and the job's name; null before there is room for it. */
function useProvided(storeId: string, job: string) {
  const [provided, setProvided] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const load = useCallback(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const provide = async () => {
      const room = await ask(() => client().jobs.provide({ storeId, job }, { signal }), signal);
      const detail = room.ok ? await ask(() => client().jobs.get({ storeId, job }, { signal }), signal) : room;
      if (signal.aborted) return;
      setFault(detail.ok ? null : detail.fault);
      if (room.ok && detail.ok) setProvided({ id: room.value.id, name: detail.value.job.name });
    };
    void provide();
    return () => stop.abort();
  }, [storeId, job]);
  useEffect(load, [load]);
  return { provided, fault, load };
}

export function ProviderPage({ storeId, job }: ProviderPageProps) {
  const { provided, fault, load } = useProvided(storeId, job);
  const storeName = useStore(storesList, ({ entries }) => entries.get(storeId)?.name ?? storeId);
  const title = say("job-editor.provider-title");
  const edit: Route = { page: "job", store: storeId, job, section: "edit" };
  if (provided === null) {
    return (
      <>
        <PageHeader title={title} />
        {fault === null ? (
          <DelayedLoading label={say("job-editor.loading")} />
        ) : (
          <ErrorBox fault={fault}>
            <Button size="small" onClick={load}>
              {say("ui.retry")}
            </Button>
          </ErrorBox>
        )}
      </>
    );
  }
  return (
    <MessagingSystem
      id={provided.id}
      route={{ page: "job", store: storeId, job, section: "provider" }}
      home={edit}
      renderHead={(unsaved) => (
        <>
          <PageHeader title={title} of={provided.name} intro={say("job-editor.provider-intro", { store: storeName })}>
            {unsaved}
            <PageLink to={edit}>{say("job-run.edit")}</PageLink>
          </PageHeader>
          <PreparedOnly storeId={storeId} />
        </>
      )}
    />
  );
}

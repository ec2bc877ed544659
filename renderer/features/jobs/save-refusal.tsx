/** Why a job was not saved, and the way on. Nothing that was typed is taken away by it. */
import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { announce, useAnnounced } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { draftOf, meetSaved, showDetail } from "./drafts.ts";

interface SaveRefusalProps {
  readonly draftKey: string;
  readonly fault: Fault;
  /** Fields that have to be mended before anything can be sent. */
  readonly count: number;
}

export const isChangedMeanwhile = (fault: Fault): boolean => fault.kind === "object-refused" && fault.why === "changed-meanwhile";

function Unsendable({ count }: { readonly count: number }) {
  const words = say("job-editor.cannot-save", { count });
  useAnnounced(words, "assertive");
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
    </MessageBar>
  );
}

function ChangedMeanwhile({ draftKey }: { readonly draftKey: string }) {
  const [fault, setFault] = useState<Fault | null>(null);
  const words = say("job-editor.changed-meanwhile");
  useAnnounced(words, "assertive");
  const load = useDeed(async () => {
    const draft = draftOf(draftKey);
    if (draft === null || draft.job === null) return;
    const { storeId, job } = draft;
    const answer = await ask(() => client().jobs.get({ storeId, job }));
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return;
    showDetail(answer.value);
    announce(say("job-editor.changed-loaded"));
  });
  const keep = useDeed(async () => {
    const met = await meetSaved(draftKey);
    if (met.ok) announce(say("job-editor.changed-kept"));
  });
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{words}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => void keep()}>
            {say("job-editor.changed-keep")}
          </Button>
          <Button size="small" onClick={() => void load()}>
            {say("job-editor.changed-load")}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {fault !== null && <ErrorBox fault={fault} />}
    </>
  );
}

export function SaveRefusal({ draftKey, fault, count }: SaveRefusalProps) {
  if (isChangedMeanwhile(fault)) return <ChangedMeanwhile draftKey={draftKey} />;
  if (fault.kind === "invalid" && count > 0) return <Unsendable count={count} />;
  return <ErrorBox fault={fault} />;
}

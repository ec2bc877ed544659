/** Sends a test mail with what stands in the form, to an address that is asked for. */
import { Button, Field, Input, Text } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { NotificationSettings } from "../../../shared/model/notification-mail.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { ModalDialog } from "../../ui/modal-dialog.tsx";
import { typedBox } from "../../ui/typed.ts";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";

interface TestMailDialogProps {
  readonly storeId: string;
  readonly settings: NotificationSettings;
  readonly password: string | null;
  readonly onClose: () => void;
}

/** What is wrong with the address alone. */
function ofAddress(fault: Fault | null): string | null {
  const issue = fault?.kind === "invalid" ? fault.issues.find(({ path }) => path[0] === "testTo") : undefined;
  return issue === undefined ? null : explainIssue(issue);
}

export function TestMailDialog({ storeId, settings, password, onClose }: TestMailDialogProps) {
  const notify = useNotify();
  const [address, setAddress] = useState(settings.to[0] ?? "");
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const send = useDeed(async () => {
    const stop = new AbortController();
    aborter.current = stop;
    setRunning(true);
    setFault(null);
    const entry = listWork({ kind: "notification-test", subject: address, route: { page: "store", id: storeId, section: "notifications" } }, () => stop.abort());
    const answer = await runWork<null>((signal) => client().notifications.test({ storeId, settings, password, to: address }, { signal }), entry.progress, stop.signal);
    entry.end(answer.ok ? null : answer.fault);
    setRunning(false);
    if (!answer.ok) {
      setFault(answer.fault);
      return;
    }
    notify({ text: say("notifications.test-sent", { address }), intent: "success" });
    onClose();
  });
  const problem = ofAddress(fault);
  const change = (value: string) => {
    setAddress(value);
    setFault(null);
  };
  return (
    <ModalDialog
      open
      title={say("notifications.test-title")}
      onClose={() => {
        aborter.current?.abort();
        onClose();
      }}
      onSubmit={() => void send()}
      actions={
        <>
          <Button type="submit" appearance="primary" disabledFocusable={running}>
            {say("notifications.test-send")}
          </Button>
          <Button onClick={() => (running ? aborter.current?.abort() : onClose())}>{say("ui.cancel")}</Button>
        </>
      }
    >
      <Text>{say("notifications.test-text")}</Text>
      <Field label={say("notifications.test-to")} required {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
        <Input value={address} onChange={(_event, data) => change(data.value)} maxLength={320} autoComplete="off" spellCheck={false} {...typedBox("account", change)} />
      </Field>
      <Text aria-live="polite">{running ? say("notifications.test-running") : ""}</Text>
      {fault !== null && problem === null && <ErrorBox fault={fault} />}
    </ModalDialog>
  );
}

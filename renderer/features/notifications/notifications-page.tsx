/** How an identity store tells by mail what happens to it. */
import { Button, Text } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { NotificationDetail } from "../../../shared/model/notification-mail.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { whenOpen } from "../../host/connection.ts";
import type { WorkKind } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormFrame } from "../identity-stores/form-frame.tsx";
import { StoreHeader } from "../identity-stores/store-header.tsx";
import { useLeaveGuard } from "../identity-stores/use-leave-guard.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { formOf, passwordOf, settingsOf, typedSince, type NotificationForm } from "./form-model.ts";
import { AccountFields, AddressFields, EventFields } from "./mail-fields.tsx";
import { ServerFields } from "./server-fields.tsx";
import { TestMailDialog } from "./test-mail-dialog.tsx";
import { useNotificationForm } from "./use-notification-form.ts";

const WORK: readonly WorkKind[] = ["notification-test"];

interface SettingsProps {
  readonly storeId: string;
  readonly detail: NotificationDetail;
  /** What was typed over it before it was read; null where nothing was. */
  readonly typed: NotificationForm | null;
  /** Reads what is saved; `typed` is put over it. */
  readonly onRead: (typed: NotificationForm | null) => void;
}

function NotificationSettings({ storeId, detail, typed, onRead }: SettingsProps) {
  const notify = useNotify();
  const [initial] = useState(() => formOf(detail.settings));
  const state = useNotificationForm(initial, typed);
  const [busy, setBusy] = useState(false);
  const { form, isDirty } = state;
  const guard = useLeaveGuard(isDirty);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asks, setAsks] = useState<"test" | "remove" | null>(null);
  const expectedRevision = detail.revision;

  const refused = (refusal: Fault) => {
    setFault(refusal);
    if (refusal.kind === "invalid") state.refuse(refusal.issues);
    // Whether it was done shows as soon as main is heard; what was typed stays over it, because it may not have been.
    if (refusal.kind === "no-connection" && refusal.outcome === "unknown") void whenOpen().then(() => onRead(state.latest()));
  };
  const save = useDeed(async () => {
    setBusy(true);
    const result = await ask(() => client().notifications.save({ storeId, settings: settingsOf(form), password: passwordOf(form), expectedRevision }));
    setBusy(false);
    if (!result.ok) {
      refused(result.fault);
      return;
    }
    const { revision, changed } = result.value;
    notify(changed ? { text: say("notifications.saved", { revision }) } : { text: say("notifications.unchanged"), intent: "info" });
    onRead(typedSince(form, state.latest()));
  });
  const remove = useDeed(async () => {
    setBusy(true);
    const result = await ask(() => client().notifications.clear({ storeId, expectedRevision }));
    setBusy(false);
    if (!result.ok) {
      refused(result.fault);
      return;
    }
    notify({ text: say("notifications.removed", { revision: result.value.revision }) });
    onRead(null);
  });
  const submit = () => {
    setFault(null);
    if (state.check()) void save();
  };
  useShortcut("Control+S", submit);

  return (
    <>
      {detail.settings === null && <Text block>{say("notifications.none")}</Text>}
      <FormFrame
        onSubmit={submit}
        problem={
          fault !== null && (
            <ErrorBox fault={fault}>
              {fault.kind === "conflict" && (
                <Button size="small" onClick={() => onRead(null)}>
                  {say("notifications.reload")}
                </Button>
              )}
            </ErrorBox>
          )
        }
        bar={
          <>
            <Button type="submit" appearance="primary" disabledFocusable={!isDirty || busy}>
              {say("notifications.save")}
            </Button>
            <Button disabledFocusable={!isDirty} onClick={state.reset}>
              {say("ui.cancel")}
            </Button>
            <Button onClick={() => state.check("to") && setAsks("test")}>{say("notifications.test")}</Button>
            {detail.settings !== null && (
              <Button disabledFocusable={busy} onClick={() => setAsks("remove")}>
                {say("notifications.remove")}
              </Button>
            )}
          </>
        }
      >
        <ServerFields state={state} />
        <AccountFields state={state} stored={detail.password} />
        <AddressFields state={state} />
        <EventFields state={state} />
      </FormFrame>
      {asks === "test" && <TestMailDialog storeId={storeId} settings={settingsOf(form)} password={passwordOf(form)} onClose={() => setAsks(null)} />}
      <ConfirmDialog
        open={asks === "remove"}
        title={say("notifications.remove-title")}
        confirmLabel={say("notifications.remove-confirm")}
        onAnswer={(confirmed) => {
          setAsks(null);
          if (confirmed) void remove();
        }}
      >
        <Text>{say("notifications.remove-text")}</Text>
      </ConfirmDialog>
      {guard.dialog}
    </>
  );
}

interface Loaded {
  readonly result: Result<NotificationDetail>;
  readonly typed: NotificationForm | null;
  readonly round: number;
}

export function NotificationsPage({ storeId }: { readonly storeId: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const read = useCallback(
    (typed: NotificationForm | null) => {
      const stop = new AbortController();
      void ask(() => client().notifications.get({ storeId }, { signal: stop.signal }), stop.signal).then((result) => {
        if (!stop.signal.aborted) setLoaded((before) => ({ result, typed, round: (before?.round ?? 0) + 1 }));
      });
      return () => stop.abort();
    },
    [storeId],
  );
  const load = useCallback(() => read(null), [read]);
  const missing = useReturns(loaded?.result.ok === false);
  useEffect(load, [load, missing]);
  return (
    <>
      <StoreHeader storeId={storeId} title={say("notifications.title")} intro={say("notifications.intro")} />
      <WorkHere kinds={WORK} />
      {loaded === null && <DelayedLoading label={say("notifications.loading")} />}
      {loaded?.result.ok === false && (
        <ErrorBox fault={loaded.result.fault}>
          <Button size="small" onClick={load}>
            {say("ui.retry")}
          </Button>
        </ErrorBox>
      )}
      {loaded?.result.ok === true && <NotificationSettings key={loaded.round} storeId={storeId} detail={loaded.result.value} typed={loaded.typed} onRead={read} />}
    </>
  );
}

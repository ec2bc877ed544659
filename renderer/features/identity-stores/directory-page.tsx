/** The directory settings of a store that exists. */
import { Button } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import type { StoreDetail } from "../../../shared/model/identity-store.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import type { SecretState } from "../../../shared/model/secret.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { whenOpen } from "../../host/connection.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { SecretField } from "../../ui/secret-field.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { useNow } from "../../ui/use-now.ts";
import { DifferenceDialog } from "../../ui/difference-dialog.tsx";
import { directoryMeeting, type DirectoryMeeting } from "./directory-meeting.ts";
import { DirectoryFields } from "./directory-fields.tsx";
import { EntraFields } from "./entra-fields.tsx";
import { connectionOf, fieldNames, formOf, passwordOf, type DirectoryForm } from "./form-model.ts";
import { FormFrame } from "./form-frame.tsx";
import { markAccount, TestPanel } from "./test-panel.tsx";
import { useDirectoryForm, type Form } from "./use-directory-form.ts";
import { useLeaveGuard } from "./use-leave-guard.tsx";
import { useRefusal } from "./use-refusal.ts";
import { useReturns } from "./use-returns.ts";
import { StoreHeader } from "./store-header.tsx";

function StoredPassword({ form, stored }: { readonly form: Form; readonly stored: SecretState }) {
  const now = useNow();
  const [password, cleared] = useWatch({ control: form.control, name: ["password", "passwordCleared"] });
  const state: SecretState = password === "" ? (cleared ? { state: "not-set" } : stored) : { state: "changed", at: now };
  const set = (value: string, clear: boolean) => {
    form.setValue("password", value, { shouldDirty: true });
    form.setValue("passwordCleared", clear, { shouldDirty: true });
    form.clearErrors("password");
  };
  const problem = form.formState.errors.password?.message;
  return (
    <SecretField
      label={say("identity-stores.password")}
      state={state}
      {...(problem === undefined ? {} : { problem })}
      onReplace={(value) => set(value, false)}
      onClear={() => set("", stored.state !== "not-set")}
    />
  );
}

/** What is saved, with what was typed over an earlier state of it. */
interface Shown {
  readonly detail: StoreDetail;
  readonly typed: DirectoryForm | null;
}

interface SettingsProps extends Shown {
  readonly onSaved: () => void;
  /** Goes on with what was typed over what somebody else saved. */
  readonly onMet: (shown: Shown) => void;
}

function DirectorySettings({ detail, typed, onSaved, onMet }: SettingsProps) {
  const notify = useNotify();
  const form = useDirectoryForm(formOf(detail.name, detail.connection));
  const { isDirty, isSubmitting } = form.formState;
  const guard = useLeaveGuard(isDirty);
  const [fault, setFault] = useRefusal(form);
  const [meeting, setMeeting] = useState<{ readonly theirs: StoreDetail; readonly found: DirectoryMeeting } | null>(null);
  const { setValue } = form;
  useEffect(() => {
    if (typed !== null) for (const name of fieldNames(typed)) setValue(name, typed[name], { shouldDirty: true });
  }, [typed, setValue]);

  /** Somebody saved meanwhile: what was typed stays, and is put over what they saved. */
  const meet = async () => {
    const theirs = await ask(() => client().stores.get({ id: detail.id }));
    if (!theirs.ok) {
      setFault(theirs.fault);
      return;
    }
    const found = directoryMeeting(detail, theirs.value, form.getValues());
    if (found.differences.length === 0) onMet({ detail: theirs.value, typed: found.merged({}) });
    else setMeeting({ theirs: theirs.value, found });
  };

  const save = async (values: DirectoryForm) => {
    const { id, revision: expectedRevision } = detail;
    const request = { id, connection: connectionOf(values), password: passwordOf(values), expectedRevision };
    const result = await ask(() => client().stores.updateConnection(request));
    if (!result.ok) {
      markAccount(form, result.fault);
      setFault(result.fault);
      // Whether it was saved shows as soon as main is heard; what was typed stays where it was not.
      if (result.fault.kind === "no-connection" && result.fault.outcome === "unknown") void whenOpen().then(onSaved);
      return;
    }
    const { revision, changed } = result.value;
    if (changed) notify({ text: say("identity-stores.directory-saved", { revision }) });
    else notify({ text: say("identity-stores.directory-unchanged"), intent: "info" });
    onSaved();
  };
  const send = useDeed(() => form.handleSubmit(save)());
  const submit = () => {
    setFault(null);
    void send();
  };
  useShortcut("Control+S", submit);

  return (
    <>
      <FormFrame
        onSubmit={submit}
        problem={
          fault !== null && (
            <ErrorBox fault={fault}>
              {fault.kind === "conflict" && (
                <Button size="small" onClick={() => void meet()}>
                  {say("differences.decide")}
                </Button>
              )}
            </ErrorBox>
          )
        }
        bar={
          <>
            <Button type="submit" appearance="primary" disabledFocusable={!isDirty || isSubmitting}>
              {say("ui.save")}
            </Button>
            <Button disabledFocusable={!isDirty} onClick={() => form.reset()}>
              {say("ui.cancel")}
            </Button>
          </>
        }
      >
        {detail.connection.kind === "entra-id" ? (
          <EntraFields form={form} />
        ) : (
          <>
            <DirectoryFields form={form} storeId={detail.id} password={<StoredPassword form={form} stored={detail.directoryPassword} />} />
            <TestPanel form={form} storeId={detail.id} />
          </>
        )}
      </FormFrame>
      {guard.dialog}
      {meeting !== null && (
        <DifferenceDialog
          title={say("differences.title-conflict")}
          differences={meeting.found.differences}
          busy={false}
          onSettle={(picks) => onMet({ detail: meeting.theirs, typed: meeting.found.merged(picks) })}
          onClose={() => setMeeting(null)}
        >
          {say("differences.text-conflict-apart")}
        </DifferenceDialog>
      )}
    </>
  );
}

export function DirectoryPage({ storeId }: { readonly storeId: string }) {
  const [loaded, setLoaded] = useState<Result<Shown> | null>(null);
  const load = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().stores.get({ id: storeId }, { signal: stop.signal }), stop.signal).then((result) => {
      if (!stop.signal.aborted) setLoaded(result.ok ? succeed({ detail: result.value, typed: null }) : result);
    });
    return () => stop.abort();
  }, [storeId]);
  const missing = useReturns(loaded?.ok === false);
  useEffect(load, [load, missing]);
  return (
    <>
      <StoreHeader storeId={storeId} title={say("identity-stores.directory-title")} intro={say("identity-stores.directory-intro")} />
      {loaded === null && <DelayedLoading label={say("identity-stores.directory-loading")} />}
      {loaded?.ok === false && (
        <ErrorBox fault={loaded.fault}>
          <Button size="small" onClick={load}>
            {say("ui.retry")}
          </Button>
        </ErrorBox>
      )}
      {loaded?.ok === true && <DirectorySettings key={loaded.value.detail.revision} {...loaded.value} onSaved={load} onMet={(shown) => setLoaded(succeed(shown))} />}
    </>
  );
}

/** The directory settings of a store that exists. */
import { Button } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import type { StoreDetail } from "../../../shared/model/identity-store.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
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
import { DirectoryFields } from "./directory-fields.tsx";
import { EntraFields } from "./entra-fields.tsx";
import { connectionOf, formOf, passwordOf, type DirectoryForm } from "./form-model.ts";
import { FormFrame } from "./form-frame.tsx";
import { markAccount, TestPanel } from "./test-panel.tsx";
import { useDirectoryForm, type Form } from "./use-directory-form.ts";
import { useLeaveGuard } from "./use-leave-guard.tsx";
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

function DirectorySettings({ detail, onSaved }: { readonly detail: StoreDetail; readonly onSaved: () => void }) {
  const notify = useNotify();
  const form = useDirectoryForm(formOf(detail.name, detail.connection));
  const { isDirty, isSubmitting } = form.formState;
  const guard = useLeaveGuard(isDirty);
  const [fault, setFault] = useState<Fault | null>(null);

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
    notify({ text: say("identity-stores.directory-saved", { revision: result.value.revision }) });
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
        {fault !== null && (
          <ErrorBox fault={fault}>
            {fault.kind === "conflict" && (
              <Button size="small" onClick={onSaved}>
                {say("ui.retry")}
              </Button>
            )}
          </ErrorBox>
        )}
        {detail.connection.kind === "entra-id" ? (
          <EntraFields form={form} />
        ) : (
          <>
            <DirectoryFields form={form} password={<StoredPassword form={form} stored={detail.directoryPassword} />} />
            <TestPanel form={form} storeId={detail.id} />
          </>
        )}
      </FormFrame>
      {guard.dialog}
    </>
  );
}

export function DirectoryPage({ storeId }: { readonly storeId: string }) {
  const [loaded, setLoaded] = useState<Result<StoreDetail> | null>(null);
  const load = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().stores.get({ id: storeId }, { signal: stop.signal }), stop.signal).then((result) => {
      if (!stop.signal.aborted) setLoaded(result);
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
      {loaded?.ok === true && <DirectorySettings key={loaded.value.revision} detail={loaded.value} onSaved={load} />}
    </>
  );
}

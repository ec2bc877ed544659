/** Creates an identity store. Nothing here needs the network. */
import { Button, Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { Controller, useWatch } from "react-hook-form";
import { readTyped } from "../../../shared/rules/typed-value.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { navigate } from "../../stores/navigation.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { DirectoryFields } from "./directory-fields.tsx";
import { EntraFields } from "./entra-fields.tsx";
import { connectionOf, emptyForm, passwordOf, type DirectoryForm } from "./form-model.ts";
import { FormFrame } from "./form-frame.tsx";
import { FormSection } from "./form-section.tsx";
import { FormText } from "./form-text.tsx";
import { OptionLabel } from "./option-label.tsx";
import { TestPanel } from "./test-panel.tsx";
import { useDirectoryForm } from "./use-directory-form.ts";
import { useLeaveGuard } from "./use-leave-guard.tsx";
import { useRefusal } from "./use-refusal.ts";

export function NewStorePage() {
  const notify = useNotify();
  const form = useDirectoryForm(emptyForm());
  const { isDirty, isSubmitting } = form.formState;
  const guard = useLeaveGuard(isDirty);
  const kind = useWatch({ control: form.control, name: "kind" });
  const [fault, setFault] = useRefusal(form);

  const create = async (values: DirectoryForm) => {
    const name = readTyped(values.name, "line");
    const result = await ask(() => client().stores.create({ name, connection: connectionOf(values), password: passwordOf(values), prepareOnly: values.prepareOnly }));
    if (result.ok) {
      // Nothing in this page needs the password any more.
      form.setValue("password", "");
      notify({ text: say("identity-stores.created", { name }) });
      guard.release();
      await navigate({ page: "store", id: result.value.id, section: "messaging-system" });
      return;
    }
    const onName = result.fault.kind === "invalid" ? result.fault.issues.find((issue) => issue.path.at(-1) === "name") : undefined;
    if (onName === undefined) setFault(result.fault);
    else form.setError("name", { type: "value", message: explainIssue(onName) }, { shouldFocus: true });
  };
  const send = useDeed(() => form.handleSubmit(create)());
  const submit = () => {
    setFault(null);
    void send();
  };
  useShortcut("Control+S", submit);

  return (
    <>
      <PageHeader title={say("identity-stores.new-title")} intro={say("identity-stores.new-intro")} />
      <FormFrame
        onSubmit={submit}
        problem={fault !== null && <ErrorBox fault={fault} />}
        bar={
          <>
            <Button type="submit" appearance="primary" disabledFocusable={isSubmitting}>
              {say("identity-stores.create")}
            </Button>
            <Button onClick={() => void navigate({ page: "stores" })}>{say("ui.cancel")}</Button>
          </>
        }
      >
        <FormSection title={say("identity-stores.section-store")}>
          <FormText form={form} name="name" label={say("identity-stores.name-label")} required maxLength={64} hint={say("identity-stores.name-hint")} />
          <Controller
            control={form.control}
            name="kind"
            render={({ field }) => (
              <Field label={say("identity-stores.kind")}>
                <RadioGroup layout="horizontal" value={field.value} onChange={(_event, data) => field.onChange(data.value)}>
                  <Radio value="active-directory" label={<OptionLabel name={say("identity-stores.kind-active-directory")} hint={say("identity-stores.kind-ad-hint")} />} />
                  <Radio value="entra-id" label={<OptionLabel name={say("identity-stores.kind-entra-id")} hint={say("identity-stores.kind-entra-hint")} />} />
                </RadioGroup>
              </Field>
            )}
          />
          <Controller
            control={form.control}
            name="prepareOnly"
            render={({ field }) => (
              <Checkbox
                checked={field.value}
                onChange={(_event, data) => field.onChange(data.checked === true)}
                label={<OptionLabel name={say("identity-stores.prepare-only")} hint={say("identity-stores.prepare-only-hint")} />}
              />
            )}
          />
        </FormSection>
        {kind === "entra-id" ? (
          <EntraFields form={form} />
        ) : (
          <>
            <DirectoryFields
              form={form}
              storeId={null}
              password={<FormText form={form} name="password" kind="password" maxLength={1024} label={say("identity-stores.password")} />}
            />
            <TestPanel form={form} storeId={null} />
          </>
        )}
      </FormFrame>
      {guard.dialog}
    </>
  );
}

/** The SMTP server: its name, how the connection is protected, and whose certificate is trusted. */
import { Field, Input, MessageBar, MessageBarBody, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { trustSchema } from "../../../shared/model/identity-store.ts";
import { mailSecuritySchema } from "../../../shared/model/notification-mail.ts";
import { say } from "../../text/text.ts";
import { AuthorityChoice } from "../identity-stores/authority-choice.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { withSecurity } from "./form-model.ts";
import { FormLine } from "./form-line.tsx";
import type { FormState } from "./use-notification-form.ts";

const useStyles = makeStyles({
  more: { paddingLeft: "32px" },
});

const trustModes = trustSchema.options.map((option) => option.shape.mode.value);

function Trusted({ state: { form, change, problemOf, place } }: { readonly state: FormState }) {
  const styles = useStyles();
  const problem = problemOf("trust");
  return (
    <>
      <Field label={say("notifications.trust")}>
        <RadioGroup value={form.trustMode} onChange={(_event, { value }) => change({ trustMode: trustModes.find((mode) => mode === value) ?? "system" })}>
          {trustModes.map((mode) => (
            <Radio key={mode} value={mode} label={<OptionLabel name={say(`notifications.trust-${mode}`)} hint={say(`notifications.trust-${mode}-hint`)} />} />
          ))}
        </RadioGroup>
      </Field>
      {form.trustMode === "authority-file" && (
        <div className={styles.more}>
          <AuthorityChoice name={form.authorityName} problem={problem} button={place("trust")} onChosen={({ name, pem }) => change({ authorityName: name, authorityPem: pem })} />
        </div>
      )}
      {form.trustMode === "pinned" && (
        <div className={styles.more}>
          <Field label={say("notifications.thumbprint")} required hint={say("notifications.thumbprint-hint")} {...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" })}>
            <Input ref={place("trust")} value={form.thumbprint} onChange={(_event, data) => change({ thumbprint: data.value })} maxLength={200} autoComplete="off" spellCheck={false} />
          </Field>
        </div>
      )}
    </>
  );
}

export function ServerFields({ state }: { readonly state: FormState }) {
  const { form, change, problemOf } = state;
  const problem = problemOf("security");
  const choose = (value: string) => change(withSecurity(form, mailSecuritySchema.options.find((option) => option === value) ?? "tls"));
  return (
    <FormSection title={say("notifications.section-server")}>
      <FormLine state={state} name="host" label={say("notifications.host")} hint={say("notifications.host-hint")} format="dns-name" />
      <Field label={say("notifications.security")} {...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" })}>
        <RadioGroup value={form.security} onChange={(_event, data) => choose(data.value)}>
          {mailSecuritySchema.options.map((option) => (
            <Radio key={option} value={option} label={<OptionLabel name={say(`notifications.security-${option}`)} hint={say(`notifications.security-${option}-hint`)} />} />
          ))}
        </RadioGroup>
      </Field>
      <FormLine state={state} name="port" label={say("notifications.port")} hint={say("notifications.port-hint")} format="line" />
      {form.security === "none" ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("notifications.security-none-warning")}</MessageBarBody>
        </MessageBar>
      ) : (
        <Trusted state={state} />
      )}
    </FormSection>
  );
}

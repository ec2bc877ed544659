/** The account, who mails come from and go to, and what is mailed. */
import { Checkbox, Field, Radio, RadioGroup, Text, makeStyles, tokens } from "@fluentui/react-components";
import { jobEndsSchema } from "../../../shared/model/notification-mail.ts";
import type { SecretState } from "../../../shared/model/secret.ts";
import { say } from "../../text/text.ts";
import { SecretField } from "../../ui/secret-field.tsx";
import { useNow } from "../../ui/use-now.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { FormLine } from "./form-line.tsx";
import type { FormState } from "./use-notification-form.ts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  ticks: { display: "flex", flexDirection: "column", alignItems: "flex-start", marginLeft: "-8px" },
});

const TICKS = ["serverOffline", "serverBack", "expiry", "jobHalted"] as const;

interface StatedProps {
  readonly state: FormState;
}

export function AccountFields({ state, stored }: StatedProps & { readonly stored: SecretState }) {
  const { form, change, problemOf } = state;
  const now = useNow();
  const password: SecretState = form.password === "" ? (form.passwordCleared ? { state: "not-set" } : stored) : { state: "changed", at: now };
  const problem = problemOf("password");
  return (
    <FormSection title={say("notifications.section-account")}>
      <Checkbox label={say("notifications.signs-in")} checked={form.signsIn} onChange={(_event, data) => change({ signsIn: data.checked === true })} />
      {form.signsIn && (
        <>
          <FormLine state={state} name="username" label={say("notifications.username")} />
          <SecretField
            label={say("notifications.password")}
            state={password}
            required
            {...(problem === undefined ? {} : { problem })}
            onReplace={(value) => change({ password: value, passwordCleared: false })}
            onClear={() => change({ password: "", passwordCleared: stored.state !== "not-set" })}
          />
        </>
      )}
    </FormSection>
  );
}

export function AddressFields({ state }: StatedProps) {
  return (
    <FormSection title={say("notifications.section-mail")}>
      <FormLine state={state} name="from" label={say("notifications.from")} hint={say("notifications.from-hint")} />
      <FormLine state={state} name="to" label={say("notifications.to")} hint={say("notifications.to-hint")} lines />
    </FormSection>
  );
}

export function EventFields({ state: { form, change } }: StatedProps) {
  const styles = useStyles();
  const { events } = form;
  const chooseEnd = (value: string) => change({ events: { ...events, jobEnded: jobEndsSchema.options.find((option) => option === value) ?? "never" } });
  return (
    <FormSection title={say("notifications.section-events")}>
      <Text className={styles.quiet}>{say("notifications.events-hint")}</Text>
      <div className={styles.ticks}>
        {TICKS.map((name) => (
          <Checkbox key={name} label={say(`notifications.${name}`)} checked={events[name]} onChange={(_event, data) => change({ events: { ...events, [name]: data.checked === true } })} />
        ))}
      </div>
      <Field label={say("notifications.jobEnded")}>
        <RadioGroup layout="horizontal" value={events.jobEnded} onChange={(_event, data) => chooseEnd(data.value)}>
          {jobEndsSchema.options.map((option) => (
            <Radio key={option} value={option} label={say(`notifications.jobEnded-${option}`)} />
          ))}
        </RadioGroup>
      </Field>
    </FormSection>
  );
}

/** The fields of an Active Directory connection, from the domain to the certificates. */
import { Field, MessageBar, MessageBarBody, Radio, RadioGroup } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Controller, useWatch } from "react-hook-form";
import { ldapSecuritySchema } from "../../../shared/model/identity-store.ts";
import { say } from "../../text/text.ts";
import { ControllersField } from "./controllers-field.tsx";
import { FormSection } from "./form-section.tsx";
import { FormText } from "./form-text.tsx";
import { OptionLabel } from "./option-label.tsx";
import { TrustField } from "./trust-field.tsx";
import type { Form } from "./use-directory-form.ts";

interface DirectoryFieldsProps {
  readonly form: Form;
  /** Null for one that is not there yet. */
  readonly storeId: string | null;
  /** The password field: a plain entry for a new store, a secret for a stored one. */
  readonly password: ReactNode;
}

export function DirectoryFields({ form, storeId, password }: DirectoryFieldsProps) {
  const security = useWatch({ control: form.control, name: "security" });
  return (
    <>
      <FormSection title={say("identity-stores.section-domain")}>
        <FormText form={form} name="domain" label={say("identity-stores.domain")} required hint={say("identity-stores.domain-hint")} />
        <ControllersField form={form} storeId={storeId} />
        <FormText form={form} name="dnsServer" label={say("identity-stores.dns-server")} hint={say("identity-stores.dns-server-hint")} />
      </FormSection>
      <FormSection title={say("identity-stores.section-account")}>
        <FormText form={form} name="username" label={say("identity-stores.username")} hint={say("identity-stores.username-hint")} />
        {password}
      </FormSection>
      <FormSection title={say("identity-stores.section-protection")}>
        <Controller
          control={form.control}
          name="security"
          render={({ field }) => (
            <Field label={say("identity-stores.security")}>
              <RadioGroup value={field.value} onChange={(_event, data) => field.onChange(data.value)}>
                {ldapSecuritySchema.options.map((option) => (
                  <Radio
                    key={option}
                    value={option}
                    label={<OptionLabel name={say(`identity-stores.security-${option}`)} hint={say(`identity-stores.security-${option}-hint`)} />}
                  />
                ))}
              </RadioGroup>
            </Field>
          )}
        />
        {security === "none" ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{say("identity-stores.security-none-warning")}</MessageBarBody>
          </MessageBar>
        ) : (
          <TrustField form={form} storeId={storeId} />
        )}
      </FormSection>
    </>
  );
}

/** The fields of an Active Directory connection, from the domain to the certificates. */
import { Field, Input, MessageBar, MessageBarBody, Radio, RadioGroup } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Controller, useWatch } from "react-hook-form";
import { ldapSecuritySchema } from "../../../shared/model/identity-store.ts";
import { say } from "../../text/text.ts";
import { ControllersField } from "./controllers-field.tsx";
import { FormSection } from "./form-section.tsx";
import { OptionLabel } from "./option-label.tsx";
import { TrustField } from "./trust-field.tsx";
import { problemProps, type Form } from "./use-directory-form.ts";

interface DirectoryFieldsProps {
  readonly form: Form;
  /** The password field: a plain entry for a new store, a secret for a stored one. */
  readonly password: ReactNode;
}

export function DirectoryFields({ form, password }: DirectoryFieldsProps) {
  const security = useWatch({ control: form.control, name: "security" });
  const { register } = form;
  return (
    <>
      <FormSection title={say("identity-stores.section-domain")}>
        <Field label={say("identity-stores.domain")} required hint={say("identity-stores.domain-hint")} {...problemProps(form, "domain")}>
          <Input {...register("domain")} autoComplete="off" spellCheck={false} />
        </Field>
        <ControllersField form={form} />
        <Field label={say("identity-stores.dns-server")} hint={say("identity-stores.dns-server-hint")} {...problemProps(form, "dnsServer")}>
          <Input {...register("dnsServer")} autoComplete="off" spellCheck={false} />
        </Field>
      </FormSection>
      <FormSection title={say("identity-stores.section-account")}>
        <Field label={say("identity-stores.username")} hint={say("identity-stores.username-hint")} {...problemProps(form, "username")}>
          <Input {...register("username")} autoComplete="off" spellCheck={false} />
        </Field>
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
          <TrustField form={form} />
        )}
      </FormSection>
    </>
  );
}

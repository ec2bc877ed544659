/** The fields of a Microsoft Entra tenant. */
import { Dropdown, Field, Option } from "@fluentui/react-components";
import { Controller } from "react-hook-form";
import { cloudIdSchema } from "../../../shared/model/identity-store.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "./form-section.tsx";
import { FormText } from "./form-text.tsx";
import type { Form } from "./use-directory-form.ts";

export function EntraFields({ form }: { readonly form: Form }) {
  return (
    <FormSection title={say("identity-stores.section-tenant")}>
      <Controller
        control={form.control}
        name="cloud"
        render={({ field }) => (
          <Field label={say("identity-stores.cloud")}>
            <Dropdown
              inlinePopup
              value={say(`identity-stores.cloud-${field.value}`)}
              selectedOptions={[field.value]}
              onOptionSelect={(_event, data) => field.onChange(data.optionValue)}
            >
              {cloudIdSchema.options.map((cloud) => (
                <Option key={cloud} value={cloud}>
                  {say(`identity-stores.cloud-${cloud}`)}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )}
      />
      <FormText form={form} name="tenant" label={say("identity-stores.tenant")} required hint={say("identity-stores.tenant-hint")} />
    </FormSection>
  );
}

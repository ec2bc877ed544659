/** The authority whose certificates a directory's connection trusts. */
import { Controller, useWatch } from "react-hook-form";
import { AuthorityChoice } from "./authority-choice.tsx";
import type { Form } from "./use-directory-form.ts";

export function AuthorityFile({ form }: { readonly form: Form }) {
  const name = useWatch({ control: form.control, name: "authorityName" });
  return (
    <Controller
      control={form.control}
      name="authorityName"
      render={({ field, fieldState: { error } }) => (
        <AuthorityChoice
          name={name}
          problem={error?.message}
          button={field.ref}
          onChosen={(file) => {
            form.setValue("authorityPem", file.pem, { shouldDirty: true });
            form.setValue("authorityName", file.name, { shouldDirty: true, shouldValidate: true });
          }}
        />
      )}
    />
  );
}

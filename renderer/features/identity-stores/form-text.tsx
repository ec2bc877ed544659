/** A line of text in the form, with its label, hint and problem. */
import { Field, Input, Textarea } from "@fluentui/react-components";
import { Controller } from "react-hook-form";
import { problemProps, type Form } from "./use-directory-form.ts";

interface FormTextProps {
  readonly form: Form;
  readonly name: "name" | "domain" | "controllers" | "dnsServer" | "username" | "password" | "tenant";
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly kind?: "text" | "password" | "lines";
}

export function FormText({ form, name, label, hint, required = false, maxLength = 255, kind = "text" }: FormTextProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Field label={label} required={required} {...(hint === undefined ? {} : { hint })} {...problemProps(form, name)}>
          {kind === "lines" ? (
            <Textarea {...field} rows={3} resize="vertical" spellCheck={false} />
          ) : (
            <Input {...field} type={kind} maxLength={maxLength} autoComplete={kind === "password" ? "new-password" : "off"} spellCheck={false} />
          )}
        </Field>
      )}
    />
  );
}

/** A line of text in the form, with its label, hint and problem. */
import { Field, Input, Textarea } from "@fluentui/react-components";
import type { FocusEvent } from "react";
import { Controller } from "react-hook-form";
import { typedBox, usePastedPassword } from "../../ui/typed.ts";
import { MISSING_FOR_TEST, problemProps, type Form } from "./use-directory-form.ts";

/** How what is typed into a line is read. */
const FORMATS = { name: "line", domain: "dns-name", dnsServer: "dns-name", username: "account", tenant: "tenant" } as const;

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
  const pastedPassword = usePastedPassword();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { onChange, ...field }, fieldState: { error } }) => {
        // What a test found missing goes with the first letter: going later, it would move the page under the mouse.
        const change = (value: string) => {
          onChange(value);
          if (error?.type === MISSING_FOR_TEST) form.clearErrors(name);
        };
        const box = name === "password" || name === "controllers" ? null : typedBox(FORMATS[name], change);
        const leave = (event: FocusEvent<HTMLInputElement>) => {
          box?.onBlur(event);
          field.onBlur();
        };
        return (
          <Field label={label} required={required} {...(hint === undefined ? {} : { hint })} {...problemProps(form, name)}>
            {kind === "lines" ? (
              <Textarea {...field} onChange={(_event, data) => change(data.value)} rows={3} resize="vertical" spellCheck={false} />
            ) : (
              <Input
                {...field}
                onChange={(_event, data) => change(data.value)}
                onBlur={leave}
                onPaste={box?.onPaste ?? pastedPassword}
                type={kind}
                maxLength={maxLength}
                autoComplete={kind === "password" ? "new-password" : "off"}
                spellCheck={false}
              />
            )}
          </Field>
        );
      }}
    />
  );
}

/** A line of text of the notification form, with its label, hint and problem. */
import { Field, Input, Textarea } from "@fluentui/react-components";
import type { TypedFormat } from "../../../shared/rules/typed-value.ts";
import { typedBox } from "../../ui/typed.ts";
import type { FieldName } from "./form-model.ts";
import type { FormState } from "./use-notification-form.ts";

interface FormLineProps {
  readonly state: FormState;
  readonly name: Extract<FieldName, "host" | "port" | "username" | "from" | "to">;
  readonly label: string;
  readonly hint?: string;
  readonly format?: TypedFormat;
  readonly lines?: boolean;
}

export function FormLine({ state: { form, change, problemOf, place }, name, label, hint, format = "account", lines = false }: FormLineProps) {
  const problem = problemOf(name);
  const put = (value: string) => change({ [name]: value });
  const shown = { ...(hint === undefined ? {} : { hint }), ...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" as const }) };
  return (
    <Field label={label} required {...shown}>
      {lines ? (
        <Textarea ref={place(name)} value={form[name]} onChange={(_event, data) => put(data.value)} rows={3} resize="vertical" spellCheck={false} />
      ) : (
        <Input ref={place(name)} value={form[name]} onChange={(_event, data) => put(data.value)} maxLength={320} autoComplete="off" spellCheck={false} {...typedBox(format, put)} />
      )}
    </Field>
  );
}

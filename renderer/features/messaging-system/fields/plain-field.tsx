/** Text, number, date and choice: fields whose value is in plain sight. */
import { Dropdown, Field, Input, Option } from "@fluentui/react-components";
import { useState } from "react";
import type { FieldDescriptor, FieldValue } from "../../../../shared/model/messaging.ts";
import type { FieldWords } from "../../../text/provider.ts";
import { typedBox } from "../../../ui/typed.ts";

export type PlainDescriptor = Extract<FieldDescriptor, { kind: "text" | "number" | "date" | "select" }>;

export interface FieldProps<D extends FieldDescriptor> {
  readonly field: D;
  readonly words: FieldWords;
  readonly value: FieldValue | undefined;
  readonly problem: string | undefined;
  readonly onChange: (value: FieldValue) => void;
}

/** Label, hint, mark and message as Fluent's Field wants them. */
export function fieldFrame({ required }: FieldDescriptor, { label, hint }: FieldWords, problem: string | undefined) {
  return {
    label,
    required,
    ...(hint === null ? {} : { hint }),
    ...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" as const }),
  };
}

function NumberField({ field, words, value, problem, onChange }: FieldProps<Extract<FieldDescriptor, { kind: "number" }>>) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field {...fieldFrame(field, words, problem)}>
      <Input
        style={{ maxWidth: 120 }}
        inputMode="numeric"
        value={typed ?? (value === undefined || value === null ? "" : String(value))}
        onChange={(_, data) => {
          setTyped(data.value);
          const number = Number(data.value.trim());
          onChange(data.value.trim() === "" ? null : Number.isFinite(number) ? number : data.value);
        }}
        onBlur={() => setTyped(null)}
      />
    </Field>
  );
}

export function PlainField({ field, words, value, problem, onChange }: FieldProps<PlainDescriptor>) {
  const text = value === undefined || value === null ? "" : String(value);
  if (field.kind === "number") return <NumberField field={field} words={words} value={value} problem={problem} onChange={onChange} />;
  if (field.kind === "select") {
    return (
      <Field {...fieldFrame(field, words, problem)}>
        <Dropdown
          inlinePopup
          value={words.option(text)}
          selectedOptions={[text]}
          onOptionSelect={(_, data) => onChange(data.optionValue ?? null)}
        >
          {field.options.map((option) => (
            <Option key={option} value={option}>
              {words.option(option)}
            </Option>
          ))}
        </Dropdown>
      </Field>
    );
  }
  const fixedPitch = field.kind === "text" && field.fixedPitch === true;
  return (
    <Field {...fieldFrame(field, words, problem)}>
      <Input
        type={field.kind === "date" ? "date" : "text"}
        autoComplete="off"
        spellCheck={false}
        value={text}
        {...(field.kind === "text" ? { maxLength: field.maxLength } : {})}
        {...(field.kind === "text" && field.placeholder !== undefined ? { placeholder: field.placeholder } : {})}
        {...(fixedPitch ? { input: { style: { fontFamily: "Consolas, monospace" } } } : {})}
        onChange={(_, data) => onChange(field.kind === "date" && data.value === "" ? null : data.value)}
        {...(field.kind === "text" ? typedBox(field.format ?? "line", onChange) : {})}
      />
    </Field>
  );
}

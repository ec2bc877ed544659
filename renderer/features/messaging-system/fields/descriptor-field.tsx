/** Draws a field by its kind, wired to the editor. Which provider it belongs to does not matter here. */
import { useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../../shared/fault.ts";
import type { FieldDescriptor, MessagingView, ProviderDescriptor } from "../../../../shared/model/messaging.ts";
import { passwordRole } from "../../../../shared/rules/certificate-use.ts";
import type { Editor } from "../../../stores/editor.ts";
import { currentDescriptor, currentForm } from "../../../stores/editor-model.ts";
import { explain } from "../../../text/fault.ts";
import { fieldWords } from "../../../text/provider.ts";
import { say } from "../../../text/text.ts";
import { SecretField } from "../../../ui/secret-field.tsx";
import { problemOf, toldIssues } from "../problems.ts";
import { CertificateField } from "./certificate-field.tsx";
import { PatternField } from "./pattern-field.tsx";
import { PlainField } from "./plain-field.tsx";

const NOT_SET = { state: "not-set" } as const;

/** What the secret can do for the file that it belongs to; a secret that belongs to none has its own use. */
function roleOf({ fields }: ProviderDescriptor, secret: string, { certificates }: MessagingView): ReturnType<typeof passwordRole> {
  const file = fields.find((field) => field.kind === "certificate" && field.passwordField === secret);
  const certificate = file === undefined ? undefined : certificates[file.name];
  return certificate !== undefined && "fault" in certificate ? passwordRole(certificate) : "opens";
}

interface DescriptorFieldProps {
  readonly provider: string;
  readonly field: FieldDescriptor;
  readonly editor: Editor;
}

function Drawn({ provider, field, editor }: DescriptorFieldProps) {
  const form = useStore(editor.state, currentForm);
  const descriptor = useStore(editor.state, currentDescriptor);
  const issues = useStore(editor.state, (state) => state.issues);
  const told = useStore(editor.state, (state) => state.told);
  const [fault, setFault] = useState<Fault | null>(null);
  const words = fieldWords(provider, field.name);
  if (form === null || descriptor === null) return null;
  const problem = fault === null ? problemOf(field, words, toldIssues(descriptor, issues, told)) : explain(fault).sentence;
  const set = (value: Parameters<Editor["setValue"]>[1]) => editor.setValue(field.name, value);
  switch (field.kind) {
    case "text":
    case "number":
    case "date":
    case "select":
      return <PlainField field={field} words={words} value={form.values[field.name]} problem={problem} onChange={set} />;
    case "secret": {
      const seal = async (value: string | null) => {
        const result = await editor.setSecret(field.name, value);
        setFault(result.ok ? null : result.fault);
      };
      const role = roleOf(descriptor, field.name, form);
      const hint = role === "opens" ? words.hint : say(`messaging-system.certificate-password-${role}`);
      return (
        <SecretField
          direct
          label={words.label}
          required={field.required}
          state={form.secrets[field.name] ?? NOT_SET}
          disabled={role === "useless"}
          {...(hint === null ? {} : { hint })}
          {...(problem === undefined ? {} : { problem })}
          onReplace={(value) => void seal(value)}
          onClear={() => void seal(null)}
        />
      );
    }
    case "certificate":
      return (
        <CertificateField
          field={field}
          words={words}
          certificate={form.certificates[field.name] ?? NOT_SET}
          problem={problem}
          hasPassword={field.passwordField === null ? null : (form.secrets[field.passwordField] ?? NOT_SET).state !== "not-set"}
          onFile={(file) => editor.setCertificate(field.name, file)}
          onIdentity={(thumbprint) => editor.chooseIdentity(field.name, thumbprint)}
        />
      );
    case "pattern":
    default:
      return (
        <PatternField
          field={field}
          words={words}
          value={form.values[field.name]}
          values={form.values}
          problem={problem}
          onChange={set}
          onExample={(example) => editor.setValue(field.exampleField, example)}
          onPreset={({ pattern, maximumLength, domain }) => {
            set(pattern);
            editor.setValue(field.maxLengthField, maximumLength);
            if (domain !== null && field.domainField !== undefined) editor.setValue(field.domainField, domain);
          }}
        />
      );
  }
}

export function DescriptorField(props: DescriptorFieldProps) {
  const { field } = props;
  return (
    <div data-field={field.name} {...(field.kind === "pattern" ? { "data-wide": "" } : {})}>
      <Drawn {...props} />
    </div>
  );
}

/** How a file that is to be made is protected: with a passphrase, for the console that a public key is from, or not at all. */
import { Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import type { Protection } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { PASSPHRASE_LEAST } from "../../../shared/rules/passphrase.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { typedBox } from "../../ui/typed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { isSure, noPassphrase, PassphraseFields, type Passphrase } from "./passphrase-fields.tsx";
import { passphraseWorth } from "./passphrase-worth.ts";

const WAYS = ["passphrase", "key", "nothing"] as const satisfies readonly Protection["by"][];

/** What was entered for each way stays while another one is looked at. */
export interface ProtectionForm {
  readonly by: Protection["by"];
  readonly passphrase: Passphrase;
  /** The public key, as it was pasted. */
  readonly recipient: string;
}

export const noProtection: ProtectionForm = { by: "passphrase", passphrase: noPassphrase, recipient: "" };

export function protectionOf({ by, passphrase, recipient }: ProtectionForm): Protection {
  if (by === "passphrase") return { by, passphrase: passphrase.text };
  return by === "key" ? { by, recipients: [recipient] } : { by };
}

/** What is still to be entered; null when nothing is. */
export function protectionHindrance({ by, passphrase, recipient }: ProtectionForm): string | null {
  if (by === "key" && recipient.trim() === "") return say("handover.wants-recipient");
  if (by !== "passphrase") return null;
  if (passphraseWorth(passphrase.text) === "too-short") return say("handover.wants-passphrase", { least: PASSPHRASE_LEAST });
  return isSure(passphrase) ? null : say("handover.wants-repeat");
}

/** What main says against the passphrase or the key stands with it; everything else beside the button. */
export function protectionProblem(fault: Fault | null): string | null {
  const issue = fault?.kind === "invalid" ? fault.issues.find(({ path }) => path[0] === "passphrase" || path[0] === "recipients") : undefined;
  return issue === undefined ? null : explainIssue(issue);
}

interface ProtectionSectionProps {
  readonly value: ProtectionForm;
  /** What main said against what was entered. */
  readonly problem: string | null;
  readonly onValue: (value: ProtectionForm) => void;
  readonly onFault: (fault: Fault | null) => void;
}

export function ProtectionSection({ value, problem, onValue, onFault }: ProtectionSectionProps) {
  const choose = (chosen: string) => {
    const by = WAYS.find((way) => way === chosen);
    if (by !== undefined) onValue({ ...value, by });
  };
  const enter = (recipient: string) => onValue({ ...value, recipient });
  return (
    <FormSection title={say("handover.section-protection")}>
      <Field label={say("handover.protection")}>
        <RadioGroup value={value.by} onChange={(_event, data) => choose(data.value)}>
          {WAYS.map((way) => (
            <Radio key={way} value={way} label={<OptionLabel name={say(`handover.protection-${way}`)} hint={say(`handover.protection-${way}-hint`)} />} />
          ))}
        </RadioGroup>
      </Field>
      {value.by === "passphrase" && <PassphraseFields value={value.passphrase} problem={problem} onValue={(passphrase) => onValue({ ...value, passphrase })} onFault={onFault} />}
      {value.by === "key" && (
        <Field label={say("handover.recipient")} required hint={say("handover.recipient-hint")} {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
          <Input name="recipient" autoComplete="off" spellCheck={false} value={value.recipient} onChange={(_event, data) => enter(data.value)} {...typedBox("account", enter)} />
        </Field>
      )}
    </FormSection>
  );
}

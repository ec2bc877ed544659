/** How a file that is to be made is protected: with a passphrase, for the console that a public key is from, or not at all. */
import { Field, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import type { Protection } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { BUNDLE_RECIPIENTS } from "../../../shared/model/bundle.ts";
import { PASSPHRASE_LEAST } from "../../../shared/rules/passphrase.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { isSure, noPassphrase, PassphraseFields, type Passphrase } from "./passphrase-fields.tsx";
import { passphraseWorth } from "./passphrase-worth.ts";

const WAYS = ["passphrase", "key", "nothing"] as const satisfies readonly Protection["by"][];

/** What was entered for each way stays while another one is looked at. */
export interface ProtectionForm {
  readonly by: Protection["by"];
  readonly passphrase: Passphrase;
  /** Public keys, one a line, as they were pasted. */
  readonly recipients: string;
}

export const noProtection: ProtectionForm = { by: "passphrase", passphrase: noPassphrase, recipients: "" };

/** The lines that are to be keys: a file of age's recipients has remarks besides (C2SP age, "recipients file"). */
function keysOf(recipients: string): string[] {
  return recipients.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

export function protectionOf({ by, passphrase, recipients }: ProtectionForm): Protection {
  if (by === "passphrase") return { by, passphrase: passphrase.text };
  return by === "key" ? { by, recipients: keysOf(recipients) } : { by };
}

/** What is still to be entered; null when nothing is. */
export function protectionHindrance({ by, passphrase, recipients }: ProtectionForm): string | null {
  if (by === "key") {
    const keys = keysOf(recipients).length;
    if (keys === 0) return say("handover.wants-recipient");
    return keys > BUNDLE_RECIPIENTS ? say("handover.too-many-recipients", { most: BUNDLE_RECIPIENTS }) : null;
  }
  if (by === "nothing") return null;
  if (passphraseWorth(passphrase.text) === "too-short") return say("handover.wants-passphrase", { least: PASSPHRASE_LEAST });
  return isSure(passphrase) ? null : say("handover.wants-repeat");
}

/** What main says against the passphrase or a key stands with it, of several keys with the one that it is; everything else beside the button. */
export function protectionProblem(fault: Fault | null, { by, recipients }: ProtectionForm): string | null {
  const issue = fault?.kind === "invalid" ? fault.issues.find(({ path }) => path[0] === "passphrase" || path[0] === "recipients") : undefined;
  if (issue === undefined) return null;
  const place = by === "key" && keysOf(recipients).length > 1 ? issue.path[1] : undefined;
  return typeof place === "number" ? say("handover.recipient-at", { place: place + 1, problem: explainIssue(issue) }) : explainIssue(issue);
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
          <Textarea name="recipients" rows={2} resize="vertical" autoComplete="off" spellCheck={false} value={value.recipients} onChange={(_event, data) => onValue({ ...value, recipients: data.value })} />
        </Field>
      )}
    </FormSection>
  );
}

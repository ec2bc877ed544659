/** Which certificate of a file with several is used: left to the console, or one that a person chose. */
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import type { CertificateIdentity, CertificateSummary } from "../../../../shared/model/certificate.ts";
import { formatDate } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { useNow } from "../../../ui/use-now.ts";
import { OptionLabel } from "../../identity-stores/option-label.tsx";
import { commonName } from "./certificate-words.ts";

/** The value of the radio button that leaves it to the console: no thumbprint is empty. */
const LEFT_TO_CONSOLE = "";

/** `until 2027-01-04`, `expired on 2026-01-04`, `from 2027-01-04`. */
function validity({ notBefore, notAfter }: CertificateIdentity, now: number): string {
  if (notBefore > now) return say("messaging-system.identity-from", { date: formatDate(notBefore) });
  return say(notAfter < now ? "messaging-system.identity-expired" : "messaging-system.identity-until", { date: formatDate(notAfter) });
}

/** The thumbprint as Windows shows it, and who would use this certificate without asking. */
function hintOf({ thumbprintSha1, thumbprintSha256 }: CertificateIdentity, takenBy: CertificateSummary["takenBy"]): string {
  const readers = takenBy.filter((taken) => taken.thumbprintSha256 === thumbprintSha256).map(({ reader }) => say(`certificate-bench.reader-${reader}`));
  const thumbprint = say("messaging-system.identity-thumbprint", { thumbprint: thumbprintSha1.toUpperCase() });
  return readers.length === 0 ? thumbprint : `${thumbprint}. ${say("messaging-system.identity-taken", { readers: readers.join(", ") })}`;
}

interface IdentityChoiceProps {
  readonly label: string;
  readonly summary: CertificateSummary;
  /** SHA-256 thumbprint; null is left to the console. */
  readonly chosen: string | null;
  /** Answers when the choice is in force. */
  readonly onChoose: (thumbprint: string | null) => Promise<void>;
}

export function IdentityChoice({ label, summary, chosen, onChoose }: IdentityChoiceProps) {
  const now = useNow();
  // What was chosen is shown at once: reading the file again takes a moment, and the arrow keys go on.
  const [underWay, setUnderWay] = useState<readonly string[]>([]);
  const choose = async (value: string) => {
    setUnderWay((before) => [...before, value]);
    await onChoose(value === LEFT_TO_CONSOLE ? null : value);
    setUnderWay((before) => before.slice(1));
  };
  const { identities, takenBy } = summary;
  if (identities.length < 2) return null;
  return (
    <Field label={say("messaging-system.identities", { count: identities.length })}>
      <RadioGroup
        aria-label={say("messaging-system.identities-of", { label })}
        value={underWay.at(-1) ?? chosen ?? LEFT_TO_CONSOLE}
        onChange={(_, data) => void choose(data.value)}
      >
        <Radio value={LEFT_TO_CONSOLE} label={<OptionLabel name={say("messaging-system.identity-automatic")} hint={say("messaging-system.identity-automatic-hint")} />} />
        {identities.map((identity) => (
          <Radio
            key={identity.thumbprintSha256}
            value={identity.thumbprintSha256}
            label={
              <OptionLabel
                name={say("messaging-system.identity", { subject: commonName(identity.subject), key: identity.keyType, validity: validity(identity, now) })}
                hint={hintOf(identity, takenBy)}
              />
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

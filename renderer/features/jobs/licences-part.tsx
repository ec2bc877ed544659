/** What a run does with licences and with users who left, where the identity store has any to give. */
import { Field, Radio, RadioGroup, Text } from "@fluentui/react-components";
import { useStore } from "zustand";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { issuesAt } from "./draft-issues.ts";
import { problemOf } from "./fields.tsx";
import { LICENCE_TARGETS, LICENSINGS } from "./job-choices.ts";
import { LeavingFields } from "./leaving-fields.tsx";
import { MappingList } from "./mapping-list.tsx";
import type { PartProps } from "./use-draft.ts";

export function LicencesPart(part: PartProps) {
  const { draft, settings, issues, change } = part;
  const { licensing, deprovision } = settings;
  // Of a provider that is the job's alone main says whether it has any.
  const hasSubscriptions = useStore(storesList, ({ entries }) => settings.provider === "own" || (entries.get(draft.storeId)?.hasSubscriptions ?? false));
  // What was set while the store had subscriptions can be taken back.
  const isOffered = hasSubscriptions || licensing !== "none" || deprovision !== null;
  return (
    <FormSection title={say("job-editor.part-licences")} place="licences">
      {!hasSubscriptions && <Text>{say("job-editor.licences-unsupported")}</Text>}
      {isOffered && (
        <Field label={say("job-editor.licensing")} {...problemOf(issuesAt(issues, "licensing"))}>
          <RadioGroup value={licensing} onChange={(_event, data) => change({ licensing: LICENSINGS.find((one) => one === data.value) ?? "none" })}>
            {LICENSINGS.map((one) => (
              <Radio key={one} value={one} label={<OptionLabel name={say(`job-editor.licensing-${one}`)} hint={say(`job-editor.licensing-${one}-hint`)} />} />
            ))}
          </RadioGroup>
        </Field>
      )}
      {isOffered && licensing !== "none" && <MappingList {...part} title={say("job-editor.licences-fields")} hint={say("job-editor.subscriptions-hint")} targets={LICENCE_TARGETS} />}
      {isOffered && <LeavingFields deprovision={deprovision} issues={issues} onDeprovision={(next) => change({ deprovision: next })} />}
    </FormSection>
  );
}

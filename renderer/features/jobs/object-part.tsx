/** What the rows become: the type of object, by what it is known, and where each field comes from. */
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { isUserType } from "../../../shared/rules/mail-types.ts";
import { useStore } from "zustand";
import type { JobSettings } from "../../../shared/model/job.ts";
import { storesList } from "../../stores/stores-list.ts";
import { PageLink } from "../links/page-link.tsx";
import { targetText } from "../../text/jobs.ts";
import { mailTypeText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { issuesAt } from "./draft-issues.ts";
import { Choice, problemOf } from "./fields.tsx";
import { JOB_KEYS, JOB_TYPES, OBJECT_TARGETS } from "./job-choices.ts";
import { MappingList } from "./mapping-list.tsx";
import { PasswordFields } from "./password-fields.tsx";
import type { PartProps } from "./use-draft.ts";

const PROVIDERS: readonly JobSettings["provider"][] = ["destination", "own"];

/** Whose messaging provider makes mail parts and licences. */
function ProviderChoice({ draft, settings, issues, change }: PartProps) {
  const { storeId, job } = draft;
  const storeName = useStore(storesList, ({ entries }) => entries.get(storeId)?.name ?? storeId);
  const { provider } = settings;
  return (
    <>
      <Choice
        name="provider"
        label={say("job-editor.provider")}
        value={provider}
        of={PROVIDERS}
        words={(one) => say(`job-editor.provider-${one}`, { store: storeName })}
        {...(provider === "own" && job === null ? { hint: say("job-editor.provider-save-first") } : {})}
        issues={issuesAt(issues, "provider")}
        onValue={(value) => change({ provider: value })}
      />
      {provider === "own" && job !== null && <PageLink to={{ page: "job", store: storeId, job, section: "provider" }}>{say("job-editor.provider-set-up")}</PageLink>}
    </>
  );
}

export function ObjectPart(part: PartProps) {
  const { settings, issues, change } = part;
  const { type, missing, key } = settings;
  return (
    <FormSection title={say("job-editor.part-object")} place="object">
      <ProviderChoice {...part} />
      <Choice name="type" label={say("job-editor.type")} value={type} of={JOB_TYPES.includes(type) ? JOB_TYPES : [...JOB_TYPES, type]} words={mailTypeText} issues={issuesAt(issues, "type")} onValue={(value) => change({ type: value })} />
      <Choice name="key" label={say("job-editor.key")} value={key} of={JOB_KEYS} words={targetText} issues={issuesAt(issues, "key")} onValue={(value) => change({ key: value })} />
      <Field label={say("job-editor.missing")} {...problemOf(issuesAt(issues, "missing"))}>
        <RadioGroup layout="horizontal" value={missing} onChange={(_event, data) => change({ missing: data.value === "create" ? "create" : "skip" })}>
          <Radio value="create" label={say("job-editor.missing-create")} />
          <Radio value="skip" label={say("job-editor.missing-skip")} />
        </RadioGroup>
      </Field>
      <MappingList {...part} title={say("job-editor.mapping")} hint={say("job-editor.mapping-hint")} targets={OBJECT_TARGETS} />
      {isUserType(type) && missing === "create" && <PasswordFields password={settings.password} issues={issuesAt(issues, "password")} onPassword={(password) => change({ password })} />}
    </FormSection>
  );
}

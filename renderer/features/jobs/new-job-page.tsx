/** A new job: where it writes to and what it begins with, then its editor. One that was begun and not saved is still there. */
import { Button, Field, Radio, RadioGroup, Select } from "@fluentui/react-components";
import { OrganizationRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { navigate } from "../../stores/navigation.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormFrame } from "../identity-stores/form-frame.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { beginDraft, jobDrafts, NEW } from "./drafts.ts";
import { JobEditor } from "./job-editor.tsx";
import { TEMPLATES, templateOf, type Template } from "./templates.ts";

function Beginning() {
  const entries = useStore(storesList, (state) => state.entries);
  const stores = useMemo(() => [...entries.values()].toSorted((a, b) => a.name.localeCompare(b.name)), [entries]);
  const [chosen, setChosen] = useState("");
  const [template, setTemplate] = useState<Template>("blank");
  const [fault, setFault] = useState<Fault | null>(null);
  const [missing, setMissing] = useState(false);
  const [asking, setAsking] = useState(false);
  const storeId = entries.has(chosen) ? chosen : stores.length === 1 ? (stores[0]?.id ?? "") : "";
  const begin = useDeed(async () => {
    setFault(null);
    setMissing(storeId === "");
    if (storeId === "") {
      document.querySelector<HTMLElement>("select[name='store']")?.focus();
      return;
    }
    setAsking(true);
    const answer = await ask(() => client().jobs.blank({ storeId }));
    setAsking(false);
    if (answer.ok) beginDraft(storeId, templateOf(template, answer.value));
    else setFault(answer.fault);
  });
  return (
    <FormFrame
      onSubmit={() => void begin()}
      problem={fault !== null && <ErrorBox fault={fault} />}
      bar={
        <>
          <Button type="submit" appearance="primary" disabledFocusable={asking}>
            {say("jobs.new-begin")}
          </Button>
          <Button onClick={() => void navigate({ page: "jobs" })}>{say("ui.cancel")}</Button>
        </>
      }
    >
      <FormSection title={say("jobs.new-store")}>
        <Field label={say("jobs.new-store")} hint={say("jobs.new-store-hint")} required {...(missing && storeId === "" ? { validationMessage: say("jobs.new-store-choose"), validationState: "error" } : {})}>
          <Select name="store" value={storeId} onChange={(_event, data) => setChosen(data.value)}>
            <option value="">{say("jobs.new-store-choose")}</option>
            {stores.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </FormSection>
      <FormSection title={say("jobs.new-template")}>
        <Field label={say("jobs.new-template")}>
          <RadioGroup value={template} onChange={(_event, data) => setTemplate(TEMPLATES.find((one) => one === data.value) ?? "blank")}>
            {TEMPLATES.map((one) => (
              <Radio key={one} value={one} label={<OptionLabel name={say(`jobs.template-${one}`)} hint={say(`jobs.template-${one}-hint`)} />} />
            ))}
          </RadioGroup>
        </Field>
      </FormSection>
    </FormFrame>
  );
}

export function NewJobPage() {
  const begun = useStore(jobDrafts, ({ drafts }) => drafts.has(NEW));
  /** Null until main has said. */
  const stores = useStore(storesList, ({ freshness, entries }) => (freshness === "loading" ? null : entries.size));
  if (begun) return <JobEditor draftKey={NEW} />;
  return (
    <>
      <PageHeader title={say("jobs.new-title")} intro={say("jobs.new-intro")} />
      {stores === null && <DelayedLoading label={say("identity-stores.loading")} />}
      {stores === 0 && (
        <EmptyState icon={<OrganizationRegular />} title={say("jobs.new-no-store-title")} text={say("jobs.new-no-store-text")}>
          <Button appearance="primary" onClick={() => void navigate({ page: "stores" })}>
            {say("jobs.new-no-store-go")}
          </Button>
        </EmptyState>
      )}
      {stores !== null && stores > 0 && <Beginning />}
    </>
  );
}

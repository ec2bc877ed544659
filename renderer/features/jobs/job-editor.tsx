/** The editor of a job: its parts below each other, a list of them that leads there, and a bar that saves. */
import { Button, Checkbox, MessageBar, MessageBarBody, Textarea, Field, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { navigate } from "../../stores/navigation.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useNotify } from "../../ui/notify.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormFrame } from "../identity-stores/form-frame.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { useLeaveGuard } from "../identity-stores/use-leave-guard.tsx";
import { BrakesPart } from "./brakes-part.tsx";
import { issuesAt, partOf, unsendable } from "./draft-issues.ts";
import { forgetDraft, isDirty, NEW, saveDraft, undoDraft, type JobDraft } from "./drafts.ts";
import { TextBox } from "./fields.tsx";
import { previewJob } from "./job-work.ts";
import { LicencesPart } from "./licences-part.tsx";
import { ObjectPart } from "./object-part.tsx";
import { focusPart, PartList } from "./part-list.tsx";
import { ReviewPart } from "./review-part.tsx";
import { SaveRefusal } from "./save-refusal.tsx";
import { SchedulePart } from "./schedule-part.tsx";
import { SourcePart } from "./source-part.tsx";
import { changerOf, useCheckedDraft, useDraft, type PartProps } from "./use-draft.ts";

const useStyles = makeStyles({
  unsaved: { color: tokens.colorNeutralForeground2, marginLeft: "auto" },
});

function JobPart({ settings, issues, change }: PartProps) {
  return (
    <FormSection title={say("job-editor.part-job")} place="job">
      <TextBox name="name" label={say("job-editor.name")} required value={settings.name} most={64} issues={issuesAt(issues, "name")} onValue={(name) => change({ name })} />
      <Field label={say("job-editor.description")}>
        <Textarea name="description" resize="vertical" value={settings.description} maxLength={500} onChange={(_event, data) => change({ description: data.value })} />
      </Field>
      <Checkbox label={say("job-editor.enabled")} checked={settings.enabled} onChange={(_event, data) => change({ enabled: data.checked === true })} />
    </FormSection>
  );
}

interface EditorProps {
  readonly draftKey: string;
  readonly draft: JobDraft;
}

function Editor({ draftKey, draft }: EditorProps) {
  const styles = useStyles();
  const notify = useNotify();
  const { storeId, job, settings, refusal } = draft;
  const storeName = useStore(storesList, ({ entries }) => entries.get(storeId)?.name ?? storeId);
  const dirty = isDirty(draft);
  const { issues, checking, isReady } = useCheckedDraft(draft);
  const [asks, setAsks] = useState(false);
  const [wasKept] = useState(() => dirty && job !== null);
  const guard = useLeaveGuard(dirty || job === null, { title: say("job-editor.leave-title"), text: say("job-editor.leave-text") });
  const change = useMemo(() => changerOf(draftKey), [draftKey]);
  const part: PartProps = { draftKey, draft, settings, issues, change };

  const save = useDeed(async () => {
    const saved = await saveDraft(draftKey);
    if (saved.ok) {
      notify({ text: say("job-editor.saved", { name: saved.value.job.name }), intent: "success" });
      if (draftKey !== NEW) return;
      guard.release();
      await navigate({ page: "job", store: storeId, job: saved.value.job.id, section: "edit" });
      return;
    }
    const [first] = saved.fault.kind === "invalid" ? saved.fault.issues : [];
    if (first !== undefined) focusPart(partOf(first, settings.mapping));
  });
  useShortcut("Control+S", () => void save());

  const preview = useDeed(async () => {
    if (job === null) return;
    void previewJob(storeId, job, settings.name);
    await navigate({ page: "job", store: storeId, job, section: "run" });
  });
  const giveUp = (confirmed: boolean) => {
    setAsks(false);
    if (!confirmed) return;
    if (job === null) {
      guard.release();
      void navigate({ page: "jobs" }).then(() => forgetDraft(draftKey));
      return;
    }
    undoDraft(draftKey);
    announce(say("job-editor.changed-loaded"));
  };
  const isNew = job === null;
  return (
    <>
      <PageHeader title={say(isNew ? "job-editor.title-new" : "job-editor.title")} {...(isNew ? {} : { of: draft.seen.name })} intro={say("job-editor.writes-to", { store: storeName })} />
      <PartList issues={issues} mapping={settings.mapping} />
      {wasKept && dirty && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{say("job-editor.kept-text")}</MessageBarBody>
        </MessageBar>
      )}
      <FormFrame
        onSubmit={() => void save()}
        problem={refusal !== null && <SaveRefusal draftKey={draftKey} fault={refusal} count={unsendable(settings).length} />}
        bar={
          <>
            <Button type="submit" appearance="primary" disabledFocusable={!dirty && !isNew}>
              {say(isNew ? "job-editor.save-new" : "job-editor.save")}
            </Button>
            {!isNew && (
              <Button disabledFocusable={dirty} onClick={() => void preview()}>
                {say("job-editor.preview")}
              </Button>
            )}
            <Button disabledFocusable={!dirty && !isNew} onClick={() => setAsks(true)}>
              {say(isNew ? "job-editor.give" : "job-editor.undo")}
            </Button>
            {dirty && <span className={styles.unsaved}>{say("job-editor.unsaved")}</span>}
          </>
        }
      >
        <JobPart {...part} />
        <SourcePart {...part} />
        <ObjectPart {...part} />
        <LicencesPart {...part} />
        <BrakesPart {...part} />
        <SchedulePart {...part} />
        <ReviewPart {...part} checking={checking} isReady={isReady} />
      </FormFrame>
      {guard.dialog}
      <ConfirmDialog
        open={asks}
        title={say(isNew ? "job-editor.give-title" : "job-editor.undo-title")}
        confirmLabel={say("job-editor.discard")}
        cancelLabel={say("job-editor.keep")}
        onAnswer={giveUp}
      >
        {say(isNew ? "job-editor.give-text" : "job-editor.undo-text")}
      </ConfirmDialog>
    </>
  );
}

/** Nothing where the draft is gone, as for the moment before another page is shown. */
export function JobEditor({ draftKey }: { readonly draftKey: string }) {
  const draft = useDraft(draftKey);
  return draft === null ? null : <Editor key={draftKey} draftKey={draftKey} draft={draft} />;
}

/** Every synchronize job, with how its last run ended and when the next one comes. */
import { Button, makeStyles } from "@fluentui/react-components";
import { AddRegular, ArrowClockwiseRegular, FlowRegular, HistoryRegular } from "@fluentui/react-icons";
import { useCallback, useState } from "react";
import type { JobSummary } from "../../../shared/contract/jobs.ts";
import type { Fault } from "../../../shared/fault.ts";
import { navigate } from "../../stores/navigation.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FailedLook } from "./failed-look.tsx";
import { removeJob, useJobDeeds } from "./job-deeds.ts";
import { JobsGrid } from "./jobs-grid.tsx";
import { useJobs } from "./use-jobs.ts";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

function NewJob() {
  return (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => void navigate({ page: "new-job" })}>
      {say("jobs.new")}
    </Button>
  );
}

interface DeleteQuestionProps {
  readonly job: JobSummary;
  readonly onDone: (deleted: boolean) => void;
}

function DeleteQuestion({ job, onDone }: DeleteQuestionProps) {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const remove = useDeed(async () => {
    setBusy(true);
    setFault(null);
    const refused = await removeJob(job);
    setBusy(false);
    setFault(refused);
    if (refused !== null) return;
    notify({ text: say("jobs.deleted", { name: job.name }), intent: "success" });
    onDone(true);
  });
  return (
    <ConfirmDialog
      open
      title={say("jobs.delete-title", { name: job.name })}
      confirmLabel={say("jobs.delete-confirm")}
      busy={busy ? say("jobs.delete-busy") : null}
      onAnswer={(confirmed) => {
        if (confirmed) void remove();
        else onDone(false);
      }}
    >
      {say("jobs.delete-text")}
      {fault !== null && <ErrorBox fault={fault} />}
    </ConfirmDialog>
  );
}

export function JobsPage() {
  const styles = useStyles();
  const { value: jobs, fault, asking, look } = useJobs();
  const [leaving, setLeaving] = useState<JobSummary | null>(null);
  const deeds = useJobDeeds(look);
  const { duplicate, toggle, leaveOut } = deeds;
  const onDuplicate = useCallback((job: JobSummary) => void duplicate(job), [duplicate]);
  const onToggle = useCallback((job: JobSummary) => void toggle(job), [toggle]);
  const onLeaveOut = useCallback((job: JobSummary) => void leaveOut(job), [leaveOut]);
  return (
    <>
      <PageHeader title={say("jobs.title")} intro={say("jobs.intro")}>
        <Button icon={<ArrowClockwiseRegular />} disabledFocusable={asking} onClick={look}>
          {say("jobs.refresh")}
        </Button>
        <Button icon={<HistoryRegular />} onClick={() => void navigate({ page: "job-runs" })}>
          {say("jobs.all-runs")}
        </Button>
        {jobs !== null && jobs.length > 0 && <NewJob />}
      </PageHeader>
      <div className={styles.stack}>
        <FailedLook fault={fault} onLook={look} />
        {jobs === null && fault === null && <DelayedLoading label={say("jobs.loading")} />}
        {jobs !== null && jobs.length === 0 && (
          <EmptyState icon={<FlowRegular />} title={say("jobs.empty-title")} text={say("jobs.empty-text")}>
            <NewJob />
          </EmptyState>
        )}
        {jobs !== null && jobs.length > 0 && <JobsGrid jobs={jobs} onDuplicate={onDuplicate} onToggle={onToggle} onDelete={setLeaving} onLeaveOut={onLeaveOut} />}
      </div>
      {leaving !== null && (
        <DeleteQuestion
          key={leaving.id}
          job={leaving}
          onDone={(deleted) => {
            setLeaving(null);
            if (deleted) look();
          }}
        />
      )}
    </>
  );
}

/** One run of the history, row by row. */
import { Button, makeStyles } from "@fluentui/react-components";
import { ArrowClockwiseRegular, ArrowDownloadRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { formatDateTime } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { PageLink } from "../links/page-link.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { FailedLook } from "./failed-look.tsx";
import { jobWorks, noWork, resumeRun, runOf } from "./job-work.ts";
import { announceRun } from "./preview-page.tsx";
import { Resume } from "./resume.tsx";
import { RunRows } from "./rows-table.tsx";
import { saveRows } from "./rows-csv.ts";
import { RunFacts } from "./run-facts.tsx";
import { useLive } from "./use-live.ts";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

const isUnderWay = ({ state }: JobRun) => state === "running";

export function JobRunPage({ run: id }: { readonly run: string }) {
  const styles = useStyles();
  const { value: run, fault, round, asking, look } = useLive<JobRun>(id, (signal) => runOf(id, signal), isUnderWay);
  const work = useStore(jobWorks, ({ works }) => works.get(id) ?? noWork);
  const [exporting, setExporting] = useState(false);
  const [exportFault, setExportFault] = useState<Fault | null>(null);
  const busy = work.doing !== null;
  const resume = useDeed(async (from: JobRun, password: string | null) => {
    announceRun(await resumeRun(id, { page: "job-run", run: id }, from, password));
    look();
  });
  const save = useDeed(async () => {
    setExporting(true);
    setExportFault(null);
    const saved = await saveRows(id);
    setExporting(false);
    if (!saved.ok) setExportFault(saved.fault);
  });
  return (
    <>
      <PageHeader title={say("jobs.run-title")} {...(run === null ? {} : { of: `${run.jobName}, ${formatDateTime(run.at)}` })}>
        <Button icon={<ArrowClockwiseRegular />} disabledFocusable={asking} onClick={look}>
          {say("jobs.refresh")}
        </Button>
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={run === null || exporting} onClick={() => void save()}>
          {say("job-run.export")}
        </Button>
        {run !== null && <PageLink to={{ page: "job-runs", job: run.job }}>{say("jobs.to-history")}</PageLink>}
      </PageHeader>
      <div className={styles.stack}>
        <FailedLook fault={fault} onLook={look} />
        {exportFault !== null && <ErrorBox fault={exportFault} />}
        <WorkHere />
        {work.fault !== null && <ErrorBox fault={work.fault.fault} />}
        {run === null && fault === null && <DelayedLoading label={say("jobs.run-loading")} />}
        {run !== null && (
          <FormSection title={say("job-run.result-section")}>
            <RunFacts run={run} />
            <Resume run={run} busy={busy} onResume={(password) => void resume(run, password)} />
            <RunRows run={id} version={String(round)} />
          </FormSection>
        )}
      </div>
    </>
  );
}

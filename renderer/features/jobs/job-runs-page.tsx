/** Runs of one job, or of all, newest first. */
import { Button, Field, Select, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, HistoryRegular } from "@fluentui/react-icons";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { navigate } from "../../stores/navigation.ts";
import { formatDateTime } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { PageLink } from "../links/page-link.tsx";
import { FailedLook } from "./failed-look.tsx";
import { RunState } from "./job-cells.tsx";
import { begunByText, outcomeLines } from "./run-facts.tsx";
import { useJobs } from "./use-jobs.ts";
import { useRuns } from "./use-runs.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  // A list is as wide as its longest entry, unless its column may be narrower.
  filter: { width: "280px", maxWidth: "100%", gridTemplateColumns: "minmax(0, 1fr)" },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

function RunRow({ run }: { readonly run: JobRun }) {
  const styles = useStyles();
  return (
    <DataRow>
      <DataCell title={say("jobs.runs-when")}>
        <PageLink to={{ page: "job-run", run: run.id }}>{say("jobs.runs-open", { time: formatDateTime(run.at) })}</PageLink>
      </DataCell>
      <DataCell title={say("jobs.runs-job")}>
        {run.jobName}
        <div className={styles.quiet}>{run.storeName}</div>
      </DataCell>
      <DataCell title={say("jobs.runs-state")}>
        <RunState state={run.state} />
      </DataCell>
      <DataCell title={say("jobs.runs-outcome")}>{outcomeLines(run).join(", ")}</DataCell>
      <DataCell title={say("jobs.runs-by")}>{begunByText(run)}</DataCell>
    </DataRow>
  );
}

function JobFilter({ job }: { readonly job: string | null }) {
  const styles = useStyles();
  const { value: jobs } = useJobs();
  const listed = jobs ?? [];
  const isGone = job !== null && jobs !== null && !listed.some(({ id }) => id === job);
  return (
    <Field className={styles.filter} label={say("jobs.runs-job")}>
      <Select name="job" value={job ?? ""} onChange={(_event, data) => void navigate(data.value === "" ? { page: "job-runs" } : { page: "job-runs", job: data.value })}>
        <option value="">{say("jobs.runs-job-all")}</option>
        {job !== null && (isGone || jobs === null) && <option value={job}>{isGone ? say("jobs.runs-job-gone") : ""}</option>}
        {listed.map(({ id, name, storeName }) => (
          <option key={id} value={id}>
            {`${name}, ${storeName}`}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export function JobRunsPage({ job }: { readonly job: string | null }) {
  const styles = useStyles();
  const { value: shown, fault, asking, look, more } = useRuns(job);
  const columns = [
    { title: say("jobs.runs-when"), width: "22%" },
    { title: say("jobs.runs-job"), width: "22%" },
    { title: say("jobs.runs-state"), width: "16%" },
    { title: say("jobs.runs-outcome") },
    { title: say("jobs.runs-by"), width: "18%" },
  ];
  return (
    <>
      <PageHeader title={say("jobs.runs-title")} intro={say("jobs.runs-intro")}>
        <Button icon={<ArrowClockwiseRegular />} disabledFocusable={asking} onClick={look}>
          {say("jobs.refresh")}
        </Button>
        <PageLink to={{ page: "jobs" }}>{say("jobs.title")}</PageLink>
      </PageHeader>
      <div className={styles.stack}>
        <JobFilter job={job} />
        <FailedLook fault={fault} onLook={look} />
        {shown === null && fault === null && <DelayedLoading label={say("jobs.runs-loading")} />}
        {shown !== null && shown.runs.length === 0 && <EmptyState icon={<HistoryRegular />} title={say("jobs.runs-none-title")} text={say("jobs.runs-none-text")} />}
        {shown !== null && shown.runs.length > 0 && (
          <>
            <DataTable label={say("jobs.runs-table")} columns={columns}>
              {shown.runs.map((run) => (
                <RunRow key={run.id} run={run} />
              ))}
            </DataTable>
            <ShowMore shown={shown.runs.length} hasMore={shown.hasMore} onMore={more} />
          </>
        )}
      </div>
    </>
  );
}

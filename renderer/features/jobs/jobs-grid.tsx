/** The list of jobs as a grid. */
import { ArrowSyncRegular, CopyRegular, DeleteRegular, EditRegular, HistoryRegular, PauseRegular, PlayRegular, SearchRegular } from "@fluentui/react-icons";
import { useCallback } from "react";
import type { JobSummary } from "../../../shared/contract/jobs.ts";
import { navigate } from "../../stores/navigation.ts";
import { runStateText, sourceText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { Grid } from "../../ui/grid/grid.tsx";
import { rememberOpened } from "../../ui/grid/list-memory.ts";
import type { GridColumn, GridFilter, RowAction } from "../../ui/grid/types.ts";
import { useColumnWidths } from "../use-column-widths.ts";
import { JobNameCell, LastRunCell, NextRunCell } from "./job-cells.tsx";
import { previewJob } from "./job-work.ts";

const LIST = "jobs";
const BY_NAME = { column: "name", descending: false };
const ROW_HEIGHT = 45;
/** What the page has above its list, in pixels. */
const BESIDES = 196;

function open({ storeId, id }: JobSummary, section: "edit" | "run"): void {
  rememberOpened(LIST, id);
  void navigate({ page: "job", store: storeId, job: id, section });
}

/** Both ways to a run begin with the plan: nothing is written without one. */
function preview(job: JobSummary): void {
  void previewJob(job.storeId, job.id, job.name);
  open(job, "run");
}

const enabledText = ({ enabled }: JobSummary) => say(enabled ? "jobs.enabled" : "jobs.disabled");
const lastText = ({ lastRun }: JobSummary) => (lastRun === null ? say("jobs.last-none") : runStateText(lastRun.state));

const columns: readonly GridColumn<JobSummary>[] = [
  {
    id: "name",
    title: say("jobs.column-name"),
    width: 140,
    grows: true,
    holds: "control",
    sortable: true,
    text: ({ name, description }) => `${name} ${description}`,
    cell: (job, tabIndex) => <JobNameCell job={job} tabIndex={tabIndex} onOpen={(id) => rememberOpened(LIST, id)} />,
  },
  { id: "store", title: say("jobs.column-store"), width: 104, grows: true, sortable: true, text: ({ storeName }) => storeName, cell: ({ storeName }) => storeName },
  { id: "source", title: say("jobs.column-source"), width: 104, grows: true, sortable: true, text: ({ source }) => sourceText(source), cell: ({ source }) => <span title={source.path}>{sourceText(source)}</span> },
  { id: "last", title: say("jobs.column-last"), width: 116, grows: true, sortable: true, text: lastText, rank: ({ lastRun }) => lastRun?.at ?? null, cell: (job) => <LastRunCell job={job} /> },
  { id: "next", title: say("jobs.column-next"), width: 116, grows: true, sortable: true, rank: ({ nextRun }) => nextRun, cell: (job) => <NextRunCell job={job} /> },
  { id: "enabled", title: say("jobs.column-enabled"), width: 76, sortable: true, text: enabledText, cell: enabledText },
];

const filters: readonly GridFilter<JobSummary>[] = [
  { id: "store", title: say("jobs.column-store"), valueOf: ({ storeName }) => storeName, words: (value) => value },
  { id: "last", title: say("jobs.column-last"), valueOf: lastText, words: (value) => value },
  { id: "enabled", title: say("jobs.column-enabled"), valueOf: enabledText, words: (value) => value },
];

const actionsLabel = ({ name }: JobSummary): string => say("jobs.actions-of", { name });

interface JobsGridProps {
  readonly jobs: readonly JobSummary[];
  readonly onDuplicate: (job: JobSummary) => void;
  readonly onToggle: (job: JobSummary) => void;
  readonly onDelete: (job: JobSummary) => void;
}

export function JobsGrid({ jobs, onDuplicate, onToggle, onDelete }: JobsGridProps) {
  const { widths, setWidths } = useColumnWidths(LIST);
  const actions = useCallback(
    (job: JobSummary): readonly RowAction[] => [
      { id: "edit", label: say("jobs.edit"), icon: <EditRegular />, onChoose: () => open(job, "edit") },
      { id: "preview", label: say("jobs.preview"), icon: <SearchRegular />, onChoose: () => preview(job) },
      { id: "run", label: say("jobs.run"), icon: <ArrowSyncRegular />, onChoose: () => preview(job) },
      { id: "duplicate", label: say("jobs.duplicate"), icon: <CopyRegular />, onChoose: () => onDuplicate(job) },
      { id: "enabled", label: say(job.enabled ? "jobs.disable" : "jobs.enable"), icon: job.enabled ? <PauseRegular /> : <PlayRegular />, onChoose: () => onToggle(job) },
      { id: "history", label: say("jobs.history"), icon: <HistoryRegular />, onChoose: () => void navigate({ page: "job-runs", job: job.id }) },
      { id: "delete", label: say("jobs.delete"), icon: <DeleteRegular />, apart: true, onChoose: () => onDelete(job) },
    ],
    [onDuplicate, onToggle, onDelete],
  );
  return (
    <Grid
      listId={LIST}
      label={say("jobs.table")}
      searchLabel={say("jobs.search")}
      columns={columns}
      rows={jobs}
      sortedBy={BY_NAME}
      filters={filters}
      rowHeight={ROW_HEIGHT}
      besides={BESIDES}
      actions={actions}
      actionsLabel={actionsLabel}
      widths={widths}
      onWidths={setWidths}
    />
  );
}

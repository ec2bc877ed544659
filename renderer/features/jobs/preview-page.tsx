/** What a run of a job would do, the run itself, and what came of it. */
import { Button, MessageBar, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { JobPlan } from "../../../shared/model/job-plan.ts";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { storesList } from "../../stores/stores-list.ts";
import { runStateText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { announce, useAnnounced } from "../../ui/announce.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";
import { PageLink } from "../links/page-link.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { isDirty, keyOf } from "./drafts.ts";
import { FailedLook } from "./failed-look.tsx";
import { applyPlan, jobWorks, noWork, previewJob, resumeRun } from "./job-work.ts";
import { planCounts, PlanCard } from "./plan-card.tsx";
import { Resume } from "./resume.tsx";
import { FailedRows } from "./rows-table.tsx";
import { outcomeLines, RunFacts, versionOf } from "./run-facts.tsx";
import { isChangedMeanwhile } from "./save-refusal.tsx";
import { useDraft } from "./use-draft.ts";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

interface PreviewPageProps {
  readonly storeId: string;
  readonly job: string;
}

interface KnownName {
  /** As it is saved; empty until it is known. */
  readonly name: string;
  /** Why it is not known, such as of a job that is gone. */
  readonly fault: Fault | null;
}

function useJobName(storeId: string, job: string): KnownName & { readonly look: () => void } {
  const [known, setKnown] = useState<KnownName>({ name: "", fault: null });
  const look = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().jobs.get({ storeId, job }, { signal: stop.signal }), stop.signal).then((answer) => {
      if (!stop.signal.aborted) setKnown(answer.ok ? { name: answer.value.job.name, fault: null } : { name: "", fault: answer.fault });
    });
    return () => stop.abort();
  }, [storeId, job]);
  const missing = useReturns(known.fault !== null);
  useEffect(look, [look, missing]);
  return { ...known, look };
}

function announcePlan(plan: JobPlan | null): void {
  if (plan !== null) announce(say("job-run.plan-announce", { counts: planCounts(plan).join(", ") }));
}

export function announceRun(run: JobRun | null): void {
  if (run !== null) announce(say("job-run.result-announce", { name: run.jobName, state: runStateText(run.state), counts: outcomeLines(run).join(", ") }));
}

/** Nothing was written: the plan was of something else than what is saved now. */
function PlanChanged() {
  const words = say("job-run.plan-changed");
  useAnnounced(words, "assertive");
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
    </MessageBar>
  );
}

interface ResultProps {
  readonly run: JobRun;
  readonly busy: boolean;
  readonly onResume: (password: string | null) => void;
}

function RunResult({ run, busy, onResume }: ResultProps) {
  return (
    <FormSection title={say("job-run.result-section")}>
      <RunFacts run={run} />
      <Resume run={run} busy={busy} onResume={onResume} />
      <div>
        <PageLink to={{ page: "job-run", run: run.id }}>{say("job-run.open")}</PageLink>
      </div>
      <FailedRows run={run.id} version={versionOf(run)} />
    </FormSection>
  );
}

export function PreviewPage({ storeId, job }: PreviewPageProps) {
  const styles = useStyles();
  const key = keyOf(storeId, job);
  const work = useStore(jobWorks, ({ works }) => works.get(key) ?? noWork);
  const storeName = useStore(storesList, ({ entries }) => entries.get(storeId)?.name ?? storeId);
  const draft = useDraft(key);
  const { name, fault: gone, look } = useJobName(storeId, job);
  const { doing, plan, run, fault } = work;
  const busy = doing !== null;
  const button = useRef<HTMLButtonElement | null>(null);
  const route: Route = { page: "job", store: storeId, job, section: "run" };
  const isCancelled = fault?.fault.kind === "cancelled";
  useEffect(() => {
    // The button that cancelled goes with the work, and nothing near it asks again.
    if (isCancelled && document.activeElement === document.body) button.current?.focus();
  }, [isCancelled]);
  const preview = useDeed(async () => announcePlan(await previewJob(storeId, job, name)));
  const apply = useDeed(async (password: string | null) => announceRun(await applyPlan(storeId, job, name, password)));
  const resume = useDeed(async (from: JobRun, password: string | null) => announceRun(await resumeRun(key, route, from, password)));
  const isEmpty = plan === null && run === null && !busy && fault === null && gone === null;
  return (
    <>
      <PageHeader title={say("job-run.title")} {...(name === "" ? {} : { of: name })} intro={say("job-editor.writes-to", { store: storeName })}>
        <Button
          ref={(element: HTMLButtonElement | null) => {
            button.current = element;
          }}
          icon={<SearchRegular />}
          disabledFocusable={busy || gone !== null}
          onClick={() => void preview()}
        >
          {say(plan === null ? "job-run.plan" : "job-run.plan-again")}
        </Button>
        <PageLink to={{ page: "job", store: storeId, job, section: "edit" }}>{say("job-run.edit")}</PageLink>
        <PageLink to={{ page: "job-runs", job }}>{say("jobs.history")}</PageLink>
      </PageHeader>
      <div className={styles.stack}>
        <FailedLook fault={gone} onLook={look} />
        {draft !== null && isDirty(draft) && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{say("job-run.unsaved-text")}</MessageBarBody>
          </MessageBar>
        )}
        <WorkHere />
        {fault !== null && (fault.of === "run" && isChangedMeanwhile(fault.fault) ? <PlanChanged /> : <ErrorBox fault={fault.fault} />)}
        {isEmpty && <EmptyState icon={<SearchRegular />} title={say("job-run.none-title")} text={say("job-run.none-text")} />}
        {run !== null && <RunResult run={run} busy={busy} onResume={(password) => void resume(run, password)} />}
        {plan !== null && <PlanCard plan={plan} jobName={name} storeName={storeName} busy={busy} onApply={(password) => void apply(password)} />}
      </div>
    </>
  );
}

/** A run that was applied or held: when, by whom, how it ended, and what holds it. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { formatCount, formatDateTime } from "../../text/format.ts";
import { countLines, rowStateText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageLink } from "../links/page-link.tsx";
import { Counts } from "./counts.tsx";
import { Halts } from "./halts.tsx";
import { RunState } from "./job-cells.tsx";
import { ROW_STATES } from "./job-choices.ts";

const useStyles = makeStyles({
  facts: { display: "flex", flexWrap: "wrap", gap: "4px 20px", margin: "0", "& > div": { display: "flex", gap: "6px" }, "& dt": { color: tokens.colorNeutralForeground2 }, "& dd": { margin: "0", overflowWrap: "anywhere" } },
});

export function outcomeLines({ outcomes }: JobRun): readonly string[] {
  return countLines(ROW_STATES, outcomes, rowStateText);
}

export function begunByText({ by, begunBy }: JobRun): string {
  return say(begunBy === "schedule" ? "jobs.runs-by-schedule" : "jobs.runs-by-person", { who: by });
}

/** What a run looks like now, for what is asked anew when it changes. */
export const versionOf = ({ state, endedAt, outcomes }: JobRun): string => JSON.stringify([state, endedAt, outcomes]);

/** One a line: a path may hold a comma. */
function PasswordFiles({ files }: { readonly files: readonly string[] }) {
  return files.map((file) => <div key={file}>{file}</div>);
}

export function RunFacts({ run }: { readonly run: JobRun }) {
  const styles = useStyles();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say("job-run.fact-state"), <RunState key="state" state={run.state} />],
    [say("job-run.fact-when"), formatDateTime(run.at)],
    ...(run.endedAt === null ? [] : [[say("job-run.fact-ended"), formatDateTime(run.endedAt)] as const]),
    [say("job-run.fact-by"), begunByText(run)],
    [say("job-run.fact-store"), run.storeName],
    [say("job-run.fact-rows"), formatCount(run.rows)],
    [say("job-run.fact-revision"), String(run.revision)],
    ...(run.passwordFiles.length === 0 ? [] : [[say("job-run.fact-password-files", { count: run.passwordFiles.length }), <PasswordFiles key="files" files={run.passwordFiles} />] as const]),
  ];
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Counts label={say("job-run.counts")} lines={outcomeLines(run)} />
      <Halts halts={run.halts} />
      {run.fault !== null && <ErrorBox fault={run.fault} />}
      {run.mailRun !== null && (
        <div>
          <PageLink to={{ page: "journal", run: run.mailRun }}>{say("job-run.journal")}</PageLink>
        </div>
      )}
    </>
  );
}

/** The cells of a job in the list. */
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { MouseEvent } from "react";
import { useStore } from "zustand";
import type { JobSummary } from "../../../shared/contract/jobs.ts";
import type { JobRunState } from "../../../shared/model/job-run.ts";
import { followLink } from "../../stores/follow-link.ts";
import { addressOf, type Route } from "../../stores/routes.ts";
import { runStateText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { moment } from "../../ui/moment.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useNow } from "../../ui/use-now.ts";
import { isDirty, jobDrafts, keyOf } from "./drafts.ts";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForegroundLinkHover },
  quiet: { color: tokens.colorNeutralForeground2 },
  lines: { display: "flex", flexDirection: "column", minWidth: "0", overflowWrap: "anywhere" },
  bad: { color: tokens.colorPaletteRedForeground1 },
});

const BAD: readonly JobRunState[] = ["failed", "halted", "interrupted", "with-failures"];

interface NameCellProps {
  readonly job: JobSummary;
  readonly tabIndex: 0 | -1;
  /** The link is about to be followed here. */
  readonly onOpen: (id: string) => void;
}

export function JobNameCell({ job: { id, storeId, name, description }, tabIndex, onOpen }: NameCellProps) {
  const styles = useStyles();
  const route: Route = { page: "job", store: storeId, job: id, section: "edit" };
  const unsaved = useStore(jobDrafts, ({ drafts }) => {
    const draft = drafts.get(keyOf(storeId, id));
    return draft !== undefined && isDirty(draft);
  });
  const follow = (event: MouseEvent) => {
    onOpen(id);
    followLink(event, route);
  };
  return (
    <div className={styles.lines}>
      <Link className={styles.name} tabIndex={tabIndex} href={addressOf(route)} onClick={follow} onAuxClick={follow}>
        {name}
      </Link>
      {unsaved && <span className={styles.quiet}>{say("jobs.unsaved-mark")}</span>}
      {description !== "" && <span className={styles.quiet}>{description}</span>}
    </div>
  );
}

export function RunState({ state }: { readonly state: JobRunState }) {
  const styles = useStyles();
  return <span className={BAD.includes(state) ? styles.bad : undefined}>{runStateText(state)}</span>;
}

export function LastRunCell({ job: { lastRun } }: { readonly job: JobSummary }) {
  const styles = useStyles();
  if (lastRun === null) return <span className={styles.quiet}>{say("jobs.last-none")}</span>;
  return (
    <div className={styles.lines}>
      <RunState state={lastRun.state} />
      <span className={styles.quiet}>
        <RelativeTime at={lastRun.at} />
      </span>
    </div>
  );
}

export function NextRunCell({ job: { nextRun } }: { readonly job: JobSummary }) {
  const styles = useStyles();
  const now = useNow();
  return nextRun === null ? <span className={styles.quiet}>{say("jobs.next-none")}</span> : <span>{moment(nextRun, now)}</span>;
}

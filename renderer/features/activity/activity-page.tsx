/** What happened lately, newest first. */
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles } from "@fluentui/react-components";
import { PulseRegular } from "@fluentui/react-icons";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { ActivityEvent } from "../../../shared/contract/app.ts";
import { expiryKindSchema } from "../../../shared/model/identity-store.ts";
import { activity, followActivity } from "../../stores/activity.ts";
import { expirySubject } from "../../text/expiry.ts";
import { say, sayIfKnown } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

const useStyles = makeStyles({
  when: { width: "150px" },
  store: { width: "28%" },
  cell: { overflowWrap: "anywhere", paddingTop: "6px", paddingBottom: "6px" },
});

/** Days and kind of what ends soon: `30 certificate`. Events of earlier versions have the days alone. */
const ENDS_SOON = /^(\d+)(?: ([a-z-]+))?$/;

function subjectOf({ kind, subject }: ActivityEvent, what: string | undefined): string {
  const ends = expiryKindSchema.safeParse(what);
  return kind === "expires-soon" && subject !== null && ends.success ? expirySubject(ends.data, subject) : (subject ?? "");
}

/** The sentence of an event; an unknown kind is shown as it is. */
export function activitySentence(event: ActivityEvent): string {
  const [, days, what] = ENDS_SOON.exec(event.detail ?? "") ?? [];
  const facts = { subject: subjectOf(event, what), kind: event.kind, count: Number(days ?? 0) };
  const alone = event.subject === null ? sayIfKnown(`activity.kind-${event.kind}-alone`, facts) : null;
  if (alone !== null) return alone;
  return (sayIfKnown(`activity.kind-${event.kind}`, facts) ?? say("activity.kind-other", facts)).trim();
}

export function ActivityPage() {
  const styles = useStyles();
  const { freshness, entries } = useStore(activity);
  useEffect(() => followActivity(), []);
  const events = useMemo(() => [...entries.values()].toSorted((a, b) => b.at - a.at || b.id.localeCompare(a.id)), [entries]);
  return (
    <>
      <PageHeader title={say("activity.title")} intro={say("activity.intro")} />
      {freshness === "loading" && <DelayedLoading label={say("activity.loading")} />}
      {freshness !== "loading" && events.length === 0 && (
        <EmptyState icon={<PulseRegular />} title={say("activity.empty-title")} text={say("activity.empty-text")} />
      )}
      {events.length > 0 && (
        <Table size="small" aria-label={say("activity.list")}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.when}>{say("activity.column-when")}</TableHeaderCell>
              <TableHeaderCell>{say("activity.column-what")}</TableHeaderCell>
              <TableHeaderCell className={styles.store}>{say("activity.column-store")}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {events.map((event) => (
              <TableRow key={event.id}>
                <TableCell className={styles.when}>
                  <RelativeTime at={event.at} />
                </TableCell>
                <TableCell className={styles.cell}>{activitySentence(event)}</TableCell>
                <TableCell className={styles.cell}>{event.storeName}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}

/** Events, newest first. */
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles } from "@fluentui/react-components";
import { memo } from "react";
import type { ActivityEvent } from "../../../shared/contract/activity.ts";
import type { Route } from "../../stores/routes.ts";
import { activitySentence } from "../../text/activity.ts";
import { say } from "../../text/text.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { PageLink } from "../links/page-link.tsx";

const useStyles = makeStyles({
  when: { width: "150px" },
  store: { width: "28%" },
  cell: { overflowWrap: "anywhere", paddingTop: "6px", paddingBottom: "6px" },
});

/** Where an event can be looked at: the revision that it made. */
function routeOf({ kind, storeId, subject }: ActivityEvent): Route | null {
  const isRevision = kind === "revision-saved" || kind.startsWith("store-");
  if (!isRevision || storeId === null || !/^[1-9]\d*$/.test(subject ?? "")) return null;
  return { page: "store", id: storeId, section: "history", revision: Number(subject) };
}

const EventRow = memo(function EventRow({ event }: { readonly event: ActivityEvent }) {
  const styles = useStyles();
  const route = routeOf(event);
  const sentence = activitySentence(event);
  return (
    <TableRow>
      <TableCell className={styles.when}>
        <RelativeTime at={event.at} />
      </TableCell>
      <TableCell className={styles.cell}>{route === null ? sentence : <PageLink to={route}>{sentence}</PageLink>}</TableCell>
      <TableCell className={styles.cell}>{event.storeName}</TableCell>
    </TableRow>
  );
});

export function ActivityTable({ events }: { readonly events: readonly ActivityEvent[] }) {
  const styles = useStyles();
  return (
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
          <EventRow key={event.id} event={event} />
        ))}
      </TableBody>
    </Table>
  );
}

/** The dates, one a row, soonest first and a page at a time: three hundred stores have more of them than are drawn at once. */
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, tokens } from "@fluentui/react-components";
import { memo, useState } from "react";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import type { Route } from "../../stores/routes.ts";
import { formatDate } from "../../text/format.ts";
import { expirySubject } from "../../text/expiry.ts";
import { say } from "../../text/text.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { useNow } from "../../ui/use-now.ts";
import { PageLink } from "../links/page-link.tsx";
import { UrgencyMark } from "./urgency-mark.tsx";
import { daysInWords, urgencyOf, type Urgency } from "./urgency.ts";

/** Shown at once. */
const PAGE = 100;

const useStyles = makeStyles({
  scroller: { overflowX: "auto" },
  table: { minWidth: "680px" },
  urgency: { width: "132px" },
  store: { width: "22%" },
  date: { width: "88px" },
  days: { width: "98px" },
  lines: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  cell: { overflowWrap: "anywhere", paddingTop: "6px", paddingBottom: "6px" },
});

function StoreLink({ id, name }: { readonly id: string; readonly name: string }) {
  const route: Route = { page: "store", id, section: "messaging-system" };
  return <PageLink to={route}>{name}</PageLink>;
}

interface RowProps {
  readonly entry: Expiry;
  readonly urgency: Urgency;
  readonly days: string;
}

/** Drawn again when its day comes, and not whenever the clock is looked at. */
const Row = memo(function Row({ entry: { storeId, storeName, kind, subject, at }, urgency, days }: RowProps) {
  const styles = useStyles();
  return (
    <TableRow>
      <TableCell className={styles.cell}>
        <UrgencyMark urgency={urgency} />
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.lines}>
          <span>{expirySubject(kind, subject)}</span>
          <span className={styles.quiet}>{say(`expiry.kind-${kind}`)}</span>
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <StoreLink id={storeId} name={storeName} />
      </TableCell>
      <TableCell className={styles.cell}>
        <time dateTime={new Date(at).toISOString()}>{formatDate(at)}</time>
      </TableCell>
      <TableCell className={styles.cell}>{days}</TableCell>
    </TableRow>
  );
});

export function ExpiryTable({ entries }: { readonly entries: readonly Expiry[] }) {
  const styles = useStyles();
  const now = useNow();
  const [most, setMost] = useState(PAGE);
  const shown = entries.slice(0, most);
  return (
    <div>
      <div className={styles.scroller}>
        <Table size="small" className={styles.table} aria-label={say("expiry.list")}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.urgency}>{say("expiry.column-urgency")}</TableHeaderCell>
              <TableHeaderCell>{say("expiry.column-subject")}</TableHeaderCell>
              <TableHeaderCell className={styles.store}>{say("expiry.column-store")}</TableHeaderCell>
              <TableHeaderCell className={styles.date}>{say("expiry.column-date")}</TableHeaderCell>
              <TableHeaderCell className={styles.days}>{say("expiry.column-days")}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {shown.map((entry) => (
              <Row key={entry.id} entry={entry} urgency={urgencyOf(entry.at, now)} days={daysInWords(entry.at, now)} />
            ))}
          </TableBody>
        </Table>
      </div>
      <ShowMore shown={shown.length} hasMore={shown.length < entries.length} onMore={() => setMost(most + PAGE)} />
    </div>
  );
}

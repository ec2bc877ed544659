/** The dates, one a row. */
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, tokens } from "@fluentui/react-components";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import type { Route } from "../../stores/routes.ts";
import { formatDate } from "../../text/format.ts";
import { expirySubject } from "../../text/expiry.ts";
import { say } from "../../text/text.ts";
import { useNow } from "../../ui/use-now.ts";
import { PageLink } from "../links/page-link.tsx";
import { UrgencyMark } from "./urgency-mark.tsx";
import { daysInWords, urgencyOf } from "./urgency.ts";

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

export function ExpiryTable({ entries }: { readonly entries: readonly Expiry[] }) {
  const styles = useStyles();
  const now = useNow();
  return (
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
          {entries.map(({ id, storeId, storeName, kind, subject, at }) => (
            <TableRow key={id}>
              <TableCell className={styles.cell}>
                <UrgencyMark urgency={urgencyOf(at, now)} />
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
              <TableCell className={styles.cell}>{daysInWords(at, now)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

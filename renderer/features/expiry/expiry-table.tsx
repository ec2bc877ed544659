/** The dates, one a row, soonest first and a page at a time: three hundred stores have more of them than are drawn at once. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo, useState } from "react";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import type { Route } from "../../stores/routes.ts";
import { formatDate } from "../../text/format.ts";
import { expirySubject } from "../../text/expiry.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { useNow } from "../../ui/use-now.ts";
import { PageLink } from "../links/page-link.tsx";
import { UrgencyMark } from "./urgency-mark.tsx";
import { daysInWords, urgencyOf, type Urgency } from "./urgency.ts";

/** Shown at once. */
const PAGE = 100;

const useStyles = makeStyles({
  lines: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
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
    <DataRow>
      <DataCell title={say("expiry.column-urgency")}>
        <UrgencyMark urgency={urgency} />
      </DataCell>
      <DataCell title={say("expiry.column-subject")}>
        <div className={styles.lines}>
          <span>{expirySubject(kind, subject)}</span>
          <span className={styles.quiet}>{say(`expiry.kind-${kind}`)}</span>
        </div>
      </DataCell>
      <DataCell title={say("expiry.column-store")}>
        <StoreLink id={storeId} name={storeName} />
      </DataCell>
      <DataCell title={say("expiry.column-date")}>
        <time dateTime={new Date(at).toISOString()}>{formatDate(at)}</time>
      </DataCell>
      <DataCell title={say("expiry.column-days")}>{days}</DataCell>
    </DataRow>
  );
});

export function ExpiryTable({ entries }: { readonly entries: readonly Expiry[] }) {
  const now = useNow();
  const [most, setMost] = useState(PAGE);
  const shown = entries.slice(0, most);
  const columns = [
    { title: say("expiry.column-urgency"), width: "132px" },
    { title: say("expiry.column-subject") },
    { title: say("expiry.column-store"), width: "22%" },
    { title: say("expiry.column-date"), width: "104px" },
    { title: say("expiry.column-days"), width: "98px" },
  ];
  return (
    <div>
      <DataTable label={say("expiry.list")} columns={columns}>
        {shown.map((entry) => (
          <Row key={entry.id} entry={entry} urgency={urgencyOf(entry.at, now)} days={daysInWords(entry.at, now)} />
        ))}
      </DataTable>
      <ShowMore shown={shown.length} hasMore={shown.length < entries.length} onMore={() => setMost(most + PAGE)} />
    </div>
  );
}

/** The table of identity stores. */
import { Table, TableBody, TableHeader, TableHeaderCell, TableRow, makeStyles } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { say } from "../../text/text.ts";
import type { StoreQuestion } from "./store-dialogs.tsx";
import { byName, type Direction } from "./store-order.ts";
import { StoreRow } from "./store-row.tsx";

const useStyles = makeStyles({
  scroller: { overflowX: "auto" },
  table: { minWidth: "700px" },
  name: { width: "16%" },
  kind: { width: "7%" },
  domain: { width: "18%" },
  provider: { width: "20%" },
  state: { width: "15%" },
  next: { width: "18%" },
  actions: { width: "6%" },
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

interface StoresTableProps {
  readonly stores: readonly StoreSummary[];
  readonly onQuestion: (question: StoreQuestion) => void;
}

export function StoresTable({ stores, onQuestion }: StoresTableProps) {
  const styles = useStyles();
  const [direction, setDirection] = useState<Direction>("ascending");
  const sorted = useMemo(() => byName(stores, direction), [stores, direction]);
  return (
    <div className={styles.scroller}>
      <Table size="small" sortable className={styles.table} aria-label={say("identity-stores.table")}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell
              className={styles.name}
              sortDirection={direction}
              onClick={() => setDirection(direction === "ascending" ? "descending" : "ascending")}
            >
              {say("identity-stores.column-name")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.kind}>
              {say("identity-stores.column-kind")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.domain}>
              {say("identity-stores.column-domain")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.provider}>
              {say("identity-stores.column-provider")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.state}>
              {say("identity-stores.column-state")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.next}>
              {say("identity-stores.column-next")}
            </TableHeaderCell>
            <TableHeaderCell sortable={false} className={styles.actions}>
              <span className={styles.hidden}>{say("identity-stores.column-actions")}</span>
            </TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {sorted.map((store) => (
            <StoreRow key={store.id} store={store} onQuestion={onQuestion} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

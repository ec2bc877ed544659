/** Names of a judged list with what they become. */
import { memo } from "react";
import type { AliasListRow } from "../../../shared/model/alias-list.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { useCellStyles, VERDICT_WIDTH } from "./cell-styles.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import { aliasOfRow, reasonOfRow } from "./outcome.ts";

interface RowProps {
  readonly row: AliasListRow;
  readonly most: number | null;
}

const Row = memo(function Row({ row, most }: RowProps) {
  const styles = useCellStyles();
  return (
    <DataRow>
      <DataCell title={say("alias-bench.column-line")} className={styles.quiet}>
        {formatCount(row.line)}
      </DataCell>
      <DataCell title={say("alias-bench.column-name")} className={styles.code}>
        {row.alias}
      </DataCell>
      <DataCell title={say("alias-bench.column-verdict")}>
        <OutcomeMark outcome={row.outcome} />
      </DataCell>
      <DataCell title={say("alias-bench.column-gets")} className={styles.code}>
        {aliasOfRow(row)}
      </DataCell>
      <DataCell title={say("alias-bench.column-why")}>{reasonOfRow(row, most)}</DataCell>
    </DataRow>
  );
});

export function ListTable({ rows, most }: { readonly rows: readonly AliasListRow[]; readonly most: number | null }) {
  const columns = [
    { title: say("alias-bench.column-line"), width: "84px" },
    { title: say("alias-bench.column-name") },
    { title: say("alias-bench.column-verdict"), width: VERDICT_WIDTH },
    { title: say("alias-bench.column-gets") },
    { title: say("alias-bench.column-why") },
  ];
  return (
    <DataTable label={say("alias-bench.list-table")} columns={columns}>
      {rows.map((row) => (
        <Row key={row.line} row={row} most={most} />
      ))}
    </DataTable>
  );
}

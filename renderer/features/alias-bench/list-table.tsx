/** Names of a judged list with what they become. */
import { memo } from "react";
import type { AliasListRow } from "../../../shared/model/alias-list.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { AliasTable, useCellStyles, VERDICT_WIDTH } from "./alias-table.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";
import { aliasOfRow, reasonOfRow } from "./outcome.ts";

interface RowProps {
  readonly row: AliasListRow;
  readonly most: number | null;
}

const Row = memo(function Row({ row, most }: RowProps) {
  const styles = useCellStyles();
  return (
    <tr>
      <td className={styles.quiet}>{formatCount(row.line)}</td>
      <td className={styles.code}>{row.alias}</td>
      <td>
        <OutcomeMark outcome={row.outcome} />
      </td>
      <td className={styles.code}>{aliasOfRow(row)}</td>
      <td>{reasonOfRow(row, most)}</td>
    </tr>
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
    <AliasTable label={say("alias-bench.list-table")} columns={columns}>
      {rows.map((row) => (
        <Row key={row.line} row={row} most={most} />
      ))}
    </AliasTable>
  );
}

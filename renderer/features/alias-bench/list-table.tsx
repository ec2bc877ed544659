/** Names of a judged list with what they become. Plain table elements, as for the verdicts of typed aliases. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { AliasListRow } from "../../../shared/model/alias-list.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import { aliasOfRow, reasonOfRow } from "./outcome.ts";

const useStyles = makeStyles({
  scroller: { overflowX: "auto" },
  table: {
    width: "100%",
    minWidth: "640px",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    "& td, & th": { boxSizing: "border-box", padding: "5px 8px", textAlign: "left", verticalAlign: "top", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    "& th": { fontWeight: tokens.fontWeightRegular },
    "& td": { overflowWrap: "anywhere" },
  },
  line: { width: "84px" },
  verdict: { width: "176px" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface RowProps {
  readonly row: AliasListRow;
  readonly most: number | null;
  readonly styles: ReturnType<typeof useStyles>;
}

const Row = memo(function Row({ row, most, styles }: RowProps) {
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
  const styles = useStyles();
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={say("alias-bench.list-table")}>
        <thead>
          <tr>
            <th scope="col" className={styles.line}>
              {say("alias-bench.column-line")}
            </th>
            <th scope="col">{say("alias-bench.column-name")}</th>
            <th scope="col" className={styles.verdict}>
              {say("alias-bench.column-verdict")}
            </th>
            <th scope="col">{say("alias-bench.column-gets")}</th>
            <th scope="col">{say("alias-bench.column-why")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.line} row={row} most={most} styles={styles} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

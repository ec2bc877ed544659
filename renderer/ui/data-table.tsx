/**
 * A table that is read. With little room the cells of a row stand in lines under their columns' titles, as a grid's do, and
 * nothing scrolls sideways. Plain table elements, because a thousand cells of the component library take several times as long
 * to draw; with roles, because a browser takes them for nothing once they are laid out as lines.
 */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { COLUMN_HEADER, ROW, ROW_GROUP } from "./grid/roles.ts";

const TABLE = { role: "table" } as const;
const CELL = { role: "cell" } as const;

/** Columns beside each other are hard to read below this width of the table. */
const STACKED = "@container (max-width: 659px)";

/** Room between a number and words that begin in the next column. */
const NUMERIC = { textAlign: "right", paddingRight: "20px" } as const;

const useStyles = makeStyles({
  room: { containerType: "inline-size" },
  table: {
    width: "100%",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    [STACKED]: { display: "block", "& tbody": { display: "block" } },
  },
  head: {
    "& th": { boxSizing: "border-box", padding: "5px 8px", textAlign: "left", verticalAlign: "top", fontWeight: tokens.fontWeightRegular, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    [STACKED]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  },
  row: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [STACKED]: { display: "block", paddingBlock: "4px" },
  },
  cell: {
    boxSizing: "border-box",
    padding: "5px 8px",
    textAlign: "left",
    verticalAlign: "top",
    overflowWrap: "anywhere",
    [STACKED]: {
      display: "block",
      paddingBlock: "3px",
      "::before": { content: "attr(data-title)", display: "block", color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase200 },
    },
  },
  numeric: { ...NUMERIC, fontVariantNumeric: "tabular-nums", [STACKED]: { textAlign: "left" } },
});

interface DataTableProps {
  readonly label: string;
  /** Columns without a width share what the others leave. `numeric`: as of its cells. */
  readonly columns: readonly { readonly title: string; readonly width?: string; readonly numeric?: boolean }[];
  /** Its rows. */
  readonly children: ReactNode;
}

export function DataTable({ label, columns, children }: DataTableProps) {
  const styles = useStyles();
  return (
    <div className={styles.room}>
      <table {...TABLE} className={styles.table} aria-label={label}>
        <thead {...ROW_GROUP} className={styles.head}>
          <tr {...ROW}>
            {columns.map(({ title, width, numeric = false }) => (
              <th key={title} {...COLUMN_HEADER} scope="col" style={{ width, ...(numeric ? NUMERIC : {}) }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROW_GROUP}>{children}</tbody>
      </table>
    </div>
  );
}

export function DataRow({ children }: { readonly children: ReactNode }) {
  return (
    <tr {...ROW} className={useStyles().row}>
      {children}
    </tr>
  );
}

interface DataCellProps {
  /** Its column's. */
  readonly title: string;
  /** Numbers stand below each other by their last digit. */
  readonly numeric?: boolean;
  /** Over so many columns. */
  readonly span?: number;
  readonly className?: string;
  readonly children: ReactNode;
}

export function DataCell({ title, numeric = false, span, className, children }: DataCellProps) {
  const styles = useStyles();
  return (
    <td {...CELL} data-title={title} colSpan={span} className={mergeClasses(styles.cell, numeric && styles.numeric, className)}>
      {children}
    </td>
  );
}

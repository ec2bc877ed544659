/** Aliases with what became of them. Plain table elements, because a thousand cells of the component library take several times as long to draw. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  scroller: { overflowX: "auto" },
  table: {
    width: "100%",
    minWidth: "660px",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    "& td, & th": { boxSizing: "border-box", padding: "5px 8px", textAlign: "left", verticalAlign: "top", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    "& th": { fontWeight: tokens.fontWeightRegular },
    "& td": { overflowWrap: "anywhere" },
  },
});

/** How the text of a cell looks. */
export const useCellStyles = makeStyles({
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** Of the verdict's column. */
export const VERDICT_WIDTH = "176px";

interface AliasTableProps {
  readonly label: string;
  /** Columns without a width share what the others leave. */
  readonly columns: readonly { readonly title: string; readonly width?: string }[];
  /** Its rows. */
  readonly children: ReactNode;
}

export function AliasTable({ label, columns, children }: AliasTableProps) {
  const styles = useStyles();
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ title, width }) => (
              <th key={title} scope="col" style={{ width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

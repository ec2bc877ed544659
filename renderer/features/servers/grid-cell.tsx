/** A cell of the grid. Fluent's cells are table cells; in a grid they are grid cells. */
import { TableCell, TableHeaderCell, makeStyles, mergeClasses } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useGridStyles } from "./grid-layout.ts";

const GRID_CELL = { role: "gridcell" } as const;

const useStyles = makeStyles({
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

interface GridCellProps {
  readonly className?: string | false;
  readonly children: ReactNode;
}

export function GridCell({ className, children }: GridCellProps) {
  const styles = useGridStyles();
  return (
    <TableCell {...GRID_CELL} className={mergeClasses(styles.cell, className)}>
      {children}
    </TableCell>
  );
}

/** The head of a column whose cells explain themselves: heard, not seen. */
export function UnseenHeaderCell({ className, children }: { readonly className: string; readonly children: string }) {
  const styles = useStyles();
  return (
    <TableHeaderCell className={className}>
      <span className={styles.hidden}>{children}</span>
    </TableHeaderCell>
  );
}

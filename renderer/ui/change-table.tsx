/** Differences field by field, with both sides. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo, useState } from "react";
import type { Change } from "../../shared/model/draft.ts";
import { changeColumns, type KindWords } from "../text/comparison.ts";
import { say } from "../text/text.ts";
import { ShowMore } from "./show-more.tsx";
import { SMALL_WINDOW } from "./small-window.ts";

const useStyles = makeStyles({
  scroller: { overflowY: "auto" },
  short: { maxHeight: "40vh", [SMALL_WINDOW]: { maxHeight: "none" } },
  table: {
    width: "100%",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    "& td, & th": { padding: "5px 8px", textAlign: "left", verticalAlign: "top", overflowWrap: "anywhere", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    "& th": { fontWeight: tokens.fontWeightRegular },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A part that scrolls must be reachable by keyboard. */
const REACHABLE = { tabIndex: 0 } as const;

/** So many changes are shown at once: a thousand servers may have another place, and as many rows hold the page up. */
const PAGE = 200;

interface ChangeTableProps {
  readonly label: string;
  readonly changes: readonly Change[];
  /** What the two sides are called. */
  readonly before: string;
  readonly after: string;
  /** Says of each whether one side alone has it, in whose words. */
  readonly kinds?: KindWords;
  /** In a dialog: a long list scrolls in itself. */
  readonly short?: boolean;
}

/** A secret shows that it changed, and nothing else. */
export const ChangeTable = memo(function ChangeTable({ label, changes, before, after, kinds, short = false }: ChangeTableProps) {
  const styles = useStyles();
  const [most, setMost] = useState(PAGE);
  const shown = changes.slice(0, most);
  const columns = changeColumns({ left: before, right: after }, kinds ?? null);
  return (
    <section className={mergeClasses(styles.scroller, short && styles.short)} aria-label={label} {...REACHABLE}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={`${change.provider ?? ""} ${change.key}`}>
              {/* No component: each of two thousand would cost more than its text. */}
              {columns.map(({ id, cell }) => (
                <td key={id}>{cell(change) ?? <span className={styles.quiet}>{say("changes.empty")}</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore shown={shown.length} hasMore={shown.length < changes.length} onMore={() => setMost(most + PAGE)} />
    </section>
  );
});

/**
 * Aliases with their verdicts, 200 at a time: ten thousand rows at once would stall the window. Plain table elements,
 * because a thousand cells of the component library take several times as long to draw.
 */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronLeftRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { memo, useState } from "react";
import type { AliasVerdict } from "../../../shared/model/alias.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import { addressInWords, lengthInWords, matchedInWords } from "./outcome.ts";

const PAGE = 200;

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
  verdict: { width: "176px" },
  matched: { width: "17%" },
  length: { width: "118px" },
  address: { width: "19%" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
  pages: { display: "flex", flexWrap: "wrap", alignItems: "center", justifyContent: "flex-end", gap: "8px", paddingTop: "8px" },
});

type Styles = ReturnType<typeof useStyles>;

interface VerdictRowProps {
  readonly verdict: AliasVerdict;
  readonly most: number | null;
  readonly styles: Styles;
}

const VerdictRow = memo(function VerdictRow({ verdict, most, styles }: VerdictRowProps) {
  const words = matchedInWords(verdict);
  return (
    <tr>
      <td className={styles.code}>{verdict.alias}</td>
      <td>
        <OutcomeMark outcome={verdict.outcome} />
      </td>
      <td className={words === null ? styles.code : styles.quiet}>{words ?? verdict.matched}</td>
      <td className={verdict.tooLong ? styles.wrong : styles.quiet}>{lengthInWords(verdict, most)}</td>
      <td className={verdict.addressIssue === null ? styles.quiet : styles.wrong}>{addressInWords(verdict)}</td>
    </tr>
  );
});

interface PagesProps {
  readonly first: number;
  readonly total: number;
  readonly onFirst: (first: number) => void;
}

function Pages({ first, total, onFirst }: PagesProps) {
  const styles = useStyles();
  const facts = { from: formatCount(first + 1), to: formatCount(Math.min(first + PAGE, total)), total: formatCount(total) };
  return (
    <nav className={styles.pages} aria-label={say("alias-bench.pages")}>
      <Button size="small" icon={<ChevronLeftRegular />} disabledFocusable={first === 0} onClick={() => onFirst(first - PAGE)}>
        {say("alias-bench.page-before")}
      </Button>
      <output>{say("alias-bench.page", facts)}</output>
      <Button size="small" icon={<ChevronRightRegular />} iconPosition="after" disabledFocusable={first + PAGE >= total} onClick={() => onFirst(first + PAGE)}>
        {say("alias-bench.page-after")}
      </Button>
    </nav>
  );
}

interface VerdictTableProps {
  readonly verdicts: readonly AliasVerdict[];
  readonly most: number | null;
}

/** Begins at its first page; give it a `key` to begin anew. */
export function VerdictTable({ verdicts, most }: VerdictTableProps) {
  const styles = useStyles();
  const [first, setFirst] = useState(0);
  const pages = verdicts.length > PAGE && <Pages first={first} total={verdicts.length} onFirst={setFirst} />;
  return (
    <div>
      {pages}
      <div className={styles.scroller}>
        <table className={styles.table} aria-label={say("alias-bench.table")}>
          <thead>
            <tr>
              <th scope="col">{say("alias-bench.column-alias")}</th>
              <th scope="col" className={styles.verdict}>
                {say("alias-bench.column-verdict")}
              </th>
              <th scope="col" className={styles.matched}>
                {say("alias-bench.column-matched")}
              </th>
              <th scope="col" className={styles.length}>
                {say("alias-bench.column-length")}
              </th>
              <th scope="col" className={styles.address}>
                {say("alias-bench.column-address")}
              </th>
            </tr>
          </thead>
          <tbody>
            {verdicts.slice(first, first + PAGE).map((verdict, index) => (
              <VerdictRow key={`${first + index}/${verdict.alias}`} verdict={verdict} most={most} styles={styles} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Aliases with their verdicts, 200 at a time: ten thousand rows at once would stall the window. */
import { Button, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronLeftRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { memo, useState } from "react";
import type { AliasVerdict } from "../../../shared/model/alias.ts";
import { say } from "../../text/text.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import { addressInWords, lengthInWords, matchedInWords, outcomeOf } from "./outcome.ts";

const PAGE = 200;

const useStyles = makeStyles({
  scroller: { overflowX: "auto" },
  table: { minWidth: "660px" },
  verdict: { width: "156px" },
  matched: { width: "20%" },
  length: { width: "110px" },
  address: { width: "20%" },
  cell: { overflowWrap: "anywhere", paddingTop: "4px", paddingBottom: "4px" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
  pages: { display: "flex", alignItems: "center", justifyContent: "flex-end", gap: "8px", paddingTop: "8px" },
});

const VerdictRow = memo(function VerdictRow({ verdict, most }: { readonly verdict: AliasVerdict; readonly most: number | null }) {
  const styles = useStyles();
  const words = matchedInWords(verdict);
  return (
    <TableRow>
      <TableCell className={mergeClasses(styles.cell, styles.code)}>{verdict.alias}</TableCell>
      <TableCell className={styles.cell}>
        <OutcomeMark outcome={outcomeOf(verdict)} />
      </TableCell>
      <TableCell className={mergeClasses(styles.cell, words === null ? styles.code : styles.quiet)}>{words ?? verdict.matched}</TableCell>
      <TableCell className={mergeClasses(styles.cell, verdict.tooLong ? styles.wrong : styles.quiet)}>{lengthInWords(verdict, most)}</TableCell>
      <TableCell className={mergeClasses(styles.cell, verdict.addressIssue === null ? styles.quiet : styles.wrong)}>{addressInWords(verdict)}</TableCell>
    </TableRow>
  );
});

interface PagesProps {
  readonly first: number;
  readonly total: number;
  readonly onFirst: (first: number) => void;
}

function Pages({ first, total, onFirst }: PagesProps) {
  const styles = useStyles();
  const facts = { from: first + 1, to: Math.min(first + PAGE, total), total };
  return (
    <nav className={styles.pages} aria-label={say("alias-bench.pages")}>
      <Button size="small" icon={<ChevronLeftRegular />} disabledFocusable={first === 0} onClick={() => onFirst(Math.max(0, first - PAGE))}>
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
  return (
    <div>
      <div className={styles.scroller}>
        <Table size="small" className={styles.table} aria-label={say("alias-bench.table")}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{say("alias-bench.column-alias")}</TableHeaderCell>
              <TableHeaderCell className={styles.verdict}>{say("alias-bench.column-verdict")}</TableHeaderCell>
              <TableHeaderCell className={styles.matched}>{say("alias-bench.column-matched")}</TableHeaderCell>
              <TableHeaderCell className={styles.length}>{say("alias-bench.column-length")}</TableHeaderCell>
              <TableHeaderCell className={styles.address}>{say("alias-bench.column-address")}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {verdicts.slice(first, first + PAGE).map((verdict, index) => (
              <VerdictRow key={`${first + index}/${verdict.alias}`} verdict={verdict} most={most} />
            ))}
          </TableBody>
        </Table>
      </div>
      {verdicts.length > PAGE && <Pages first={first} total={verdicts.length} onFirst={setFirst} />}
    </div>
  );
}

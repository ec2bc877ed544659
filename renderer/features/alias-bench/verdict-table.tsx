/** Aliases with their verdicts, 200 at a time: ten thousand rows at once would stall the window. */
import { Button, makeStyles } from "@fluentui/react-components";
import { ChevronLeftRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { memo, useState } from "react";
import type { AliasVerdict } from "../../../shared/model/alias.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { useCellStyles, VERDICT_WIDTH } from "./cell-styles.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import { addressInWords, lengthInWords, matchedInWords } from "./outcome.ts";

const PAGE = 200;

const useStyles = makeStyles({
  pages: { display: "flex", flexWrap: "wrap", alignItems: "center", justifyContent: "flex-end", gap: "8px", paddingTop: "8px" },
});

interface VerdictRowProps {
  readonly verdict: AliasVerdict;
  readonly most: number | null;
}

const VerdictRow = memo(function VerdictRow({ verdict, most }: VerdictRowProps) {
  const styles = useCellStyles();
  const words = matchedInWords(verdict);
  return (
    <DataRow>
      <DataCell title={say("alias-bench.column-alias")} className={styles.code}>
        {verdict.alias}
      </DataCell>
      <DataCell title={say("alias-bench.column-verdict")}>
        <OutcomeMark outcome={verdict.outcome} />
      </DataCell>
      <DataCell title={say("alias-bench.column-matched")} className={words === null ? styles.code : styles.quiet}>
        {words ?? verdict.matched}
      </DataCell>
      <DataCell title={say("alias-bench.column-length")} className={verdict.tooLong ? styles.wrong : styles.quiet}>
        {lengthInWords(verdict, most)}
      </DataCell>
      <DataCell title={say("alias-bench.column-address")} className={verdict.addressIssue === null ? styles.quiet : styles.wrong}>
        {addressInWords(verdict)}
      </DataCell>
    </DataRow>
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
  const [first, setFirst] = useState(0);
  const columns = [
    { title: say("alias-bench.column-alias") },
    { title: say("alias-bench.column-verdict"), width: VERDICT_WIDTH },
    { title: say("alias-bench.column-matched"), width: "17%" },
    { title: say("alias-bench.column-length"), width: "118px" },
    { title: say("alias-bench.column-address"), width: "19%" },
  ];
  return (
    <div>
      {verdicts.length > PAGE && <Pages first={first} total={verdicts.length} onFirst={setFirst} />}
      <DataTable label={say("alias-bench.table")} columns={columns}>
        {verdicts.slice(first, first + PAGE).map((verdict, index) => (
          <VerdictRow key={`${first + index}/${verdict.alias}`} verdict={verdict} most={most} />
        ))}
      </DataTable>
    </div>
  );
}

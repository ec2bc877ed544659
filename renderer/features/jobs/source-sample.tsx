/** What a source was found to hold: how it was read, and its first rows. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { SourceFacts } from "../../../shared/model/job-plan.ts";
import type { JobSource } from "../../../shared/model/job.ts";
import { formatCount, formatDateTime } from "../../text/format.ts";
import { rowsText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import type { TakenSample } from "./drafts.ts";

const useStyles = makeStyles({ quiet: { margin: "0", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" } });

/** More columns than these are named, and not shown: nobody reads a table of fifty. */
const COLUMNS_SHOWN = 8;

const DELIMITER_WORDS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;

function delimiterText(delimiter: string): string {
  return delimiter === "," || delimiter === ";" || delimiter === "\t" || delimiter === "|" ? say(`job-editor.delimiter-${DELIMITER_WORDS[delimiter]}`) : delimiter;
}

export function foundText({ rows, columns, delimiter, encoding, sheet }: SourceFacts, kind: JobSource["kind"]): string {
  const facts = { rows: rowsText(rows), columns: say("job-editor.columns-count", { count: columns.length, number: formatCount(columns.length) }) };
  return kind === "excel"
    ? say("job-editor.found-excel", { ...facts, sheet: sheet ?? "" })
    : say("job-editor.found-csv", { ...facts, delimiter: delimiterText(delimiter ?? ""), encoding: (encoding ?? "").toUpperCase() });
}

export function SourceSampleTable({ taken: { of, sample } }: { readonly taken: TakenSample }) {
  const styles = useStyles();
  const { facts, rows } = sample;
  const shown = facts.columns.slice(0, COLUMNS_SHOWN);
  const further = facts.columns.slice(COLUMNS_SHOWN);
  const row = say("job-editor.column-row");
  return (
    <>
      <p className={styles.quiet}>
        {foundText(facts, of.kind)} {say("job-editor.found-changed", { time: formatDateTime(facts.changedAt) })}
      </p>
      {rows.length > 0 && (
        <DataTable label={say("job-editor.first-rows")} columns={[{ title: row, width: "52px" }, ...shown.map((title) => ({ title }))]}>
          {rows.map((values, index) => (
            <DataRow key={index}>
              <DataCell title={row}>{formatCount(index + 1)}</DataCell>
              {shown.map((column) => (
                <DataCell key={column} title={column}>
                  {values[column] ?? ""}
                </DataCell>
              ))}
            </DataRow>
          ))}
        </DataTable>
      )}
      {further.length > 0 && <p className={styles.quiet}>{say("job-editor.more-columns", { columns: further.join(", ") })}</p>}
    </>
  );
}

/** What a mapping makes of the first rows, while it is typed. An answer to another mapping than the one that stands there is never shown. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Evaluated } from "../../../shared/contract/jobs.ts";
import type { FieldMapping } from "../../../shared/model/job.ts";
import { client } from "../../host/client.ts";
import { formatCount } from "../../text/format.ts";
import { jobIssueText, targetText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { mappingIssues } from "./draft-issues.ts";
import type { TakenSample } from "./drafts.ts";
import { useRested } from "./use-rested.ts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  bad: { color: tokens.colorPaletteRedForeground1 },
});

/** So many rows are evaluated while one types. */
const ROWS = 5;

function Result({ result }: { readonly result: Evaluated | undefined }) {
  const styles = useStyles();
  if (result === undefined) return <span className={styles.quiet}>{say("job-editor.result-wait")}</span>;
  if (result.issue !== null) return <span className={styles.bad}>{jobIssueText(result.issue)}</span>;
  return result.value === null || result.value === "" ? <span className={styles.quiet}>{say("job-editor.result-blank")}</span> : <span>{result.value}</span>;
}

interface MappingResultsProps {
  readonly mapping: readonly FieldMapping[];
  readonly taken: TakenSample | null;
}

export function MappingResults({ mapping, taken }: MappingResultsProps) {
  const styles = useStyles();
  const rows = taken?.sample.rows.slice(0, ROWS) ?? [];
  const sendable = rows.length > 0 && mapping.length > 0 && mappingIssues([...mapping]).length === 0;
  const { value, fault } = useRested<Evaluated[][]>(sendable ? JSON.stringify([mapping, rows]) : null, (signal) => client().jobs.evaluate({ mapping: [...mapping], rows }, { signal }));
  if (mapping.length === 0) return null;
  if (rows.length === 0) return <Text className={styles.quiet}>{say("job-editor.results-hint")}</Text>;
  const row = say("job-editor.column-row");
  return (
    <>
      <DataTable label={say("job-editor.results")} columns={[{ title: row, width: "52px" }, ...mapping.map(({ target }) => ({ title: targetText(target) }))]}>
        {rows.map((_values, index) => (
          <DataRow key={index}>
            <DataCell title={row}>{formatCount(index + 1)}</DataCell>
            {mapping.map(({ target }, field) => (
              <DataCell key={target} title={targetText(target)}>
                <Result result={value?.[index]?.[field]} />
              </DataCell>
            ))}
          </DataRow>
        ))}
      </DataTable>
      {fault !== null && <ErrorBox fault={fault} />}
    </>
  );
}

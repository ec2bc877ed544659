/** What came of a comparison: the differences, and what could not be compared. */
import { Button, MessageBar, MessageBarBody, MessageBarTitle, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Comparison } from "../../../shared/model/comparison.ts";
import { notComparedLines, sumOf } from "../../text/comparison.ts";
import { say } from "../../text/text.ts";
import { ChangeTable } from "../../ui/change-table.tsx";
import { useAnnounced } from "../../ui/announce.ts";
import { FormSection } from "../identity-stores/form-section.tsx";

const useStyles = makeStyles({
  list: { margin: "4px 0 0", paddingLeft: "18px", overflowWrap: "anywhere" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
});

interface ComparisonResultProps {
  readonly comparison: Comparison;
  readonly left: string;
  readonly right: string;
  /** `seen`: the comparison's. */
  readonly onTakeOver: (seen: string) => void;
}

export function ComparisonResult({ comparison, left, right, onTakeOver }: ComparisonResultProps) {
  const styles = useStyles();
  const { changes, notCompared, seen } = comparison;
  const sum = sumOf(comparison, { left, right });
  useAnnounced(sum);
  return (
    <FormSection title={say("comparison.result")}>
      <Text>{sum}</Text>
      {notCompared.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("comparison.not-compared")}</MessageBarTitle>
            <ul className={styles.list}>
              {notComparedLines(notCompared).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      {changes.length > 0 && <ChangeTable label={say("comparison.table")} changes={changes} before={left} after={right} kinds="comparison" />}
      {seen !== null && (
        <div className={styles.row}>
          <Button onClick={() => onTakeOver(seen)}>{say("comparison.take-over")}</Button>
          <p className={styles.quiet}>{say("comparison.take-over-hint")}</p>
        </div>
      )}
    </FormSection>
  );
}

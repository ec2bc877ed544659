/** Several boxes to tick under one name. No `Field` stands around them: that would give each of them its own name. */
import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useId } from "react";
import type { Issue } from "../../../shared/fault.ts";
import { jobIssueText } from "../../text/jobs.ts";

const useStyles = makeStyles({
  group: { margin: "0", padding: "0", border: "none", minWidth: "0" },
  boxes: { display: "flex", flexWrap: "wrap", columnGap: "8px" },
  bad: { margin: "0", color: tokens.colorPaletteRedForeground1, fontSize: tokens.fontSizeBase200 },
});

interface BoxGroupProps<K extends string | number> {
  readonly label: string;
  readonly of: readonly K[];
  readonly words: (value: K) => string;
  readonly ticked: readonly K[];
  readonly issues?: readonly Issue[];
  /** Those that are ticked from then on, in their order. */
  readonly onTicked: (values: K[]) => void;
}

export function BoxGroup<K extends string | number>({ label, of, words, ticked, issues = [], onTicked }: BoxGroupProps<K>) {
  const styles = useStyles();
  const problem = useId();
  return (
    <fieldset className={styles.group} aria-label={label} {...(issues.length === 0 ? {} : { "aria-describedby": problem })}>
      <span aria-hidden="true">{label}</span>
      <div className={styles.boxes}>
        {of.map((one) => (
          <Checkbox key={one} label={words(one)} checked={ticked.includes(one)} onChange={(_event, data) => onTicked(of.filter((other) => (other === one ? data.checked === true : ticked.includes(other))))} />
        ))}
      </div>
      {issues.length > 0 && (
        <p id={problem} className={styles.bad}>
          {issues.map(jobIssueText).join(" ")}
        </p>
      )}
    </fieldset>
  );
}

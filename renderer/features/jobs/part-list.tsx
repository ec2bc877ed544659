/** The parts of the editor, each with how much in it is to be mended. A part is gone to, not shown alone: nothing typed is out of sight. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { WarningFilled } from "@fluentui/react-icons";
import type { Issue } from "../../../shared/fault.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { say } from "../../text/text.ts";
import { EDITOR_PARTS, partOf, type EditorPart } from "./draft-issues.ts";

const useStyles = makeStyles({
  list: { display: "flex", flexWrap: "wrap", gap: "4px", margin: "0 0 12px", padding: "0", listStyleType: "none" },
  mark: { display: "inline-flex", alignItems: "center", gap: "4px", marginLeft: "8px", fontWeight: tokens.fontWeightRegular },
  shape: { display: "inline-flex", color: tokens.colorPaletteDarkOrangeForeground1 },
});

/** Puts the focus on the first control of a part. */
export function focusPart(part: EditorPart): void {
  const found = document.querySelector(`[data-field="${part}"]`);
  const target = found?.querySelector<HTMLElement>("[aria-invalid='true']") ?? found?.querySelector<HTMLElement>("input, select, textarea, button");
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

interface PartListProps {
  readonly issues: readonly Issue[];
  readonly mapping: JobSettings["mapping"];
}

export function PartList({ issues, mapping }: PartListProps) {
  const styles = useStyles();
  const lacks = (part: EditorPart) => issues.filter((issue) => partOf(issue, mapping) === part).length;
  return (
    <nav aria-label={say("job-editor.parts")}>
      <ol className={styles.list}>
        {EDITOR_PARTS.map((part, index) => {
          const count = lacks(part);
          return (
            <li key={part}>
              <Button appearance="subtle" onClick={() => focusPart(part)}>
                {say("job-editor.part-number", { number: index + 1, part: say(`job-editor.part-${part}`) })}
                {count > 0 && (
                  <span className={styles.mark}>
                    <span className={styles.shape}>
                      <WarningFilled aria-hidden="true" />
                    </span>
                    {say("job-editor.part-lacks", { count })}
                  </span>
                )}
              </Button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

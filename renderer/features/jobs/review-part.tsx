/** The job in a few lines, and what keeps it from being run. */
import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Issue } from "../../../shared/fault.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { jobIssueText, targetText } from "../../text/jobs.ts";
import { mailTypeText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { partOf, targetOf, type EditorPart } from "./draft-issues.ts";
import { focusPart } from "./part-list.tsx";
import type { PartProps } from "./use-draft.ts";

const useStyles = makeStyles({
  facts: { margin: "0", display: "flex", flexDirection: "column", gap: "6px", "& > div": { display: "flex", flexWrap: "wrap", gap: "2px 8px" }, "& dt": { color: tokens.colorNeutralForeground2, minWidth: "120px" }, "& dd": { margin: "0", overflowWrap: "anywhere" } },
  issues: { margin: "0", paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px" },
  issue: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px" },
});

function lines({ source, type, key, mapping, licensing, schedule }: JobSettings): readonly (readonly [part: EditorPart, text: string])[] {
  const fields = mapping.map(({ target }) => targetText(target)).join(", ");
  return [
    ["source", say("job-editor.review-source", { kind: say(`job-editor.kind-${source.kind}`), path: source.path === "" ? say("job-editor.review-no-path") : source.path })],
    ["object", say("job-editor.review-fields", { type: mailTypeText(type), key: targetText(key), fields: fields === "" ? say("job-editor.mapping-none") : fields })],
    ["licences", say(`job-editor.licensing-${licensing}`)],
    ["schedule", schedule === null ? say("job-editor.review-no-schedule") : say("job-editor.review-schedule", { pattern: schedule.pattern, timeZone: schedule.timeZone })],
  ];
}

function issueLine(issue: Issue, mapping: JobSettings["mapping"]): string {
  const target = mapping.find((field) => field.target === targetOf(issue, mapping));
  const words = target === undefined ? jobIssueText(issue) : say("job-editor.review-field", { field: targetText(target.target), issue: jobIssueText(issue) });
  return say("job-editor.review-line", { part: say(`job-editor.part-${partOf(issue, mapping)}`), issue: words });
}

interface ReviewPartProps extends PartProps {
  readonly checking: boolean;
  readonly isReady: boolean;
}

export function ReviewPart({ settings, issues, checking, isReady }: ReviewPartProps) {
  const styles = useStyles();
  const { mapping } = settings;
  const parts = [...new Set(issues.map((issue) => partOf(issue, mapping)))];
  useAnnounced(isReady ? say("job-editor.review-ready") : null);
  return (
    <FormSection title={say("job-editor.part-review")} place="review">
      <dl className={styles.facts}>
        {lines(settings).map(([part, text]) => (
          <div key={part}>
            <dt>{say(`job-editor.part-${part}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {issues.length === 0 ? (
        <Text>{isReady ? say("job-editor.review-ready") : checking ? say("job-editor.review-checking") : ""}</Text>
      ) : (
        <>
          <Text>{say("job-editor.review-issues")}</Text>
          <ul className={styles.issues}>
            {issues.map((issue, index) => (
              <li key={index}>{issueLine(issue, mapping)}</li>
            ))}
          </ul>
          <div className={styles.issue}>
            {parts.map((part) => (
              <Button key={part} size="small" onClick={() => focusPart(part)}>
                {say("job-editor.review-go", { part: say(`job-editor.part-${part}`) })}
              </Button>
            ))}
          </div>
        </>
      )}
    </FormSection>
  );
}

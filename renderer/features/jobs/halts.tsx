/** What holds a run: each with its numbers and what to do about it. */
import { MessageBar, MessageBarBody, makeStyles } from "@fluentui/react-components";
import type { Halt } from "../../../shared/model/job-plan.ts";
import { haltText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";

const useStyles = makeStyles({ list: { margin: "4px 0 0", paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", overflowWrap: "anywhere" } });

interface HaltsProps {
  readonly halts: readonly Halt[];
  /** Where they come up by themselves. */
  readonly announced?: boolean;
}

export function Halts({ halts, announced = false }: HaltsProps) {
  const styles = useStyles();
  useAnnounced(announced && halts.length > 0 ? say("job-run.halts-announce", { count: halts.length }) : null, "assertive");
  if (halts.length === 0) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <strong>{say("job-run.halts-title")}</strong>
        <ul className={styles.list} aria-label={say("job-run.halts")}>
          {halts.map((halt, index) => {
            const { sentence, nextStep } = haltText(halt);
            return (
              <li key={index}>
                {sentence} {nextStep}
              </li>
            );
          })}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

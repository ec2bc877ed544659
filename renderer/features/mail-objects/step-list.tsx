/** What was tried with a mail object, step by step, live while it happens. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRightRegular, CheckmarkCircleRegular, DismissCircleRegular, ErrorCircleRegular, SearchRegular } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";
import type { MailStep } from "../../../shared/model/mail-object.ts";
import { stepText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "6px" },
  step: { display: "flex", gap: "8px", overflowWrap: "anywhere", minWidth: "0" },
  icon: { display: "flex", flexShrink: 0, fontSize: "18px", paddingTop: "1px", color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  words: { minWidth: "0" },
});

function iconOf({ outcome }: MailStep, styles: ReturnType<typeof useStyles>) {
  switch (outcome.state) {
    case "succeeded":
    case "found":
      return <CheckmarkCircleRegular className={styles.good} />;
    case "refused":
    case "different":
      return <DismissCircleRegular className={styles.bad} />;
    case "not-reached":
    case "unanswered":
    case "not-seen":
      return <ErrorCircleRegular className={styles.bad} />;
    case "missing":
      return <SearchRegular />;
    case "started":
    default:
      return <ArrowRightRegular />;
  }
}

interface StepListProps {
  readonly label: string;
  readonly steps: readonly MailStep[];
  /** Somebody is at it; then each step that ends is told. */
  readonly running: boolean;
}

export function StepList({ label, steps, running }: StepListProps) {
  const styles = useStyles();
  const told = useRef(0);
  useEffect(() => {
    const ended = steps.filter(({ outcome }) => outcome.state !== "started");
    if (running) for (const step of ended.slice(told.current)) announce(stepText(step, running));
    told.current = ended.length;
  }, [steps, running]);
  if (steps.length === 0) return <p>{say(running ? "mail-objects.none-tried" : "mail-journal.steps-none")}</p>;
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map((step) => (
        <li key={step.number} className={styles.step}>
          <span className={styles.icon} aria-hidden="true">
            {iconOf(step, styles)}
          </span>
          <span className={styles.words}>{stepText(step, running)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The wizard's steps; any of them can be gone to once a provider is chosen. */
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { say } from "../../text/text.ts";

export const STEPS = ["provider", "connection", "servers", "review"] as const;
export type Step = (typeof STEPS)[number];

const useStyles = makeStyles({
  list: { display: "flex", flexWrap: "wrap", gap: "4px", margin: "0", padding: "0", listStyleType: "none" },
  step: { borderBottom: `2px solid ${tokens.colorTransparentStroke}`, borderRadius: "0", minWidth: "0" },
  current: {
    borderBottomColor: tokens.colorCompoundBrandStroke,
    fontWeight: tokens.fontWeightSemibold,
    "@media (forced-colors: active)": { borderBottom: "4px solid Highlight" },
  },
});

interface StepListProps {
  readonly current: Step;
  readonly reachable: boolean;
  readonly onGo: (step: Step) => void;
}

export function StepList({ current, reachable, onGo }: StepListProps) {
  const styles = useStyles();
  return (
    <nav aria-label={say("messaging-system.steps-label")}>
      <ol className={styles.list}>
        {STEPS.map((step, index) => (
          <li key={step}>
            <Button
              className={mergeClasses(styles.step, step === current && styles.current)}
              appearance="subtle"
              disabledFocusable={!reachable && step !== "provider"}
              {...(step === current ? { "aria-current": "step" as const } : {})}
              onClick={() => onGo(step)}
            >
              {`${index + 1}. ${say(`messaging-system.step-${step}`)}`}
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

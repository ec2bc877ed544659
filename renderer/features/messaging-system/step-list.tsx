/** The wizard's steps, each with how far it has come; any of them can be gone to once a provider is chosen. */
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, CircleRegular, WarningFilled } from "@fluentui/react-icons";
import { useStore } from "zustand";
import { formParts } from "../../../shared/rules/readiness.ts";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor } from "../../stores/editor-model.ts";
import { say } from "../../text/text.ts";
import { markOf, type StepMark } from "./step-marks.ts";

export const STEPS = [...formParts, "review"] as const;
export type Step = (typeof STEPS)[number];

const useStyles = makeStyles({
  list: { display: "flex", flexWrap: "wrap", gap: "4px", margin: "0", padding: "0", listStyleType: "none" },
  step: { borderBottom: `2px solid ${tokens.colorTransparentStroke}`, borderRadius: "0", minWidth: "0" },
  current: {
    borderBottomColor: tokens.colorCompoundBrandStroke,
    fontWeight: tokens.fontWeightSemibold,
    "@media (forced-colors: active)": { borderBottom: "4px solid Highlight" },
  },
  mark: { display: "inline-flex", alignItems: "center", gap: "4px", marginLeft: "8px", fontWeight: tokens.fontWeightRegular },
  shape: { display: "inline-flex" },
  complete: { color: tokens.colorPaletteGreenForeground1 },
  open: { color: tokens.colorNeutralForeground3 },
  lacking: { color: tokens.colorPaletteDarkOrangeForeground1 },
  said: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

const SHAPES = { complete: CheckmarkCircleRegular, open: CircleRegular, lacking: WarningFilled } as const satisfies Record<StepMark["state"], unknown>;

/** What a step lacks is written beside it; the quieter states are a shape, and words for who does not see it. */
function Mark({ state, words }: StepMark) {
  const styles = useStyles();
  const Shape = SHAPES[state];
  return (
    <span className={styles.mark}>
      <span className={mergeClasses(styles.shape, styles[state])}>
        <Shape aria-hidden="true" />
      </span>
      <span className={state === "lacking" ? undefined : styles.said}>{words}</span>
    </span>
  );
}

interface StepTabProps {
  readonly editor: Editor;
  readonly step: Step;
  readonly index: number;
  readonly current: boolean;
  readonly onGo: (step: Step) => void;
}

function StepTab({ editor, step, index, current, onGo }: StepTabProps) {
  const styles = useStyles();
  const state = useStore(editor.state);
  const reachable = step === "provider" || currentDescriptor(state) !== null;
  const mark = step === "review" ? null : markOf(step, state);
  return (
    <Button
      className={mergeClasses(styles.step, current && styles.current)}
      appearance="subtle"
      disabledFocusable={!reachable}
      {...(current ? { "aria-current": "step" as const } : {})}
      onClick={() => onGo(step)}
    >
      {`${index + 1}. ${say(`messaging-system.step-${step}`)}`}
      {mark !== null && <Mark {...mark} />}
    </Button>
  );
}

interface StepListProps {
  readonly editor: Editor;
  readonly current: Step;
  readonly onGo: (step: Step) => void;
}

export function StepList({ editor, current, onGo }: StepListProps) {
  const styles = useStyles();
  return (
    <nav aria-label={say("messaging-system.steps-label")}>
      <ol className={styles.list}>
        {STEPS.map((step, index) => (
          <li key={step}>
            <StepTab editor={editor} step={step} index={index} current={step === current} onGo={onGo} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

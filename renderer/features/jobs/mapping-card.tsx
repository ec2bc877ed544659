/** One field: where its value begins, and the steps that it goes through. */
import { Button, Select, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular, DeleteRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import type { Issue } from "../../../shared/fault.ts";
import type { FieldMapping } from "../../../shared/model/job.ts";
import type { TransformStep } from "../../../shared/model/transform.ts";
import { targetText, jobIssueText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { BeginningFields } from "./beginning-fields.tsx";
import { BoxesOf } from "./fields.tsx";
import { STEPS } from "./job-choices.ts";
import { StepFields } from "./step-fields.tsx";

const useStyles = makeStyles({
  card: { margin: "0", minWidth: "0", padding: "8px 12px 12px", display: "flex", flexDirection: "column", gap: "8px", borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  name: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  steps: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "8px" },
  step: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", justifyContent: "space-between", gap: "4px 12px" },
  words: { flexGrow: 1, minWidth: "min(220px, 100%)", display: "flex", flexDirection: "column", gap: "6px" },
  buttons: { display: "flex" },
  bad: { margin: "0", color: tokens.colorPaletteRedForeground1 },
});

const STEP_KINDS: readonly TransformStep["kind"][] = ["trim", "case", "replace", "transliterate", "left", "right", "substring", "lookup", "default", "unique"];

interface MappingCardProps {
  readonly storeId: string;
  readonly field: FieldMapping;
  /** Of the source, as far as it was read. */
  readonly columns: readonly string[];
  readonly issues: readonly Issue[];
  readonly onField: (field: FieldMapping) => void;
  readonly onRemove: () => void;
}

interface StepRowProps {
  /** The field that it is a step of. */
  readonly of: string;
  readonly step: TransformStep;
  readonly index: number;
  readonly last: boolean;
  readonly onStep: (step: TransformStep) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function StepRow({ of, step, index, last, onStep, onMove, onRemove }: StepRowProps) {
  const styles = useStyles();
  const name = say("job-editor.step-of", { number: index + 1, step: say(`job-editor.step-${step.kind}`) });
  const said = say("job-editor.step-within", { field: of, step: name });
  return (
    <li className={styles.step} data-step={index}>
      <div className={styles.words}>
        <span>{name}</span>
        <BoxesOf value={said}>
          <StepFields step={step} onStep={onStep} />
        </BoxesOf>
      </div>
      <div className={styles.buttons}>
        <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} aria-label={say("job-editor.up", { step: said })} disabledFocusable={index === 0} onClick={() => onMove(index - 1)} data-move="up" />
        <Button size="small" appearance="subtle" icon={<ArrowDownRegular />} aria-label={say("job-editor.down", { step: said })} disabledFocusable={last} onClick={() => onMove(index + 1)} data-move="down" />
        <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={say("job-editor.remove-step", { step: said })} onClick={onRemove} />
      </div>
    </li>
  );
}

export function MappingCard({ storeId, field, columns, issues, onField, onRemove }: MappingCardProps) {
  const styles = useStyles();
  const card = useRef<HTMLFieldSetElement | null>(null);
  const { target, transform } = field;
  const { steps } = transform;
  const name = targetText(target);
  const setSteps = (next: readonly TransformStep[]) => onField({ ...field, transform: { ...transform, steps: [...next] } });
  const move = (from: number, to: number) => {
    const step = steps[from];
    if (step === undefined || to < 0 || to >= steps.length) return;
    setSteps(steps.toSpliced(from, 1).toSpliced(to, 0, step));
    announce(say("job-editor.step-moved", { step: say(`job-editor.step-${step.kind}`), number: to + 1 }));
    // The button that was pressed is now another step's: the focus goes along with the one that moved.
    card.current?.querySelector<HTMLElement>(`[data-step="${to}"] [data-move="${to < from ? "up" : "down"}"]`)?.focus();
  };
  return (
    <fieldset ref={card} className={styles.card} data-target={target} aria-label={name}>
      <div className={styles.head}>
        <h4 className={styles.name}>{name}</h4>
        <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={say("job-editor.remove-field", { field: name })} onClick={onRemove} />
      </div>
      <BoxesOf value={name}>
        <BeginningFields storeId={storeId} target={target} from={transform.from} columns={columns} onFrom={(from) => onField({ ...field, transform: { ...transform, from } })} />
      </BoxesOf>
      {steps.length > 0 && (
        <ol className={styles.steps} aria-label={say("job-editor.steps", { field: name })}>
          {steps.map((step, index) => (
            <StepRow
              // A step has nothing else to be known by.
              key={index}
              of={name}
              step={step}
              index={index}
              last={index === steps.length - 1}
              onStep={(next) => setSteps(steps.with(index, next))}
              onMove={(to) => move(index, to)}
              onRemove={() => setSteps(steps.toSpliced(index, 1))}
            />
          ))}
        </ol>
      )}
      {steps.length < 20 && (
        <Select
          aria-label={say("job-editor.add-step", { field: name })}
          value=""
          onChange={(_event, data) => {
            const kind = STEP_KINDS.find((one) => one === data.value);
            if (kind !== undefined) setSteps([...steps, STEPS[kind]]);
          }}
        >
          <option value="">{say("job-editor.add-step-choose")}</option>
          {STEP_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {say(`job-editor.step-${kind}`)}
            </option>
          ))}
        </Select>
      )}
      {issues.map((issue, index) => (
        <p key={index} className={styles.bad}>
          {jobIssueText(issue)}
        </p>
      ))}
    </fieldset>
  );
}

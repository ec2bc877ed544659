/** What a step is told. */
import { makeStyles } from "@fluentui/react-components";
import type { TransformStep } from "../../../shared/model/transform.ts";
import { say } from "../../text/text.ts";
import { Choice, LinesBox, NumberBox, TextBox } from "./fields.tsx";

const useStyles = makeStyles({ grid: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(160px, 100%), 1fr))", gap: "8px 16px" } });

type Lookup = Extract<TransformStep, { kind: "lookup" }>;

const CASES = ["lower", "upper", "title"] as const;
const OTHERWISE = ["keep", "blank", "refuse"] as const;

/** `Sales = ENTERPRISEPACK`. Without an equals sign it is the text that is looked up, with nothing to become yet. */
function entryOf(line: string): Lookup["table"][number] {
  const at = line.indexOf("=");
  return at === -1 ? { from: line.trim(), to: "" } : { from: line.slice(0, at).trim(), to: line.slice(at + 1).trim() };
}

interface StepFieldsProps {
  readonly step: TransformStep;
  readonly onStep: (step: TransformStep) => void;
}

function LookupFields({ step, onStep }: { readonly step: Lookup; readonly onStep: (step: Lookup) => void }) {
  const lines = step.table.map(({ from, to }) => (to === "" ? from : `${from} = ${to}`));
  return (
    <>
      <LinesBox name="table" label={say("job-editor.table")} hint={say("job-editor.table-hint")} value={lines} onValue={(next) => onStep({ ...step, table: next.map(entryOf) })} />
      <Choice name="otherwise" label={say("job-editor.otherwise")} value={step.otherwise} of={OTHERWISE} words={(one) => say(`job-editor.otherwise-${one}`)} onValue={(otherwise) => onStep({ ...step, otherwise })} />
    </>
  );
}

function Fields({ step, onStep }: StepFieldsProps) {
  switch (step.kind) {
    case "left":
    case "right":
      return <NumberBox name="count" label={say("job-editor.count")} value={step.count} empty={0} onValue={(count) => onStep({ ...step, count })} />;
    case "substring":
      return (
        <>
          <NumberBox name="start" label={say("job-editor.start")} value={step.start} empty={0} onValue={(start) => onStep({ ...step, start })} />
          <NumberBox name="length" label={say("job-editor.length")} value={step.length} empty={0} onValue={(length) => onStep({ ...step, length })} />
        </>
      );
    case "case":
      return <Choice name="to" label={say("job-editor.to")} value={step.to} of={CASES} words={(one) => say(`job-editor.case-${one}`)} onValue={(to) => onStep({ ...step, to })} />;
    case "replace":
      return (
        <>
          <TextBox name="find" label={say("job-editor.find")} value={step.find} most={255} onValue={(find) => onStep({ ...step, find })} />
          <TextBox name="by" label={say("job-editor.by")} value={step.by} most={255} onValue={(by) => onStep({ ...step, by })} />
        </>
      );
    case "lookup":
      return <LookupFields step={step} onStep={onStep} />;
    case "default":
      return <TextBox name="default" label={say("job-editor.default-text")} value={step.text} most={2000} onValue={(text) => onStep({ ...step, text })} />;
    case "trim":
    case "transliterate":
    case "unique":
    default:
      return null;
  }
}

export function StepFields(props: StepFieldsProps) {
  return (
    <div className={useStyles().grid}>
      <Fields {...props} />
    </div>
  );
}

/** Where the value of a field begins: a column, a fixed text, several columns, or an expression. */
import { Field, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import type { JobTarget } from "../../../shared/model/job.ts";
import type { TransformBeginning } from "../../../shared/model/transform.ts";
import { targetText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { ContainerPicker } from "../mail-objects/container-picker.tsx";
import { Choice, LinesBox, TextBox, Within } from "./fields.tsx";
import { BEGINNINGS } from "./job-choices.ts";

const useStyles = makeStyles({
  grid: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(220px, 100%), 1fr))", gap: "8px 16px" },
  wide: { gridColumnStart: "1", gridColumnEnd: "-1" },
  code: { fontFamily: tokens.fontFamilyMonospace },
});

const KINDS: readonly TransformBeginning["kind"][] = ["column", "static", "join", "expression"];

interface BeginningFieldsProps {
  readonly storeId: string;
  readonly target: JobTarget;
  readonly from: TransformBeginning;
  readonly columns: readonly string[];
  readonly onFrom: (from: TransformBeginning) => void;
}

/** A column that was chosen goes along to several columns, and back. */
function ofKind(from: TransformBeginning, kind: TransformBeginning["kind"]): TransformBeginning {
  if (from.kind === kind) return from;
  if (from.kind === "column" && kind === "join") return { kind, columns: from.column === "" ? [] : [from.column], separator: " " };
  if (from.kind === "join" && kind === "column") return { kind, column: from.columns[0] ?? "" };
  return BEGINNINGS[kind];
}

function Value({ storeId, target, from, columns, onFrom }: BeginningFieldsProps) {
  const styles = useStyles();
  switch (from.kind) {
    case "column":
      return <TextBox name={`column-${target}`} label={say("job-editor.column")} value={from.column} most={255} offered={columns} onValue={(column) => onFrom({ ...from, column })} />;
    case "static":
      return target === "container" ? (
        <div className={styles.wide}>
          <ContainerPicker storeId={storeId} label={targetText(target)} value={from.text} problem={null} onValue={(text) => onFrom({ ...from, text })} />
        </div>
      ) : (
        <TextBox name={`text-${target}`} label={say("job-editor.text")} hint={say("job-editor.text-hint")} value={from.text} most={2000} onValue={(text) => onFrom({ ...from, text })} />
      );
    case "join":
      return (
        <>
          <LinesBox name={`columns-${target}`} label={say("job-editor.columns")} value={from.columns} onValue={(names) => onFrom({ ...from, columns: names.slice(0, 20) })} />
          <TextBox name={`separator-${target}`} label={say("job-editor.separator")} value={from.separator} most={20} onValue={(separator) => onFrom({ ...from, separator })} />
        </>
      );
    case "expression":
    default:
      return (
        <Field className={styles.wide} label={<Within label={say("job-editor.expression")} of={targetText(target)} />} hint={say("job-editor.expression-hint")}>
          <Textarea name={`expression-${target}`} className={styles.code} resize="vertical" spellCheck={false} maxLength={4000} value={from.text} onChange={(_event, data) => onFrom({ ...from, text: data.value })} />
        </Field>
      );
  }
}

export function BeginningFields(props: BeginningFieldsProps) {
  const styles = useStyles();
  const { target, from, onFrom } = props;
  return (
    <div className={styles.grid}>
      <Choice name={`begins-${target}`} label={say("job-editor.begins")} value={from.kind} of={KINDS} words={(kind) => say(`job-editor.begin-${kind}`)} onValue={(kind) => onFrom(ofKind(from, kind))} />
      <Value {...props} />
    </div>
  );
}

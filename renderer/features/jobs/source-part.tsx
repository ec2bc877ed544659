/** Where the rows come from, and what is found there. */
import { Button, Checkbox, Field, MessageBar, MessageBarBody, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { SourceSample } from "../../../shared/contract/jobs.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { CsvSource, ExcelSource, JobSource } from "../../../shared/model/job.ts";
import { client } from "../../host/client.ts";
import { navigation } from "../../stores/navigation.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { sourceText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { issuesAt } from "./draft-issues.ts";
import { isOfSource, takeSample } from "./drafts.ts";
import { Choice, TextBox } from "./fields.tsx";
import { foundText, SourceSampleTable } from "./source-sample.tsx";
import type { PartProps } from "./use-draft.ts";

const useStyles = makeStyles({
  pair: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(200px, 100%), 1fr))", gap: "10px 16px", maxWidth: "460px" },
});

const READING = ["job-source"] as const;
const DELIMITERS = { auto: null, comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const satisfies Record<string, CsvSource["delimiter"]>;
const DELIMITER_NAMES = ["auto", "comma", "semicolon", "tab", "pipe"] as const;
const ENCODINGS = ["auto", "utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

/** The other kind of file at the same path. */
function ofKind(source: JobSource, kind: JobSource["kind"]): JobSource {
  const { path, header } = source;
  if (source.kind === kind) return source;
  return kind === "csv" ? { kind, path, delimiter: null, encoding: null, header } : { kind, path, sheet: null, header };
}

interface OfKind<S> {
  readonly source: S;
  readonly onSource: (source: S) => void;
}

function CsvFields({ source, onSource }: OfKind<CsvSource>) {
  const styles = useStyles();
  return (
    <div className={styles.pair}>
      <Choice
        name="delimiter"
        label={say("job-editor.delimiter")}
        value={DELIMITER_NAMES.find((name) => DELIMITERS[name] === source.delimiter) ?? "auto"}
        of={DELIMITER_NAMES}
        words={(name) => say(`job-editor.delimiter-${name}`)}
        onValue={(name) => onSource({ ...source, delimiter: DELIMITERS[name] })}
      />
      <Choice
        name="encoding"
        label={say("job-editor.encoding")}
        value={source.encoding ?? "auto"}
        of={ENCODINGS}
        words={(name) => (name === "auto" ? say("job-editor.encoding-auto") : name.toUpperCase())}
        onValue={(name) => onSource({ ...source, encoding: name === "auto" ? null : name })}
      />
    </div>
  );
}

function SheetField({ source, onSource, sheets }: OfKind<ExcelSource> & { readonly sheets: readonly string[] }) {
  return (
    <TextBox name="sheet" label={say("job-editor.sheet")} hint={say("job-editor.sheet-hint")} value={source.sheet ?? ""} most={31} offered={sheets} onValue={(sheet) => onSource({ ...source, sheet: sheet === "" ? null : sheet })} />
  );
}

/** Reads the source; it ends with the page. What is found of a source that was overtaken is dropped. */
function useReading(draftKey: string) {
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<{ readonly of: JobSource; readonly fault: Fault } | null>(null);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const read = useDeed(async (source: JobSource) => {
    const mine = (aborter.current = new AbortController());
    setRunning(true);
    setFault(null);
    const entry = listWork({ kind: "job-source", subject: sourceText(source), route: navigation.getState().route }, () => mine.abort());
    const answer = await runWork<SourceSample>((signal) => client().jobs.sample({ source }, { signal }), entry.progress, mine.signal);
    entry.end(answer.ok ? null : answer.fault);
    setRunning(false);
    if (answer.ok) {
      takeSample(draftKey, { of: source, sample: answer.value });
      announce(foundText(answer.value.facts, source.kind));
    } else setFault({ of: source, fault: answer.fault });
  });
  return { running, fault, read };
}

export function SourcePart({ draftKey, draft, settings, issues, change }: PartProps) {
  const { source } = settings;
  const { taken } = draft;
  const { running, fault, read } = useReading(draftKey);
  const onSource = (next: JobSource) => change({ source: next });
  const isStale = taken !== null && !isOfSource(taken, source);
  return (
    <FormSection title={say("job-editor.part-source")} place="source">
      <Field label={say("job-editor.kind")}>
        <RadioGroup layout="horizontal" value={source.kind} onChange={(_event, data) => onSource(ofKind(source, data.value === "excel" ? "excel" : "csv"))}>
          <Radio value="csv" label={say("job-editor.kind-csv")} />
          <Radio value="excel" label={say("job-editor.kind-excel")} />
        </RadioGroup>
      </Field>
      <TextBox name="path" label={say("job-editor.path")} hint={say("job-editor.path-hint")} required value={source.path} most={1024} issues={issuesAt(issues, "source")} onValue={(path) => onSource({ ...source, path })} />
      {source.kind === "csv" ? <CsvFields source={source} onSource={onSource} /> : <SheetField source={source} onSource={onSource} sheets={taken?.sample.facts.sheets ?? []} />}
      <Checkbox label={say("job-editor.header")} checked={source.header} onChange={(_event, data) => onSource({ ...source, header: data.checked === true })} />
      <div>
        <Button disabledFocusable={running || source.path.trim() === ""} onClick={() => void read(source)}>
          {say("job-editor.read")}
        </Button>
      </div>
      <WorkHere kinds={READING} />
      {fault !== null && !running && isOfSource(fault, source) && <ErrorBox fault={fault.fault} />}
      {isStale && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("job-editor.read-changed")}</MessageBarBody>
        </MessageBar>
      )}
      {taken !== null && <SourceSampleTable taken={taken} />}
    </FormSection>
  );
}

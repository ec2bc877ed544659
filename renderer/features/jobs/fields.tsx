/** The boxes of a job's editor: each shows what is wrong with it, and takes nothing away of what is typed. */
import { Field, Input, Select, Textarea, makeStyles } from "@fluentui/react-components";
import { createContext, useContext, useId, useState } from "react";
import type { Issue } from "../../../shared/fault.ts";
import { jobIssueText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";

interface BoxProps {
  readonly label: string;
  readonly hint?: string;
  /** Names the box for whoever looks for it. */
  readonly name: string;
  readonly className?: string;
  readonly issues?: readonly Issue[];
}

const NONE: readonly Issue[] = [];

/** What the boxes within are of, such as a field's name: heard with each label, for the same labels stand in several places. */
export const BoxesOf = createContext<string | null>(null);

function LabelOf({ label }: { readonly label: string }) {
  const of = useContext(BoxesOf);
  return of === null ? label : <Within label={label} of={of} />;
}

/** A label with what it is within, which the eyes see from where it stands. */
export function Within({ label, of }: { readonly label: string; readonly of: string }) {
  return (
    <>
      {label}
      <span className="spoken">{say("job-editor.within", { of })}</span>
    </>
  );
}

/** What a field says of its issues. */
export function problemOf(issues: readonly Issue[]): { readonly validationMessage: string; readonly validationState: "error" } | object {
  const words = [...new Set(issues.map(jobIssueText))];
  return words.length === 0 ? {} : { validationMessage: words.join(" "), validationState: "error" };
}

function frameOf({ label, hint, className, issues = NONE }: BoxProps) {
  return { label: <LabelOf label={label} />, ...(hint === undefined ? {} : { hint }), ...(className === undefined ? {} : { className }), ...problemOf(issues) };
}

interface TextBoxProps extends BoxProps {
  readonly value: string;
  readonly most: number;
  readonly required?: boolean;
  /** Offered while one types. */
  readonly offered?: readonly string[];
  readonly onValue: (value: string) => void;
}

/** A line of text. */
export function TextBox(props: TextBoxProps) {
  const { name, value, most, required = false, offered = [], onValue } = props;
  const list = useId();
  return (
    <Field {...frameOf(props)} required={required}>
      {(control) => (
        <>
          <Input {...control} name={name} value={value} maxLength={most} spellCheck={false} autoComplete="off" {...(offered.length === 0 ? {} : { list })} onChange={(_event, data) => onValue(data.value)} />
          {offered.length > 0 && (
            <datalist id={list}>
              {offered.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

interface NumberBoxProps<T extends number | null> extends BoxProps {
  readonly value: T;
  /** What an empty box is. */
  readonly empty: T;
  readonly onValue: (value: number | T) => void;
}

/** A number. What is none stays as it is typed, and is told as wrong. */
export function NumberBox<T extends number | null>(props: NumberBoxProps<T>) {
  const { name, value, empty, onValue } = props;
  const numberOf = (text: string): number | T => (text.trim() === "" ? empty : Number(text));
  const [typed, setTyped] = useState(value === null || Number.isNaN(value) ? "" : String(value));
  const shown = Object.is(numberOf(typed), value) ? typed : value === null || Number.isNaN(value) ? "" : String(value);
  const type = (text: string) => {
    setTyped(text);
    onValue(numberOf(text));
  };
  return (
    <Field {...frameOf(props)}>
      <Input name={name} inputMode="decimal" value={shown} maxLength={9} spellCheck={false} autoComplete="off" onChange={(_event, data) => type(data.value)} />
    </Field>
  );
}

interface LinesBoxProps extends BoxProps {
  readonly value: readonly string[];
  readonly onValue: (value: string[]) => void;
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");

/** Several texts, one a line. A blank line at the end stays while one types. */
export function LinesBox(props: LinesBoxProps) {
  const { name, value, onValue } = props;
  const [typed, setTyped] = useState(value.join("\n"));
  const shown = JSON.stringify(linesOf(typed)) === JSON.stringify(value) ? typed : value.join("\n");
  const type = (text: string) => {
    setTyped(text);
    onValue(linesOf(text));
  };
  return (
    <Field {...frameOf(props)}>
      <Textarea name={name} resize="vertical" value={shown} spellCheck={false} onChange={(_event, data) => type(data.value)} />
    </Field>
  );
}

// As wide as its room: by itself it would be as wide as its longest choice.
const useStyles = makeStyles({ choice: { minWidth: "0", "& > select": { minWidth: "0", width: "100%" } } });

interface ChoiceProps<K extends string> extends BoxProps {
  readonly value: K;
  readonly of: readonly K[];
  readonly words: (value: K) => string;
  readonly onValue: (value: K) => void;
}

/** One of a few. */
export function Choice<K extends string>(props: ChoiceProps<K>) {
  const styles = useStyles();
  const { name, value, of, words, onValue } = props;
  return (
    <Field {...frameOf(props)}>
      <Select
        className={styles.choice}
        name={name}
        value={value}
        onChange={(_event, data) => {
          const chosen = of.find((one) => one === data.value);
          if (chosen !== undefined) onValue(chosen);
        }}
      >
        {of.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

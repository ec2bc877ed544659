/** A .NET regular expression with an example to try it on. */
import { Button, Field, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, WarningFilled } from "@fluentui/react-icons";
import { useState } from "react";
import type { Result } from "../../../../shared/fault.ts";
import type { AliasAnswer, AliasVerdict } from "../../../../shared/model/alias.ts";
import type { FieldDescriptor, FieldValue } from "../../../../shared/model/messaging.ts";
import { aliasPreset, type AliasPreset } from "../../../../shared/rules/alias-presets.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { navigate } from "../../../stores/navigation.ts";
import { patternErrorText } from "../../../text/pattern-error.ts";
import { say } from "../../../text/text.ts";
import { useBoundResult } from "../../../ui/bound-result.ts";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { fillIn } from "../../alias-bench/bench-state.ts";
import { addressInWords } from "../../alias-bench/outcome.ts";
import { PresetMenu } from "../../alias-bench/preset-menu.tsx";
import { RefusedPattern } from "../../alias-bench/refused-pattern.tsx";
import { fieldFrame, type FieldProps } from "./plain-field.tsx";

type PatternDescriptor = Extract<FieldDescriptor, { kind: "pattern" }>;

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "10px" },
  row: { display: "flex", alignItems: "flex-end", gap: "8px", flexWrap: "wrap" },
  example: { flexGrow: 1, maxWidth: "460px" },
  rule: { display: "flex", alignItems: "flex-start", gap: "8px", flexWrap: "wrap" },
  // Expressions are long: the section's narrower width for entries does not apply.
  grow: { flexGrow: 1, minWidth: "min(240px, 100%)", "& .fui-Input.fui-Input": { maxWidth: "none" } },
  // Level with the box, below the label's line.
  presets: { paddingTop: "24px" },
  verdict: { display: "flex", alignItems: "flex-start", gap: "6px" },
  icon: { display: "flex", paddingTop: "3px" },
  fine: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  list: { margin: "0", padding: "0", listStyleType: "none", display: "flex", flexDirection: "column", gap: "4px" },
});

interface Asked {
  readonly pattern: string;
  readonly max: number | null;
}

/** The verdict in words: the form's own, for the same outcome that the bench and the command line show. */
export function verdictText({ pattern, max }: Asked, answer: AliasAnswer, verdict: AliasVerdict): string {
  const { length, matched } = verdict;
  switch (verdict.outcome) {
    case "unanswered":
      if (answer.patternError !== null) return say("messaging-system.verdict-pattern-error", { reason: patternErrorText(pattern, answer.patternError) });
      return say(answer.stopped ? "messaging-system.verdict-stopped" : "alias-bench.pattern-net-only");
    case "no-match":
      return say("messaging-system.verdict-no-match");
    case "partial":
      return say("messaging-system.verdict-partial", { matched: matched ?? "" });
    case "too-long":
      return say("messaging-system.verdict-too-long", { length, max: max ?? length });
    case "address":
      return say("messaging-system.verdict-address", { issue: addressInWords(verdict) });
    case "fits":
    default:
      return max === null ? say("messaging-system.verdict-matches-unlimited", { length }) : say("messaging-system.verdict-matches", { length, max });
  }
}

function Verdict({ asked, answer }: { readonly asked: Asked; readonly answer: AliasAnswer }) {
  const styles = useStyles();
  const [first] = answer.verdicts;
  if (first === undefined) return null;
  const fine = first.outcome === "fits";
  const text = verdictText(asked, answer, first);
  const engine = answer.engine === ".NET" ? say("messaging-system.verdict-engine", { engine: ".NET" }) : say("messaging-system.verdict-engine-fallback");
  const remarks = [
    ...(answer.unanchored ? [say("messaging-system.verdict-unanchored")] : []),
    ...answer.differences.map(({ text: part, effect }) => say(`provider-form.differs-${effect}`, { text: part })),
  ];
  return (
    <>
      <div className={styles.verdict}>
        <span className={mergeClasses(styles.icon, fine ? styles.fine : styles.bad)}>
          {fine ? <CheckmarkCircleFilled aria-hidden="true" /> : <DismissCircleFilled aria-hidden="true" />}
        </span>
        <span>
          {`${text} · ${engine}`}
          {answer.patternError !== null && <RefusedPattern pattern={asked.pattern} error={answer.patternError} />}
        </span>
      </div>
      <ul className={styles.list}>
        {remarks.map((remark) => (
          <li key={remark} className={styles.verdict}>
            <span className={mergeClasses(styles.icon, styles.warning)}>
              <WarningFilled aria-hidden="true" />
            </span>
            <span>{remark}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface PatternFieldProps extends FieldProps<PatternDescriptor> {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly onExample: (value: string) => void;
  readonly onPreset: (preset: AliasPreset) => void;
}

export function PatternField({ field, words, value, problem, values, onChange, onExample, onPreset }: PatternFieldProps) {
  const styles = useStyles();
  const [running, setRunning] = useState(false);
  const pattern = typeof value === "string" ? value : "";
  const example = values[field.exampleField];
  const limit = values[field.maxLengthField];
  const max = typeof limit === "number" && Number.isInteger(limit) && limit > 0 && limit <= 1024 ? limit : null;
  const exampleText = typeof example === "string" ? example : "";
  const domain = field.domainField === undefined ? null : values[field.domainField];
  const domainText = typeof domain === "string" && domain.trim() !== "" ? domain.trim() : null;

  const input = [pattern, max, domainText, exampleText];
  // Not shown beside another rule or example, which it may have met on its way.
  const { current: answer, take } = useBoundResult<Result<AliasAnswer>>(input);
  const validate = async () => {
    setRunning(true);
    take(await ask(() => client().aliases.evaluate({ pattern, maximumLength: max, domain: domainText, aliases: [exampleText] })), input);
    setRunning(false);
  };
  /** Takes the rule to the bench; the draft stays. */
  const tryMany = () => {
    fillIn({ pattern, aliases: exampleText, domain: domainText ?? "", ...(max === null ? {} : { maximumLength: String(max) }) });
    void navigate({ page: "alias-bench" });
  };
  const fixed = { style: { fontFamily: "Consolas, monospace" } };

  return (
    <div className={styles.root}>
      <div className={styles.rule}>
        <Field className={styles.grow} {...fieldFrame(field, words, problem)}>
          <Input
            input={fixed}
            autoComplete="off"
            spellCheck={false}
            value={pattern}
            maxLength={4096}
            onChange={(_, data) => onChange(data.value)}
          />
        </Field>
        <div className={styles.presets}>
          <PresetMenu
            onChoose={(id) => onPreset(aliasPreset(id))}
          />
        </div>
      </div>
      <div className={styles.row}>
        <Field className={styles.example} label={say("messaging-system.example-label")}>
          <Input
            input={fixed}
            autoComplete="off"
            spellCheck={false}
            value={exampleText}
            maxLength={1024}
            onChange={(_, data) => onExample(data.value)}
            onKeyDown={(event) => event.key === "Enter" && void validate()}
          />
        </Field>
        <Button disabledFocusable={running} onClick={() => void validate()}>
          {say(running ? "messaging-system.validate-running" : "messaging-system.validate")}
        </Button>
        <Button appearance="subtle" onClick={tryMany}>
          {say("messaging-system.try-many")}
        </Button>
      </div>
      <div aria-live="polite">
        {answer?.ok === true && <Verdict asked={{ pattern, max }} answer={answer.value} />}
        {answer?.ok === false && <ErrorBox fault={answer.fault} />}
      </div>
    </div>
  );
}

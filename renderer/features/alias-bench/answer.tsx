/** What came back: the engine that answered, notices, counts, the table and the differences. */
import { MessageBar, MessageBarBody, Switch, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import type { AliasAnswer, AliasQuestion } from "../../../shared/model/alias.ts";
import { say } from "../../text/text.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { Differences } from "./differences.tsx";
import { Notices } from "./notices.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";
import { countsOf, isProblem } from "./outcome.ts";
import { VerdictTable } from "./verdict-table.tsx";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "20px", rowGap: "4px" },
  counts: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexWrap: "wrap", columnGap: "20px", rowGap: "4px", flexGrow: 1 },
  engine: { margin: "0", color: tokens.colorNeutralForeground2 },
});

interface AnswerProps {
  readonly question: AliasQuestion;
  readonly answer: AliasAnswer;
  /** The rule or the aliases above are no longer what the answer is of. */
  readonly outdated: boolean;
}

export function Answer({ question, answer, outdated }: AnswerProps) {
  const styles = useStyles();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const { verdicts } = answer;
  const counts = useMemo(() => countsOf(verdicts), [verdicts]);
  const problems = useMemo(() => verdicts.filter(isProblem), [verdicts]);
  const shown = onlyProblems ? problems : verdicts;
  const isValid = answer.patternError === null;
  return (
    <FormSection title={say("alias-bench.section-answer")}>
      {outdated && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("alias-bench.answer-outdated")}</MessageBarBody>
        </MessageBar>
      )}
      <p className={styles.engine}>{say(answer.engine === ".NET" ? "alias-bench.engine-net" : "alias-bench.engine-javascript")}</p>
      <Notices pattern={question.pattern} answer={answer} />
      <Differences answer={answer} />
      {isValid && verdicts.length === 0 && <p className={styles.engine}>{say("alias-bench.pattern-valid")}</p>}
      {isValid && verdicts.length > 0 && (
        <>
          <div className={styles.head}>
            <ul className={styles.counts}>
              {counts.map(({ outcome, number }) => (
                <li key={outcome}>
                  <OutcomeMark outcome={outcome} number={number} />
                </li>
              ))}
            </ul>
            <Switch label={say("alias-bench.only-problems")} checked={onlyProblems} onChange={(_event, data) => setOnlyProblems(data.checked)} />
          </div>
          {shown.length === 0 ? (
            <EmptyState title={say("alias-bench.none-left-title")} text={say("alias-bench.none-left-text")} />
          ) : (
            <VerdictTable key={String(onlyProblems)} verdicts={shown} most={question.maximumLength} />
          )}
        </>
      )}
    </FormSection>
  );
}

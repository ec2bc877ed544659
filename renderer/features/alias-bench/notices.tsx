/** What is to be known about the expression itself. */
import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { AliasAnswer } from "../../../shared/model/alias.ts";
import { patternErrorText } from "../../text/pattern-error.ts";
import { say } from "../../text/text.ts";
import { RefusedPattern } from "./refused-pattern.tsx";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "8px" } });

/** What was found out about an expression, on a few aliases or on a list. */
export type RuleFacts = Pick<AliasAnswer, "patternError" | "differences" | "stopped" | "unanchored">;

interface Notice {
  readonly intent: "error" | "warning";
  readonly title: string;
  readonly text: string;
}

function patternNotice(pattern: string, { patternError, differences }: RuleFacts): Notice | null {
  if (patternError !== null) {
    const { words } = patternError;
    const engine = words === null ? [] : [say("alias-bench.engine-words", { words })];
    return { intent: "error", title: say("alias-bench.pattern-error"), text: [patternErrorText(pattern, patternError), ...engine].join(" ") };
  }
  return differences.some(({ effect }) => effect === "error")
    ? { intent: "warning", title: say("alias-bench.pattern-net-only"), text: say("alias-bench.pattern-net-only-next") }
    : null;
}

export function noticesOf(pattern: string, answer: RuleFacts): readonly Notice[] {
  const broken = patternNotice(pattern, answer);
  if (broken !== null) return [broken];
  return [
    ...(answer.stopped ? [{ intent: "error" as const, title: say("alias-bench.stopped"), text: say("alias-bench.stopped-next") }] : []),
    ...(answer.unanchored ? [{ intent: "warning" as const, title: say("alias-bench.unanchored"), text: say("alias-bench.unanchored-next") }] : []),
  ];
}

interface NoticesProps {
  readonly pattern: string;
  readonly answer: RuleFacts;
}

export function Notices({ pattern, answer }: NoticesProps) {
  const styles = useStyles();
  const notices = noticesOf(pattern, answer);
  if (notices.length === 0) return null;
  return (
    <div className={styles.stack}>
      {notices.map(({ intent, title, text }) => (
        <MessageBar key={title} intent={intent} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{title}</MessageBarTitle>
            <br />
            {text}
            {answer.patternError !== null && <RefusedPattern pattern={pattern} error={answer.patternError} />}
          </MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}

/** What is to be known about the expression itself. */
import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { AliasAnswer } from "../../../shared/model/alias.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "8px" } });

interface Notice {
  readonly intent: "error" | "warning";
  readonly title: string;
  readonly text: string;
}

function patternNotice({ engine, patternError, differences }: AliasAnswer): Notice | null {
  if (patternError === null) return null;
  const words = say("alias-bench.engine-words", { words: patternError });
  const netOnly = engine === "JavaScript" && differences.some(({ effect, construct }) => effect === "error" && construct !== "syntax");
  return netOnly
    ? { intent: "warning", title: say("alias-bench.pattern-net-only"), text: say("alias-bench.pattern-net-only-next") }
    : { intent: "error", title: say("alias-bench.pattern-error"), text: words };
}

export function noticesOf(answer: AliasAnswer): readonly Notice[] {
  const broken = patternNotice(answer);
  if (broken !== null) return [broken];
  return [
    ...(answer.stopped ? [{ intent: "error" as const, title: say("alias-bench.stopped"), text: say("alias-bench.stopped-next") }] : []),
    ...(answer.unanchored ? [{ intent: "warning" as const, title: say("alias-bench.unanchored"), text: say("alias-bench.unanchored-next") }] : []),
  ];
}

export function Notices({ answer }: { readonly answer: AliasAnswer }) {
  const styles = useStyles();
  const notices = noticesOf(answer);
  if (notices.length === 0) return null;
  return (
    <div className={styles.stack}>
      {notices.map(({ intent, title, text }) => (
        <MessageBar key={title} intent={intent} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{title}</MessageBarTitle>
            <br />
            {text}
          </MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}

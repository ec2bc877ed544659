/** What keeps the configuration from being saved, each with the way to where it is mended. */
import { Link, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { Issue } from "../../../shared/fault.ts";
import type { ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { say } from "../../text/text.ts";
import { problemsOf, type Problem } from "./problems.ts";

const useStyles = makeStyles({ list: { margin: "4px 0 0", paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "2px" } });

interface MissingListProps {
  readonly descriptor: ProviderDescriptor;
  readonly issues: readonly Issue[];
  readonly onGo: (problem: Problem) => void;
}

export function MissingList({ descriptor, issues, onGo }: MissingListProps) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say("messaging-system.review-missing")}</MessageBarTitle>
        <ul className={styles.list}>
          {problemsOf(descriptor, issues).map((problem) => (
            <li key={problem.place}>
              <Link as="button" inline onClick={() => onGo(problem)}>
                {problem.label === say(`messaging-system.step-${problem.part}`)
                  ? problem.label
                  : say("messaging-system.review-place", { step: say(`messaging-system.step-${problem.part}`), label: problem.label })}
              </Link>
              {` ${problem.sentence}`}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

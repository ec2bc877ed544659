/** What a test found in a database, and what can be done there. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import type { TeamFound } from "../../../../shared/model/team.ts";
import { say } from "../../../text/text.ts";

type Verdict = "set-up" | "join" | "change" | "empty-known" | "empty-forbidden" | "no-role" | "older" | "newer" | "foreign";

/** `isKnown`: the console knows a team, and the form is about that one. */
function verdictOf({ content, role, maySetUp }: TeamFound, isKnown: boolean): Verdict {
  if (content === "empty") return isKnown ? "empty-known" : maySetUp ? "set-up" : "empty-forbidden";
  if (content !== "team") return content;
  if (role === "none") return "no-role";
  return isKnown ? "change" : "join";
}

/** What was found, in sentences: what is there, and what to do. */
export function foundWords(found: TeamFound, isKnown: boolean): readonly [string, string] {
  const verdict = verdictOf(found, isKnown);
  const facts = { version: found.version, role: say(`data.role-${found.role}`) };
  return [say(`data.found-${verdict}`, facts), say(`data.found-next-${verdict}`, facts)];
}

interface FoundPanelProps {
  readonly found: TeamFound;
  readonly isKnown: boolean;
  readonly busy: boolean;
  readonly onSetUp: () => void;
  readonly onJoin: () => void;
}

export function FoundPanel({ found, isKnown, busy, onSetUp, onJoin }: FoundPanelProps) {
  const verdict = verdictOf(found, isKnown);
  const [sentence, next] = foundWords(found, isKnown);
  const isWayIn = verdict === "set-up" || verdict === "join" || verdict === "change";
  return (
    <MessageBar intent={isWayIn ? "success" : "warning"} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{sentence}</MessageBarTitle>
        <br />
        {next}
      </MessageBarBody>
      {isWayIn && (
        <MessageBarActions>
          <Button appearance="primary" disabledFocusable={busy} onClick={verdict === "set-up" ? onSetUp : onJoin}>
            {say(`data.do-${verdict}`)}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** Speaks changes of state to a screen reader, and nothing else: a check that changes nothing is silent. */
import { makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { ServerStatusStore, StatusChange } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";

/** More than so many changes at once are counted instead of named. */
const NAMED = 3;

const useStyles = makeStyles({
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

/** What is said about changes of state; the first verdict on an unchecked server is only said when it is bad. */
export function announcement(changes: readonly StatusChange[]): string | null {
  const worth = changes.filter((change) => change.from !== "unchecked" || change.to === "offline");
  if (worth.length === 0) return null;
  if (worth.length > NAMED) return say("servers.announce-many", { count: worth.length });
  return worth.map((change) => say("servers.announce-one", { server: change.name, state: say(`servers.state-${change.to}`) })).join(". ");
}

interface AnnouncerProps {
  readonly status: ServerStatusStore;
  /** Something the grid itself did, such as a move. */
  readonly said: string;
}

export function Announcer({ status, said }: AnnouncerProps) {
  const styles = useStyles();
  const [text, setText] = useState("");
  useEffect(
    () =>
      status.subscribe((state, before) => {
        if (state.changes === before.changes) return;
        const next = announcement(state.changes);
        if (next !== null) setText(next);
      }),
    [status],
  );
  return (
    <>
      <output aria-live="polite" className={styles.hidden}>
        {text}
      </output>
      <output aria-live="polite" className={styles.hidden}>
        {said}
      </output>
    </>
  );
}

/** The work that runs for the open page: how far it is, how long it will take, and the way to stop it. */
import { Button, ProgressBar, makeStyles, tokens } from "@fluentui/react-components";
import { useStore } from "zustand";
import { isOpen } from "../../stores/navigation.ts";
import { isRunning, runningWork, type WorkKind } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { nameOf, stateOf } from "./words.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  words: { flexGrow: 1, flexBasis: "240px", display: "flex", flexDirection: "column", gap: "6px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface WorkHereProps {
  /** Only of these, where a page shows its work in several places. */
  readonly kinds?: readonly WorkKind[];
}

/** Apart from the page, which is not drawn anew with each step of the work. */
export function WorkHere({ kinds }: WorkHereProps) {
  const styles = useStyles();
  const entry = useStore(runningWork, ({ entries }) => entries.find((one) => isRunning(one) && isOpen(one.route) && (kinds?.includes(one.kind) ?? true)));
  if (entry === undefined) return null;
  const name = nameOf(entry);
  const { done = null, total = null } = entry.progress ?? {};
  return (
    <div className={styles.root}>
      <div className={styles.words}>
        <span>{name}</span>
        <ProgressBar aria-label={name} {...(done !== null && total !== null ? { value: done, max: Math.max(total, 1) } : {})} />
        <span className={styles.quiet}>{stateOf(entry, entry.heardAt)}</span>
      </div>
      <Button size="small" aria-label={say("running-work.cancel-of", { work: name })} onClick={entry.cancel}>
        {say("ui.cancel")}
      </Button>
    </div>
  );
}

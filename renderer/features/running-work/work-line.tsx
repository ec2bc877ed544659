/** One running work on its own page: how far it is, how long it will take, and the way to stop it. */
import { Button, ProgressBar, makeStyles, tokens } from "@fluentui/react-components";
import type { WorkEntry } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { nameOf, stateOf } from "./words.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  words: { flexGrow: 1, flexBasis: "240px", display: "flex", flexDirection: "column", gap: "6px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function WorkLine({ entry }: { readonly entry: WorkEntry }) {
  const styles = useStyles();
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

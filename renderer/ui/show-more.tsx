/** The end of a list that is asked for in pages. The button stays where it is, with the focus, and says when there is no more. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../text/text.ts";
import { formatCount } from "../text/format.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px", paddingTop: "10px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ShowMoreProps {
  /** How many entries are shown. */
  readonly shown: number;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

export function ShowMore({ shown, hasMore, onMore }: ShowMoreProps) {
  const styles = useStyles();
  const [had, setHad] = useState(hasMore);
  if (hasMore && !had) setHad(true);
  // A list that is all there from the beginning needs no word about it.
  if (!had) return null;
  return (
    <div className={styles.root}>
      <Button disabledFocusable={!hasMore} onClick={onMore}>
        {say("ui.show-more")}
      </Button>
      <output className={styles.quiet}>{say(hasMore ? "ui.shown-of-more" : "ui.shown-all", { shown: formatCount(shown) })}</output>
    </div>
  );
}

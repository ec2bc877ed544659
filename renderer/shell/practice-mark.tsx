/** Says on every page that nothing here is real. */
import { Badge, Tooltip, makeStyles } from "@fluentui/react-components";
import { say } from "../text/text.ts";

const useStyles = makeStyles({
  mark: { flexShrink: 0, "@media (forced-colors: active)": { color: "CanvasText", border: "1px solid CanvasText" } },
});

export function PracticeMark() {
  const styles = useStyles();
  return (
    <Tooltip content={say("shell.practice-hint")} relationship="description">
      <Badge className={styles.mark} appearance="filled" color="warning" shape="rounded" tabIndex={0}>
        {say("shell.practice")}
      </Badge>
    </Tooltip>
  );
}

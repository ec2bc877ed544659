/** Facts to copy into a ticket. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { CopyButton } from "../../ui/copy-button.tsx";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  lines: {
    margin: "0",
    padding: "6px 8px",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});

interface CheckRecordProps {
  readonly lines: string;
  /** Copied before the lines, so that they are understood alone. */
  readonly heading: string;
}

export function CheckRecord({ lines, heading }: CheckRecordProps) {
  const styles = useStyles();
  return (
    <>
      <div className={styles.head}>
        <Text size={200}>{say("servers.ladder-detail")}</Text>
        <CopyButton text={`${heading}\n${lines}`} label={say("servers.copy")} />
      </div>
      <pre className={styles.lines}>{lines}</pre>
    </>
  );
}

/** A fault in two sentences, what happened and what to do, with a detail that can be copied. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Fault } from "../../../shared/fault.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "6px" },
  detailHead: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  detail: {
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

interface FaultExplanationProps {
  readonly fault: Fault;
  /** More lines for the copied detail. */
  readonly record?: string;
}

export function FaultExplanation({ fault, record }: FaultExplanationProps) {
  const styles = useStyles();
  const { sentence, nextStep, detail } = explain(fault);
  const lines = [detail, record].filter((line) => line !== null && line !== undefined && line !== "").join("\n");
  return (
    <div className={styles.root}>
      <Text weight="semibold">{sentence}</Text>
      <Text>{nextStep}</Text>
      {lines !== "" && (
        <>
          <div className={styles.detailHead}>
            <Text size={200}>{say("servers.ladder-detail")}</Text>
            <CopyButton text={`${sentence}\n${lines}`} label={say("servers.copy")} doneLabel={say("servers.copied")} />
          </div>
          <pre className={styles.detail}>{lines}</pre>
        </>
      )}
    </div>
  );
}

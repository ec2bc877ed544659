/** A fault in two sentences, what happened and what to do, with a detail that can be copied. */
import { Text, makeStyles } from "@fluentui/react-components";
import type { Fault } from "../../../shared/fault.ts";
import { explain } from "../../text/fault.ts";
import { CheckRecord } from "./check-record.tsx";

const useStyles = makeStyles({ root: { display: "flex", flexDirection: "column", gap: "6px" } });

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
      {lines !== "" && <CheckRecord heading={sentence} lines={lines} />}
    </div>
  );
}

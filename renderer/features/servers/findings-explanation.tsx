/** What was noticed about a server that is Online: each finding in a sentence, with what to do about it. */
import { Text, makeStyles } from "@fluentui/react-components";
import type { Finding } from "../../../shared/model/mail-server.ts";
import { explainFinding } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { CheckRecord } from "./check-record.tsx";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "6px" },
  list: { margin: "0", paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "6px" },
  finding: { display: "flex", flexDirection: "column" },
});

interface FindingsExplanationProps {
  readonly server: string;
  readonly findings: readonly Finding[];
  readonly record: string;
}

export function FindingsExplanation({ server, findings, record }: FindingsExplanationProps) {
  const styles = useStyles();
  const explained = findings.map((finding) => ({ reason: finding.reason, ...explainFinding(finding, server) }));
  return (
    <div className={styles.root}>
      {/* What is wrong with a certificate is a finding only where nothing secret is told; a role is seen after a sign-in. */}
      <Text>{say(findings.some(({ reason }) => reason === "exchange-role-not-seen") ? "servers.ladder-findings-signed-in" : "servers.ladder-findings")}</Text>
      <ul className={styles.list}>
        {explained.map(({ reason, sentence, nextStep }) => (
          <li key={reason}>
            <div className={styles.finding}>
              <Text weight="semibold">{sentence}</Text>
              <Text>{nextStep}</Text>
            </div>
          </li>
        ))}
      </ul>
      <CheckRecord heading={explained.map(({ sentence }) => sentence).join("\n")} lines={record} />
    </div>
  );
}

/** What came of moving everything. */
import { makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { MoveReport } from "../../../../shared/model/team.ts";
import { say } from "../../../text/text.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Card } from "../cards.tsx";
import { secretName } from "./words.ts";

const useStyles = makeStyles({
  list: { margin: "0", paddingLeft: "20px", overflowWrap: "anywhere" },
  text: { margin: "0", maxWidth: "70ch" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

/** A sentence for each thing that was counted. */
export function reportWords({ moved, same, revisions, secrets }: MoveReport): readonly string[] {
  return [
    say("data.report-moved", { count: moved }),
    say("data.report-same", { count: same }),
    say("data.report-revisions", { count: revisions }),
    say("data.report-secrets", { count: secrets }),
  ];
}

/** Children: what to do next. */
export function MoveReportCard({ report, children }: { readonly report: MoveReport; readonly children: ReactNode }) {
  const styles = useStyles();
  const unreadable = report.unreadable.map(({ store, secret }) => `${store}: ${secretName(secret)}`);
  return (
    <Card title={say("data.report")}>
      <ul className={styles.list} aria-label={say("data.report")}>
        {reportWords(report).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {unreadable.length > 0 && (
        <>
          <p className={styles.text}>{say("data.report-unreadable", { count: unreadable.length })}</p>
          <ul className={styles.list} aria-label={say("data.report-unreadable-list")}>
            {unreadable.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
          <div className={styles.row}>
            <CopyButton text={unreadable.join("\n")} label={say("data.known-copy")} />
          </div>
        </>
      )}
      <div className={styles.row}>{children}</div>
    </Card>
  );
}

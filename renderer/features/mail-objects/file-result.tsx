/** What came of a file: the sum, each object, the file of results, and the way on with what is not done. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { RunSummary } from "../../../shared/contract/mail-objects.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { Route } from "../../stores/routes.ts";
import { explain } from "../../text/fault.ts";
import { formatCount } from "../../text/format.ts";
import { doneBy, entrySentence, journalStateText, requestName } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { download } from "../../ui/download.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { journalCsv } from "../journal/export.ts";
import { PageLink } from "../links/page-link.tsx";
import { entriesOfRun } from "./after-cancel.ts";
import { resumeMailFile, type FileRun } from "./file-state.ts";
import { needsPassword } from "./form-state.ts";
import { PasswordField } from "./password-field.tsx";
import { announceDone, stateCounts } from "./words.ts";

const useStyles = makeStyles({
  counts: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexWrap: "wrap", columnGap: "20px", rowGap: "4px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
});

const SHOWN = 100;

function Row({ entry }: { readonly entry: JournalEntry }) {
  const styles = useStyles();
  const reason = entry.fault === null || entry.state === "done" ? null : explain(entry.fault);
  return (
    <DataRow>
      <DataCell title={say("mail-journal.column-object")}>{requestName(entry.request)}</DataCell>
      <DataCell title={say("mail-journal.column-state")}>
        <strong>{journalStateText(entry.state)}</strong> {entrySentence(entry)}
        {reason !== null && <div className={styles.quiet}>{reason.sentence}</div>}
      </DataCell>
      <DataCell title={say("mail-objects.found-address")}>{entry.address ?? ""}</DataCell>
      <DataCell title={say("mail-journal.csv-server")}>{doneBy(entry) ?? ""}</DataCell>
    </DataRow>
  );
}

/** A summary that was made of the journal has the order of the file: among thousands that are done nobody would see the one that is not. */
function openFirst(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return [...entries.filter(({ state }) => state !== "done"), ...entries.filter(({ state }) => state === "done")];
}

interface FileResultProps {
  readonly storeId: string;
  readonly route: Route;
  readonly run: FileRun;
  readonly summary: RunSummary;
}

export function FileResult({ storeId, route, run, summary }: FileResultProps) {
  const styles = useStyles();
  const [fault, setFault] = useState<Fault | null>(null);
  const [password, setPassword] = useState("");
  const isOpen = summary.entries.some(({ state }) => state !== "done" && state !== "undone");
  const asks = summary.entries.some(({ request, object, state }) => state !== "done" && needsPassword(request) && object === null);
  const save = useDeed(async () => {
    setFault(null);
    const entries = await entriesOfRun(summary.run);
    if (!entries.ok) setFault(entries.fault);
    else download(`${say("mail-file.result-name", { name: run.fileName.replace(/\.[^.]*$/, "") })}.csv`, await journalCsv(entries.value), "text/csv;charset=utf-8");
  });
  const resume = useDeed(async () => {
    // Given once, and kept no longer.
    setPassword("");
    announceDone(await resumeMailFile(storeId, route, asks ? password : null));
  });
  const columns = [
    { title: say("mail-journal.column-object"), width: "26%" },
    { title: say("mail-journal.column-state") },
    { title: say("mail-objects.found-address"), width: "24%" },
    { title: say("mail-journal.csv-server"), width: "18%" },
  ];
  return (
    <FormSection title={say("mail-file.section-result", { name: run.fileName })}>
      <ul className={styles.counts}>
        {stateCounts(summary).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {isOpen && asks && <PasswordField label={say("mail-file.password")} required value={password} problem={null} onValue={setPassword} />}
      <div className={styles.bar}>
        <Button icon={<ArrowDownloadRegular />} onClick={() => void save()}>
          {say("mail-file.result-save")}
        </Button>
        {isOpen && (
          <Button appearance="primary" disabledFocusable={run.running || (asks && password === "")} onClick={() => void resume()}>
            {say("mail-file.resume")}
          </Button>
        )}
        {isOpen && <span className={styles.quiet}>{say("mail-file.resume-hint")}</span>}
        <PageLink to={{ page: "journal", run: summary.run }}>{say("mail-file.result-journal")}</PageLink>
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
      <DataTable label={say("mail-file.result-list")} columns={columns}>
        {openFirst(summary.entries).slice(0, SHOWN).map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </DataTable>
      {summary.total > Math.min(SHOWN, summary.entries.length) && (
        <p className={styles.quiet}>{say("mail-file.result-first", { shown: formatCount(Math.min(SHOWN, summary.entries.length)), total: formatCount(summary.total) })}</p>
      )}
    </FormSection>
  );
}

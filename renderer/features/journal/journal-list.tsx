/** Entries of the journal, newest first, each with everything that was tried behind a button. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { memo, useId, useState } from "react";
import { useStore } from "zustand";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import { entryName } from "../../text/provider.ts";
import { explain } from "../../text/fault.ts";
import { entrySentence, journalStateText, mailTypeText, requestName } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { objectRuns } from "../mail-objects/runs.ts";
import { StepList } from "../mail-objects/step-list.tsx";
import { EntryActions } from "./entry-actions.tsx";

const useStyles = makeStyles({
  object: { display: "flex", alignItems: "flex-start", gap: "4px", minWidth: "0" },
  words: { minWidth: "0", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  actions: { display: "flex", flexWrap: "wrap", gap: "6px" },
  details: { display: "flex", flexDirection: "column", gap: "6px", padding: "8px 0 4px" },
});

const WIDTHS = { when: "112px", object: "30%", actions: "116px" } as const;

const columns = () => [
  { title: say("mail-journal.column-when"), width: WIDTHS.when },
  { title: say("mail-journal.column-object"), width: WIDTHS.object },
  { title: say("mail-journal.column-state") },
  { title: say("mail-journal.column-actions"), width: WIDTHS.actions },
];

function Details({ entry }: { readonly entry: JournalEntry }) {
  const styles = useStyles();
  const live = useStore(objectRuns, ({ runs }) => runs.get(entry.id));
  const running = live?.result === null;
  const steps = running ? live.steps : entry.steps;
  return (
    <div className={styles.details}>
      <StepList label={say("mail-journal.steps-of", { name: requestName(entry.request) })} steps={steps} running={running || entry.state === "running"} />
      {entry.object !== null && <span className={styles.quiet}>{say("mail-journal.in-directory", { identity: entry.object.identity })}</span>}
      {entry.object?.controller != null && <span className={styles.quiet}>{say("mail-journal.at-controller", { controller: entry.object.controller })}</span>}
      <span className={styles.quiet}>{say("mail-journal.by-whom", { who: entry.by, provider: entryName(entry.provider) })}</span>
    </div>
  );
}

const EntryRow = memo(function EntryRow({ entry }: { readonly entry: JournalEntry }) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { request, state, fault } = entry;
  const name = requestName(request);
  const reason = fault === null || state === "done" ? null : explain(fault);
  return (
    <DataRow>
      <DataCell title={say("mail-journal.column-when")}>
        <RelativeTime at={entry.at} />
      </DataCell>
      <DataCell title={say("mail-journal.column-object")}>
        <div className={styles.object}>
          <Button
            size="small"
            appearance="subtle"
            icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
            aria-label={say("mail-journal.show-of", { name })}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          />
          <div className={styles.words}>
            <div className={styles.strong}>{name}</div>
            <div className={styles.quiet}>
              {mailTypeText(request.type)}
              {entry.address !== null && `, ${entry.address}`}
            </div>
            <div className={styles.quiet}>{entry.storeName}</div>
          </div>
        </div>
      </DataCell>
      <DataCell title={say("mail-journal.column-state")}>
        <div className={styles.strong}>{journalStateText(state)}</div>
        <div>{entrySentence(entry)}</div>
        {reason !== null && (
          <div className={styles.quiet}>
            {reason.sentence} {reason.nextStep}
          </div>
        )}
        <div id={id}>{open && <Details entry={entry} />}</div>
      </DataCell>
      <DataCell title={say("mail-journal.column-actions")}>
        <div className={styles.actions}>
          <EntryActions entry={entry} runKey={entry.id} route={{ page: "journal" }} />
        </div>
      </DataCell>
    </DataRow>
  );
});

export function JournalList({ entries }: { readonly entries: readonly JournalEntry[] }) {
  return (
    <DataTable label={say("mail-journal.list")} columns={columns()}>
      {entries.map((entry) => (
        <EntryRow key={entry.id} entry={entry} />
      ))}
    </DataTable>
  );
}

/** An object that is being worked on, step by step; then what came of it, and what can be done about it. */
import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import { explain } from "../../text/fault.ts";
import { entrySentence, journalStateText, requestName } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { EntryActions } from "../journal/entry-actions.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { Card } from "../settings/cards.tsx";
import type { ObjectRun } from "./runs.ts";
import { StepList } from "./step-list.tsx";
import type { Route } from "../../stores/routes.ts";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

const INTENTS = { done: "success", undone: "info", cancelled: "info", planned: "info", running: "info", interrupted: "warning", "half-done": "warning", failed: "error" } as const;

function Outcome({ entry }: { readonly entry: JournalEntry }) {
  const reason = entry.fault === null ? null : explain(entry.fault);
  return (
    <MessageBar intent={INTENTS[entry.state]} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{journalStateText(entry.state)}</MessageBarTitle>
        {entrySentence(entry)} {entry.address !== null && say("mail-journal.entry-address", { address: entry.address })}
        {reason !== null && (
          <>
            <br />
            {reason.sentence} {reason.nextStep}
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

interface RunCardProps {
  readonly runKey: string;
  readonly run: ObjectRun;
  readonly route: Route;
  /** Hears a first password that is entered for the next try, just before it is sent. */
  readonly onPassword: (password: string) => void;
  /** What follows, such as the next object. */
  readonly children: ReactNode;
}

export function RunCard({ runKey, run, route, onPassword, children }: RunCardProps) {
  const styles = useStyles();
  const running = run.result === null;
  const name = requestName(run.request);
  return (
    <Card title={say(running ? "mail-objects.applying-title" : "mail-objects.result-title", { name })}>
      {!running && run.entry !== null && <Outcome entry={run.entry} />}
      {run.result?.ok === false && <ErrorBox fault={run.result.fault} />}
      <StepList label={say("mail-journal.steps-of", { name })} steps={run.steps} running={running} />
      {running && <WorkHere />}
      {!running && (
        <div className={styles.row}>
          {run.entry !== null && <EntryActions entry={run.entry} runKey={runKey} route={route} onPassword={onPassword} />}
          {children}
        </div>
      )}
    </Card>
  );
}

export function NextButton({ onNext }: { readonly onNext: () => void }) {
  return <Button onClick={onNext}>{say("mail-objects.next-object")}</Button>;
}

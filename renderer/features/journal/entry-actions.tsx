/** What can be done with an entry of the journal: finish it, or undo it. */
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { JournalEntry, JournalState } from "../../../shared/model/mail-object.ts";
import type { Result } from "../../../shared/result.ts";
import type { Route } from "../../stores/routes.ts";
import { explain } from "../../text/fault.ts";
import { entrySentence, journalStateText, mailNoun, requestName } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { needsPassword } from "../mail-objects/form-state.ts";
import { PasswordField } from "../mail-objects/password-field.tsx";
import { finishObject, objectRuns, undoObject } from "../mail-objects/runs.ts";

const FINISHABLE: readonly JournalState[] = ["planned", "interrupted", "half-done", "failed", "cancelled"];

/** Of what was refused before anything was written nothing is left to finish. */
const isUntouched = ({ state, object }: JournalEntry): boolean => state === "failed" && object === null;

const canFinish = ({ state }: JournalEntry): boolean => FINISHABLE.includes(state);
const UNDOABLE: readonly JournalState[] = ["half-done", "interrupted", "failed", "cancelled"];

/** Only what was made here and has no mail part is deleted again. */
const canUndo = ({ state, request, object }: JournalEntry): boolean => request.action === "create" && object !== null && UNDOABLE.includes(state);

/** A user that is still to be made needs a first password again: the console keeps none. */
const asksPassword = ({ request, object }: JournalEntry): boolean => needsPassword(request) && object === null;

interface EntryActionsProps {
  readonly entry: JournalEntry;
  /** Under which the work is found by who comes back. */
  readonly runKey: string;
  /** The page that shows the work. */
  readonly route: Route;
  /** Hears a first password just before it is sent. */
  readonly onPassword?: (password: string) => void;
}

export function EntryActions({ entry, runKey, route, onPassword }: EntryActionsProps) {
  const notify = useNotify();
  const [question, setQuestion] = useState<"finish" | "undo" | null>(null);
  const [password, setPassword] = useState("");
  const running = useStore(objectRuns, ({ runs }) => runs.get(runKey)?.result === null);
  const name = requestName(entry.request);
  const told = (result: Result<JournalEntry>) => {
    if (result.ok) {
      const text = say("mail-journal.finished", { name, state: journalStateText(result.value.state), sentence: entrySentence(result.value) });
      notify({ text, intent: result.value.state === "done" || result.value.state === "undone" ? "success" : "warning" });
    } else if (result.fault.kind !== "cancelled") notify({ text: explain(result.fault).sentence, intent: "error" });
  };
  /** What was typed goes with the dialog: the next look at it, or the next user, begins empty. */
  const close = () => {
    setQuestion(null);
    setPassword("");
  };
  const finish = useDeed(async () => {
    close();
    if (asksPassword(entry)) onPassword?.(password);
    told(await finishObject(runKey, route, entry, asksPassword(entry) ? password : null));
  });
  const undo = useDeed(async () => {
    setQuestion(null);
    told(await undoObject(runKey, route, entry));
  });
  return (
    <>
      {canFinish(entry) && (
        <Button size="small" appearance="primary" aria-label={say(isUntouched(entry) ? "mail-journal.finish-again-of" : "mail-journal.finish-of", { name })} disabledFocusable={running} onClick={() => (asksPassword(entry) ? setQuestion("finish") : void finish())}>
          {say(isUntouched(entry) ? "mail-journal.finish-again" : "mail-journal.finish")}
        </Button>
      )}
      {canUndo(entry) && (
        <Button size="small" aria-label={say("mail-journal.undo-of", { name })} disabledFocusable={running} onClick={() => setQuestion("undo")}>
          {say("mail-journal.undo")}
        </Button>
      )}
      <ConfirmDialog
        open={question === "finish"}
        field
        title={say("mail-journal.finish-title", { name })}
        confirmLabel={say("mail-journal.finish-confirm")}
        confirmDisabled={password === ""}
        onAnswer={(confirmed) => (confirmed ? void finish() : close())}
      >
        {say("mail-journal.finish-text", { what: mailNoun(entry.request.type) })}
        <PasswordField label={say("mail-objects.password")} required value={password} problem={null} onValue={setPassword} />
      </ConfirmDialog>
      <ConfirmDialog
        open={question === "undo"}
        title={say("mail-journal.undo-title", { name })}
        confirmLabel={say("mail-journal.undo-confirm")}
        onAnswer={(confirmed) => (confirmed ? void undo() : setQuestion(null))}
      >
        {say("mail-journal.undo-text", { what: mailNoun(entry.request.type), identity: entry.object?.identity ?? name })}
      </ConfirmDialog>
    </>
  );
}

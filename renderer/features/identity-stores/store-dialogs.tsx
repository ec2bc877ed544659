/** Rename, duplicate and delete: one dialog each, with the answer of the service in place. */
import { Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { storeNameSchema, type StoreSummary } from "../../../shared/model/identity-store.ts";
import { readTyped } from "../../../shared/rules/typed-value.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";

export interface StoreQuestion {
  readonly about: "rename" | "duplicate" | "delete";
  readonly store: StoreSummary;
}

const useStyles = makeStyles({ content: { display: "flex", flexDirection: "column", gap: "12px" }, text: { margin: "0" } });

const DONE = { rename: "identity-stores.renamed", duplicate: "identity-stores.duplicated", delete: "identity-stores.deleted" } as const;

function perform({ about, store }: StoreQuestion, typed: string): Promise<Result<unknown>> {
  const { id } = store;
  switch (about) {
    case "rename":
      return ask(() => client().stores.rename({ id, name: typed }));
    case "duplicate":
      return ask(() => client().stores.duplicate({ id, name: typed }));
    case "delete":
    default:
      return ask(() => client().stores.remove({ id, confirmName: typed }));
  }
}

function problemOf(fault: Fault | null): string | null {
  const issue = fault?.kind === "invalid" ? fault.issues[0] : undefined;
  return issue === undefined ? null : explainIssue(issue);
}

interface StoreDialogsProps {
  readonly question: StoreQuestion;
  readonly onDone: () => void;
}

export function StoreDialogs({ question, onDone }: StoreDialogsProps) {
  const styles = useStyles();
  const notify = useNotify();
  const { about, store } = question;
  const { name } = store;
  const first = { rename: name, duplicate: say("identity-stores.duplicate-name", { name }), delete: "" }[about];
  const [typed, setTyped] = useState(first);
  const wanted = readTyped(typed, "line");
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = about === "delete" ? wanted === name : storeNameSchema.safeParse(typed).success && (about === "duplicate" || wanted !== name);

  const confirm = useDeed(async () => {
    setBusy(true);
    const result = await perform(question, wanted);
    setBusy(false);
    setFault(result.ok ? null : result.fault);
    if (!result.ok) return;
    notify({ text: say(DONE[about], { name: wanted }) });
    onDone();
  });

  const problem = problemOf(fault);
  const label = about === "delete" ? say("identity-stores.delete-label", { name }) : say("identity-stores.name-label");
  return (
    <ConfirmDialog
      open
      title={say(`identity-stores.${about}-title`, { name })}
      confirmLabel={say(`identity-stores.${about}-confirm`)}
      confirmDisabled={!ready}
      busy={busy ? say(`identity-stores.${about}-busy`) : null}
      field
      onAnswer={(confirmed) => (confirmed ? void confirm() : onDone())}
    >
      <div className={styles.content}>
        {about !== "rename" && <p className={styles.text}>{say(`identity-stores.${about}-text`)}</p>}
        {fault !== null && problem === null && <ErrorBox fault={fault} />}
        <Field label={label} {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
          <Input
            value={typed}
            maxLength={64}
            autoComplete="off"
            onChange={(_event, data) => {
              setTyped(data.value);
              // What was refused is another name.
              setFault(null);
            }}
          />
        </Field>
      </div>
    </ConfirmDialog>
  );
}

/** Letting a console in: the approver types the code that the other person reads out, and does not see it here before. */
import { Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import type { TeamRequest } from "../../../../shared/model/team.ts";
import { isWholeCode, readCode } from "../../../../shared/rules/enrolment-code.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { explain } from "../../../text/fault.ts";
import { say } from "../../../text/text.ts";
import { announce } from "../../../ui/announce.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useNotify } from "../../../ui/notify.ts";
import { useDeed } from "../../../ui/use-deed.ts";

const useStyles = makeStyles({ text: { margin: "0" } });

interface ApproveDialogProps {
  readonly request: TeamRequest;
  readonly onDone: () => void;
}

export function ApproveDialog({ request, onDone }: ApproveDialogProps) {
  const styles = useStyles();
  const notify = useNotify();
  const { member, label } = request;
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const approve = useDeed(async () => {
    setBusy(true);
    const result = await ask(() => client().data.members.approve({ member, code: readCode(typed) }));
    setBusy(false);
    if (result.ok) {
      notify({ text: say("data.approved", { label }) });
      onDone();
      return;
    }
    setFault(result.fault);
    const { sentence, nextStep } = explain(result.fault);
    if (isOfCode(result.fault)) announce(`${sentence} ${nextStep}`, "assertive");
  });
  const atField = fault !== null && isOfCode(fault) ? explain(fault) : null;
  return (
    <ConfirmDialog
      open
      title={say("data.approve-title", { label })}
      confirmLabel={say("data.approve-confirm")}
      confirmDisabled={!isWholeCode(typed)}
      busy={busy ? say("data.approve-busy") : null}
      field
      onAnswer={(confirmed) => (confirmed ? void approve() : onDone())}
    >
      <p className={styles.text}>{say("data.approve-text")}</p>
      {fault !== null && atField === null && <ErrorBox fault={fault} />}
      <Field
        label={say("data.approve-code")}
        hint={say("data.approve-code-hint")}
        {...(atField === null ? {} : { validationMessage: `${atField.sentence} ${atField.nextStep}`, validationState: "error" })}
      >
        <Input
          value={typed}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, data) => {
            setTyped(data.value);
            // What was refused is another code.
            setFault(null);
          }}
        />
      </Field>
    </ConfirmDialog>
  );
}

function isOfCode(fault: Fault): boolean {
  return fault.kind === "roster-refused" && fault.why === "codes-differ";
}

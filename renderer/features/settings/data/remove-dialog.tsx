/** Taking a console out of the team: what follows, before it is done. */
import { makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import type { TeamMember } from "../../../../shared/model/team.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { say } from "../../../text/text.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useNotify } from "../../../ui/notify.ts";
import { useDeed } from "../../../ui/use-deed.ts";
import { knownPasswords } from "./team-work.ts";
import { memberName } from "./words.ts";

const useStyles = makeStyles({ text: { margin: "0" } });

interface RemoveDialogProps {
  readonly member: TeamMember;
  readonly onDone: () => void;
}

export function RemoveDialog({ member, onDone }: RemoveDialogProps) {
  const styles = useStyles();
  const notify = useNotify();
  const label = memberName(member);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = useDeed(async () => {
    setBusy(true);
    setFault(null);
    const result = await ask(() => client().data.members.remove({ member: member.id }));
    setBusy(false);
    if (!result.ok) {
      setFault(result.fault);
      return;
    }
    notify({ text: say("data.removed", { label }) });
    const { known } = result.value;
    if (known.length > 0) knownPasswords.setState({ known: { label, secrets: known } });
    onDone();
  });
  return (
    <ConfirmDialog
      open
      title={say("data.remove-title", { label })}
      confirmLabel={say("data.remove-confirm")}
      busy={busy ? say("data.remove-busy") : null}
      onAnswer={(confirmed) => (confirmed ? void remove() : onDone())}
    >
      <p className={styles.text}>{say("data.remove-text")}</p>
      <p className={styles.text}>{say(member.isRecovery ? "data.remove-text-recovery" : "data.remove-text-known")}</p>
      {fault !== null && <ErrorBox fault={fault} />}
    </ConfirmDialog>
  );
}

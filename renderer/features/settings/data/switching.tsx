/** Going over from one place to the other, and forgetting the team. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import type { DataState } from "../../../../shared/model/team.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { say } from "../../../text/text.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useNotify } from "../../../ui/notify.ts";
import { useDeed } from "../../../ui/use-deed.ts";

const useStyles = makeStyles({ text: { margin: "0" } });

interface UseButtonProps {
  /** What to work on from now on. */
  readonly kind: DataState["kind"];
  readonly primary?: boolean;
  readonly onFault: (fault: Fault | null) => void;
}

/** Works on the other place from now on. */
export function UseButton({ kind, primary = false, onFault }: UseButtonProps) {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const use = useDeed(async () => {
    setBusy(true);
    onFault(null);
    const result = await ask(() => client().data.use({ kind }));
    setBusy(false);
    if (result.ok) notify({ text: say(`data.now-${kind}`) });
    else onFault(result.fault);
  });
  return (
    <Button {...(primary ? { appearance: "primary" } : {})} disabledFocusable={busy} onClick={() => void use()}>
      {say(`data.use-${kind}`)}
    </Button>
  );
}

/** Forgets the team, after a question. */
export function ForgetButton({ team }: { readonly team: string }) {
  const styles = useStyles();
  const notify = useNotify();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const forget = useDeed(async () => {
    setBusy(true);
    setFault(null);
    const result = await ask(() => client().data.forget());
    setBusy(false);
    if (!result.ok) {
      setFault(result.fault);
      return;
    }
    notify({ text: say("data.forgotten", { team }) });
    setOpen(false);
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say("data.forget")}</Button>
      <ConfirmDialog
        open={open}
        title={say("data.forget-title", { team })}
        confirmLabel={say("data.forget-confirm")}
        busy={busy ? say("data.forget-busy") : null}
        onAnswer={(confirmed) => {
          if (confirmed) void forget();
          else setOpen(false);
        }}
      >
        <p className={styles.text}>{say("data.forget-text")}</p>
        {fault !== null && <ErrorBox fault={fault} />}
      </ConfirmDialog>
    </>
  );
}

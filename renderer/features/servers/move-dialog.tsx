/** Move to…: a new priority by number, for long lists. */
import { Button, Field, SpinButton } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../../text/text.ts";
import { ModalDialog } from "../../ui/modal-dialog.tsx";

interface MoveDialogProps {
  readonly server: string;
  readonly priority: number;
  readonly max: number;
  readonly onMove: (priority: number) => void;
  readonly onClose: () => void;
}

export function MoveDialog({ server, priority, max, onMove, onClose }: MoveDialogProps) {
  const [value, setValue] = useState(priority);
  const submit = () => {
    if (!Number.isInteger(value)) return;
    if (value !== priority) onMove(value);
    onClose();
  };
  return (
    <ModalDialog
      open
      title={say("servers.move-dialog-title", { server })}
      actions={
        <>
          <Button type="submit" appearance="primary" disabledFocusable={!Number.isInteger(value)}>
            {say("servers.move-dialog-confirm")}
          </Button>
          <Button onClick={onClose}>{say("servers.cancel")}</Button>
        </>
      }
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label={say("servers.move-dialog-label", { max })}>
        <SpinButton
          min={1}
          max={max}
          value={value}
          onChange={(_, data) => setValue(data.value ?? Number.parseInt(data.displayValue ?? "", 10) ?? value)}
        />
      </Field>
    </ModalDialog>
  );
}

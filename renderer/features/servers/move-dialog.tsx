/** Move to…: a new priority by number, for long lists. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, SpinButton } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../../text/text.ts";

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
    onMove(value);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <DialogBody>
            <DialogTitle>{say("servers.move-dialog-title", { server })}</DialogTitle>
            <DialogContent>
              <Field label={say("servers.move-dialog-label", { max })}>
                <SpinButton
                  min={1}
                  max={max}
                  value={value}
                  onChange={(_, data) => setValue(data.value ?? Number.parseInt(data.displayValue ?? "", 10) ?? value)}
                />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabled={!Number.isInteger(value)}>
                {say("servers.move-dialog-confirm")}
              </Button>
              <Button onClick={onClose}>{say("servers.cancel")}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

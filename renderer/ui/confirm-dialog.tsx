/** One question, answered by a button or by Esc. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { say } from "../text/text.ts";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly confirmDisabled?: boolean;
  /** Answers once: true for the confirming button, false for everything else. */
  readonly onAnswer: (confirmed: boolean) => void;
}

export function ConfirmDialog({ open, title, children, confirmLabel, cancelLabel, confirmDisabled = false, onAnswer }: ConfirmDialogProps) {
  return (
    <Dialog open={open} modalType="alert" onOpenChange={(_event, data) => !data.open && onAnswer(false)}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!confirmDisabled) onAnswer(true);
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>{children}</DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabledFocusable={confirmDisabled}>
                {confirmLabel}
              </Button>
              <Button onClick={() => onAnswer(false)}>{cancelLabel ?? say("ui.cancel")}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

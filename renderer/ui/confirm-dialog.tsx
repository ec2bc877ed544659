/** One question, answered by a button or by Esc. */
import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { say } from "../text/text.ts";
import { firstFocus, ModalDialog } from "./modal-dialog.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly confirmDisabled?: boolean;
  /** What is being done about the answer; the dialog stays meanwhile. */
  readonly busy?: string | null;
  /** Holds a field, which has the focus first; else the button that changes nothing has it. */
  readonly field?: boolean;
  /** Answers once: true for the confirming button, false for everything else. */
  readonly onAnswer: (confirmed: boolean) => void;
}

export function ConfirmDialog({ open, title, children, confirmLabel, cancelLabel, confirmDisabled = false, busy = null, field = false, onAnswer }: ConfirmDialogProps) {
  const closed = confirmDisabled || busy !== null;
  return (
    <ModalDialog
      open={open}
      question
      title={title}
      busy={busy}
      actions={
        <>
          <Button type="submit" appearance="primary" disabledFocusable={closed}>
            {confirmLabel}
          </Button>
          <Button {...(field ? {} : firstFocus)} disabledFocusable={busy !== null} onClick={() => onAnswer(false)}>
            {cancelLabel ?? say("ui.cancel")}
          </Button>
        </>
      }
      onClose={() => onAnswer(false)}
      onSubmit={() => {
        if (!closed) onAnswer(true);
      }}
    >
      {children}
    </ModalDialog>
  );
}

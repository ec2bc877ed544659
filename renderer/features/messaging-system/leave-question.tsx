/** Leaving with a draft asks: keep it, discard it, or stay. */
import { Button } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Editor } from "../../stores/editor.ts";
import { hasUnsavedChanges, isUnsettled } from "../../stores/editor-model.ts";
import { setLeaveGuard } from "../../stores/navigation.ts";
import { say } from "../../text/text.ts";
import { firstFocus, ModalDialog } from "../../ui/modal-dialog.tsx";

interface LeaveQuestionProps {
  readonly editor: Editor;
  /** True while the person has already said that the draft is to be kept. */
  readonly released: { readonly current: boolean };
}

export function LeaveQuestion({ editor, released }: LeaveQuestionProps) {
  const dirty = useStore(editor.state, hasUnsavedChanges);
  const [asking, setAsking] = useState(false);
  const answer = useRef<((leave: boolean) => void) | null>(null);

  useEffect(() => {
    if (!dirty) return undefined;
    setLeaveGuard(async () => {
      await editor.flush();
      // What waits for an answer is in no draft: leaving would throw it away.
      if (isUnsettled(editor.state.getState())) {
        editor.question(true);
        return false;
      }
      if (released.current) return true;
      if (!hasUnsavedChanges(editor.state.getState())) return true;
      return new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setAsking(true);
      });
    });
    return () => setLeaveGuard(null);
  }, [dirty, editor, released]);

  const settle = (leave: boolean) => {
    setAsking(false);
    answer.current?.(leave);
    answer.current = null;
  };
  const discard = async () => {
    const result = await editor.discardDraft();
    settle(result.ok);
  };
  return (
    <ModalDialog
      open={asking}
      question
      title={say("messaging-system.leave-title")}
      actions={
        <>
          <Button appearance="primary" onClick={() => settle(true)}>
            {say("messaging-system.leave-keep")}
          </Button>
          <Button onClick={() => void discard()}>{say("messaging-system.leave-discard")}</Button>
          <Button {...firstFocus} onClick={() => settle(false)}>
            {say("messaging-system.leave-stay")}
          </Button>
        </>
      }
      onClose={() => settle(false)}
    >
      {say("messaging-system.leave-text")}
    </ModalDialog>
  );
}

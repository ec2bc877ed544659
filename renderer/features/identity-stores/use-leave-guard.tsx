/** Asks before typed work is left behind. */
import { useCallback, useEffect, useRef, useState } from "react";
import { setLeaveGuard } from "../../stores/navigation.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";

/** Guards the page while `dirty`. `words`: what is lost, where it is not what was typed. Answers the dialog to render, and a function that lets the next navigation pass. */
export function useLeaveGuard(dirty: boolean, words: { readonly title: string; readonly text: string } | null = null) {
  const [answer, setAnswer] = useState<((leave: boolean) => void) | null>(null);
  const released = useRef(false);
  useEffect(() => {
    if (!dirty) return undefined;
    setLeaveGuard(() => (released.current ? Promise.resolve(true) : new Promise<boolean>((resolve) => setAnswer(() => resolve))));
    return () => setLeaveGuard(null);
  }, [dirty]);
  const release = useCallback(() => {
    released.current = true;
  }, []);
  const dialog = (
    <ConfirmDialog
      open={answer !== null}
      title={words?.title ?? say("ui.leave-title")}
      confirmLabel={say("ui.leave-confirm")}
      cancelLabel={say("ui.leave-stay")}
      onAnswer={(leave) => {
        answer?.(leave);
        setAnswer(null);
      }}
    >
      {words?.text ?? say("ui.leave-text")}
    </ConfirmDialog>
  );
  return { dialog, release };
}

/** Review, save, undo, and what happens when somebody else saved meanwhile. */
import { Button } from "@fluentui/react-components";
import { useCallback, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import type { Review } from "../../../shared/model/draft.ts";
import type { Editor } from "../../stores/editor.ts";
import type { SaveOutcome } from "../../stores/editor-model.ts";
import { currentDescriptor, currentForm, isUnsettled } from "../../stores/editor-model.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { firstFocus, ModalDialog } from "../../ui/modal-dialog.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { useNotify } from "../../ui/notify.ts";
import { ReviewContent } from "./review-content.tsx";

/** Until a dialog that closes has given the focus back, in milliseconds. */
const FOCUS_AFTER_MS = 50;

/** How the toast names the save: tested, untested, or with a failed test. */
function savedText(editor: Editor, revision: number): string {
  const state = editor.state.getState();
  const tested = state.saved?.tested.state ?? "untested";
  const testable = currentDescriptor(state)?.testable === true;
  if (!testable || tested === "passed") return say("messaging-system.saved-toast", { revision });
  return say(tested === "failed" ? "messaging-system.saved-toast-failed" : "messaging-system.saved-toast-untested", { revision });
}

export interface SaveFlow {
  readonly busy: boolean;
  /** Opens the review; `saving` puts the Save button into it. */
  readonly review: (saving: boolean) => void;
  /** Saves without a dialog in between, where the review is already in sight. */
  readonly save: () => Promise<void>;
  readonly dialogs: React.ReactNode;
}

/** What the dialog shows. It keeps that while it fades: a dialog that emptied itself would say something else for a moment. */
interface Shown {
  readonly review: { readonly content: Review; readonly saving: boolean } | null;
  readonly fault: Fault | null;
  readonly isOpen: boolean;
}

const nothing: Shown = { review: null, fault: null, isOpen: false };
const closed = (shown: Shown): Shown => ({ ...shown, isOpen: false });

/** `toProblems` takes the person to what was refused, once no dialog is in the way. */
export function useSaveFlow(editor: Editor, toProblems: () => void): SaveFlow {
  const notify = useNotify();
  const [{ review, fault, isOpen }, setShown] = useState<Shown>(nothing);
  const [busy, setBusy] = useState(false);

  const refuse = useCallback(
    (refused: Fault) => {
      // The editor asks about what others saved or discarded meanwhile.
      if (refused.kind === "conflict" || refused.kind === "draft-changed") {
        setShown(closed);
        if (refused.kind === "draft-changed" && refused.how === "changed") notify({ text: say("messaging-system.changed-meanwhile"), intent: "warning" });
        else editor.question(true);
      } else if (refused.kind === "invalid") {
        notify({ text: say("messaging-system.invalid", { count: refused.issues.length }), intent: "error" });
        setShown(closed);
        setTimeout(toProblems, FOCUS_AFTER_MS);
      } else {
        setShown((shown) => ({ ...shown, fault: refused, isOpen: true }));
      }
    },
    [editor, notify, toProblems],
  );

  const undo = useCallback(
    async ({ revision, previous }: SaveOutcome) => {
      const result = await editor.restore(previous, revision);
      if (result.ok) notify({ text: say("messaging-system.undone-toast") });
      else if (result.fault.kind === "conflict") notify({ text: say("messaging-system.undo-moved-on"), intent: "warning" });
      else notify({ text: say("messaging-system.undo-failed", { reason: explain(result.fault).sentence }), intent: "error" });
    },
    [editor, notify],
  );

  const taken = useCallback(
    (result: Result<SaveOutcome>) => {
      setBusy(false);
      if (!result.ok) {
        refuse(result.fault);
        return;
      }
      setShown(closed);
      const { value } = result;
      if (!value.changed) {
        notify({ text: say("messaging-system.nothing-to-save"), intent: "info" });
        return;
      }
      notify({
        text: savedText(editor, value.revision),
        action: { label: say("messaging-system.undo"), run: () => void undo(value) },
      });
    },
    [editor, notify, refuse, undo],
  );

  const save = useDeed(async () => {
    if (isUnsettled(editor.state.getState())) {
      editor.question(true);
      return;
    }
    setBusy(true);
    setShown((shown) => ({ ...shown, fault: null }));
    taken(await editor.save());
  });

  const open = useDeed(async (saving: boolean) => {
    setShown(nothing);
    setBusy(true);
    const result = await editor.review();
    setBusy(false);
    // What waits for an answer is not in the draft, and would be missing from what is saved.
    if (isUnsettled(editor.state.getState())) editor.question(true);
    else if (result.ok) setShown({ review: { content: result.value, saving }, fault: null, isOpen: true });
    else refuse(result.fault);
  });

  const state = editor.state.getState();
  const form = currentForm(state);
  const descriptor = currentDescriptor(state);
  const changed = review !== null && review.content.changes.length > 0;
  const close = () => setShown(closed);
  const dialogs = (
    <ModalDialog
      open={isOpen}
      wide
      title={say(review?.saving === true ? "messaging-system.save-title" : review === null ? "messaging-system.save-failed" : "messaging-system.review-title")}
      actions={
        <>
          {changed && (
            <Button appearance="primary" disabledFocusable={busy || !isOpen} onClick={() => void save()}>
              {say("messaging-system.save")}
            </Button>
          )}
          <Button {...firstFocus} onClick={close}>
            {say(changed ? "messaging-system.cancel" : "messaging-system.close")}
          </Button>
        </>
      }
      onClose={close}
    >
      {fault !== null && <ErrorBox fault={fault} />}
      {review !== null && form !== null && descriptor !== null && <ReviewContent short review={review.content} tested={form.tested} descriptor={descriptor} />}
    </ModalDialog>
  );
  return { busy, review: (saving) => void open(saving), save, dialogs };
}

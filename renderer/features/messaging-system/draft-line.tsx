/** Where the draft stands, and the way to be rid of it. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { Editor } from "../../stores/editor.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { moment } from "../../ui/moment.ts";
import { useNotify } from "../../ui/notify.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", "& > button": { flexShrink: 0 } },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorPaletteRedForeground1 },
});

/** Asks before the draft is deleted. */
function useDiscard(editor: Editor) {
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const answer = async (confirmed: boolean) => {
    setAsking(false);
    if (!confirmed) return;
    const result = await editor.discardDraft();
    if (!result.ok) notify({ text: explain(result.fault).sentence, intent: "error" });
  };
  const dialog = (
    <ConfirmDialog
      open={asking}
      title={say("messaging-system.discard-title")}
      confirmLabel={say("messaging-system.discard-confirm")}
      onAnswer={(confirmed) => void answer(confirmed)}
    >
      {say("messaging-system.discard-text")}
    </ConfirmDialog>
  );
  return { dialog, discard: () => setAsking(true) };
}

export function DraftLine({ editor }: { readonly editor: Editor }) {
  const styles = useStyles();
  const now = useNow();
  const draft = useStore(editor.state, (state) => state.draft);
  const autosave = useStore(editor.state, (state) => state.autosave);
  const fault = useStore(editor.state, (state) => state.autosaveFault);
  const { dialog, discard } = useDiscard(editor);
  const dirty = draft !== null && draft.changes > 0;
  // Every save of a draft would be chatter; one that failed is not.
  useAnnounced(fault === null ? null : say("messaging-system.draft-failed", { reason: explain(fault).sentence }), "assertive");
  const words =
    fault !== null
      ? say("messaging-system.draft-failed", { reason: explain(fault).sentence })
      : autosave !== "idle"
        ? say("messaging-system.draft-saving")
        : dirty
          ? `${say("messaging-system.draft-saved", { time: moment(draft.updatedAt, now) })} · ${say("messaging-system.draft-changes", { count: draft.changes })}`
          : say("messaging-system.draft-no-changes");
  return (
    <div className={styles.line}>
      <Text className={fault === null ? styles.quiet : styles.failed}>{words}</Text>
      {dirty && (
        <Button size="small" onClick={discard}>
          {say("messaging-system.discard")}
        </Button>
      )}
      {dialog}
    </div>
  );
}

/** Offers the draft that was found when the page was opened. */
export function DraftOffer({ editor }: { readonly editor: Editor }) {
  const now = useNow();
  const offered = useStore(editor.state, (state) => state.draftOffered);
  const at = useStore(editor.state, (state) => state.draft?.updatedAt ?? 0);
  const { dialog, discard } = useDiscard(editor);
  if (!offered) return null;
  return (
    <>
      <MessageBar intent="info">
        <MessageBarBody>{say("messaging-system.offer-text", { time: moment(at, now) })}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" appearance="primary" onClick={() => editor.continueDraft()}>
            {say("messaging-system.offer-continue")}
          </Button>
          <Button size="small" onClick={discard}>
            {say("messaging-system.discard")}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {dialog}
    </>
  );
}

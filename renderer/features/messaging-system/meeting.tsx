/** Others were at the same draft: a line that says so, and the question of what shall stand. It never takes the focus from who types. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, Text, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { Picks } from "../../../shared/model/draft.ts";
import type { Editor } from "../../stores/editor.ts";
import type { Meeting } from "../../stores/editor-model.ts";
import { changeLabel } from "../../text/change.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { DifferenceDialog } from "../../ui/difference-dialog.tsx";
import { moment } from "../../ui/moment.ts";
import { useNotify } from "../../ui/notify.ts";
import { useNow } from "../../ui/use-now.ts";
import { focusPlace } from "./problems.ts";

const useStyles = makeStyles({ list: { margin: "0", paddingLeft: "18px", maxHeight: "30vh", overflowY: "auto" } });

/** Until a dialog that closes has let the focus go, in milliseconds. */
const FOCUS_AFTER_MS = 50;

const nameOf = ({ why }: Meeting) => (why.kind === "conflict" ? "conflict" : why.how);

/** What happened, and what is to be done about it. */
function sentences({ why, differences, again }: Meeting, now: number): readonly string[] {
  if (why.kind === "conflict") {
    const { by, revision, at } = why;
    return [say("differences.text-conflict", { who: by, revision, time: moment(at, now) }), say(differences.length === 0 ? "differences.text-conflict-together" : "differences.text-conflict-apart")];
  }
  const kept = differences.length === 0 ? [] : [say(`differences.text-${why.how === "discarded" ? "discarded" : "saved"}-kept`)];
  if (why.how === "changed") return [say("differences.text-changed")];
  const lost = again.length === 0 ? [] : [say("differences.text-discarded-again", { fields: again.map(changeLabel).join(", ") })];
  if (why.how === "discarded") return [say("differences.text-discarded"), ...kept, ...lost];
  const { by, revision, at } = why;
  return by === null || at === null ? [explain(why).sentence, ...kept] : [say("differences.text-saved", { who: by, revision: revision ?? 0, time: moment(at, now) }), ...kept];
}

function TheirChanges({ why }: Meeting) {
  const styles = useStyles();
  if (why.kind !== "conflict") return null;
  return (
    <>
      <Text weight="semibold">{say("differences.changed")}</Text>
      {why.changes.length === 0 ? (
        <Text>{say("differences.changed-nothing")}</Text>
      ) : (
        <ul className={styles.list}>
          {why.changes.map((change) => (
            <li key={`${change.provider ?? ""} ${change.key}`}>{changeLabel(change)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What another window changed under the person's eyes. */
function Elsewhere({ editor }: { readonly editor: Editor }) {
  const elsewhere = useStore(editor.state, (state) => state.elsewhere);
  const news = elsewhere.length === 0 ? null : say("differences.elsewhere", { fields: elsewhere.map(changeLabel).join(", ") });
  useAnnounced(news);
  if (news === null) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{news}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => editor.dismiss()}>
          {say("differences.elsewhere-read")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

export function MeetingBar({ editor }: { readonly editor: Editor }) {
  const now = useNow();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const meeting = useStore(editor.state, (state) => state.meeting);
  const settle = async (picks: Picks) => {
    setBusy(true);
    const result = await editor.settle(picks);
    setBusy(false);
    const [first] = Object.keys(picks);
    if (!result.ok) notify({ text: explain(result.fault).sentence, intent: "error" });
    else if (first !== undefined) setTimeout(() => focusPlace(placeOf(first)), FOCUS_AFTER_MS);
  };
  const close = () => {
    if (meeting?.differences.length === 0) editor.dismiss();
    else editor.question(false);
  };
  const isOpen = meeting !== null && meeting.differences.length > 0;
  useAnnounced(meeting === null ? null : sentences(meeting, now).join(" "), isOpen ? "assertive" : "polite");
  return (
    <>
      {meeting !== null && (
        <MessageBar intent={isOpen ? "warning" : "info"} layout="multiline">
          <MessageBarBody>{sentences(meeting, now).join(" ")}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => (isOpen ? editor.question(true) : editor.dismiss())}>
              {say(isOpen ? "differences.decide" : "differences.close")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Elsewhere editor={editor} />
      {meeting?.isAsked === true && (
        <DifferenceDialog title={say(`differences.title-${nameOf(meeting)}`)} differences={meeting.differences} busy={busy} onSettle={(picks) => void settle(picks)} onClose={close}>
          {sentences(meeting, now).map((sentence) => (
            <Text key={sentence}>{sentence}</Text>
          ))}
          <TheirChanges {...meeting} />
        </DifferenceDialog>
      )}
    </>
  );
}

/** The field, or the part, of a difference. */
function placeOf(key: string): string {
  const [, kind = "provider", name = "provider"] = /^(?:[^/]+\/)?(values|secrets|certificates|servers)\.(.+)$/.exec(key) ?? [];
  return kind === "servers" ? "servers" : name;
}

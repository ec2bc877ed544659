/** A messaging provider as it is set up: the wizard until it is saved once, the flat form from then on. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { client } from "../../host/client.ts";
import type { Editor } from "../../stores/editor.ts";
import { leaveEditor, takeEditor } from "../../stores/open-editors.ts";
import type { Route } from "../../stores/routes.ts";
import { createServerStatusStore, followServerStatus, type ServerStatusStore } from "../../stores/server-status.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { SMALL_WINDOW } from "../../ui/small-window.ts";
import { DraftLine, DraftOffer } from "./draft-line.tsx";
import { FlatForm } from "./flat-form.tsx";
import { LeaveQuestion } from "./leave-question.tsx";
import { MeetingBar } from "./meeting.tsx";
import { Wizard } from "./wizard.tsx";

const useStyles = makeStyles({ page: { display: "flex", flexDirection: "column", gap: "12px", minHeight: "calc(100% + 24px)", [SMALL_WINDOW]: { minHeight: "0" } } });

interface Session {
  readonly editor: Editor;
  readonly status: ServerStatusStore;
}

/** An editor, the one that was left at work where there is one, and its status feed for as long as the page stands. */
function useSession(id: string, route: Route): Session {
  const [session] = useState<Session>(() => ({ editor: takeEditor(id, client(), route), status: createServerStatusStore() }));
  useEffect(() => {
    const { editor, status } = session;
    const unfollow = followServerStatus(status, editor.storeId, client());
    const hear = () => {
      const summary = storesList.getState().entries.get(editor.storeId);
      if (summary !== undefined) editor.hear(summary);
    };
    const unlisten = storesList.subscribe(hear);
    void editor.open().then(hear);
    return () => {
      unlisten();
      unfollow();
      leaveEditor(editor);
    };
  }, [session]);
  return session;
}

interface MessagingSystemProps {
  /** What the provider is saved under: an identity store, or a job that has one of its own. */
  readonly id: string;
  /** Where this stands, for work that outlives a visit. */
  readonly route: Route;
  /** Where it leads to put off the first save. */
  readonly home: Route;
  /** The head of the page, with what is said of unsaved work; `configured` once it is saved. */
  readonly renderHead: (unsaved: ReactNode, configured: boolean) => ReactNode;
}

/** Shown anew for another `id`: give it that as its key. */
export function MessagingSystem({ id, route, home, renderHead }: MessagingSystemProps) {
  const styles = useStyles();
  const { editor, status } = useSession(id, route);
  const phase = useStore(editor.state, (state) => state.phase);
  const fault = useStore(editor.state, (state) => state.openFault);
  const configured = useStore(editor.state, (state) => state.saved !== null);
  const released = useRef(false);
  return (
    <div className={styles.page}>
      {renderHead(phase === "ready" && <DraftLine editor={editor} />, configured)}
      {phase === "loading" && <DelayedLoading label={say("messaging-system.loading")} />}
      {fault !== null && (
        <ErrorBox fault={fault}>
          <Button size="small" onClick={() => void editor.open()}>
            {say("messaging-system.retry")}
          </Button>
        </ErrorBox>
      )}
      {phase === "ready" && (
        <>
          <DraftOffer editor={editor} />
          <MeetingBar editor={editor} />
          {configured ? (
            <FlatForm editor={editor} status={status} />
          ) : (
            <Wizard
              editor={editor}
              status={status}
              home={home}
              onFinishLater={() => {
                released.current = true;
              }}
            />
          )}
          <LeaveQuestion editor={editor} released={released} />
        </>
      )}
    </div>
  );
}

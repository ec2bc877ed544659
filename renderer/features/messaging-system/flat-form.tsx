/** Everything on one page, for a store that was configured before. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useCallback } from "react";
import { useStore } from "zustand";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor } from "../../stores/editor-model.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { ConnectionSection } from "./connection-section.tsx";
import { Footer } from "./footer.tsx";
import { focusPlace, problemsOf } from "./problems.ts";
import { ProviderPicker } from "./provider-picker.tsx";
import { useSaveFlow } from "./save-flow.tsx";
import { ServerSection } from "./server-section.tsx";

const useStyles = makeStyles({ form: { display: "flex", flexDirection: "column", flexGrow: 1, gap: "12px" } });

interface FormProps {
  readonly editor: Editor;
  readonly status: ServerStatusStore;
}

/** Typed secrets count when their box is left: leave it before saving by key. */
export function leaveBox(): void {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

export function FlatForm({ editor, status }: FormProps) {
  const styles = useStyles();
  const descriptor = useStore(editor.state, currentDescriptor);
  const toProblems = useCallback(() => {
    const { issues } = editor.state.getState();
    const [first] = descriptor === null ? [] : problemsOf(descriptor, issues);
    if (first !== undefined) focusPlace(first.place);
  }, [editor, descriptor]);
  const flow = useSaveFlow(editor, toProblems);
  useShortcut("Control+S", () => {
    leaveBox();
    flow.review(true);
  });
  return (
    <div className={styles.form}>
      <ProviderPicker editor={editor} />
      {descriptor !== null && (
        <>
          <ConnectionSection key={descriptor.id} editor={editor} descriptor={descriptor} />
          <ServerSection editor={editor} status={status} descriptor={descriptor} />
        </>
      )}
      <Footer editor={editor}>
        <Button disabledFocusable={flow.busy} onClick={() => flow.review(false)}>
          {say("messaging-system.review-changes")}
        </Button>
        <Button appearance="primary" disabledFocusable={flow.busy} onClick={() => flow.review(true)}>
          {say("messaging-system.save")}
        </Button>
      </Footer>
      {flow.dialogs}
    </div>
  );
}

/** The bar below the form: how the form was tested, and what can be done with it. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor, currentForm } from "../../stores/editor-model.ts";
import { say } from "../../text/text.ts";
import { ActionBar } from "../../ui/action-bar.tsx";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({ words: { flexGrow: 1, color: tokens.colorNeutralForeground2 } });

/** How the form as it stands was tested, in words. */
export function TestedText({ editor }: { readonly editor: Editor }) {
  const now = useNow();
  const tested = useStore(editor.state, (state) => currentForm(state)?.tested);
  const testable = useStore(editor.state, (state) => currentDescriptor(state)?.testable ?? false);
  if (tested === undefined) return null;
  if (!testable) return say("messaging-system.state-not-testable");
  return tested.state === "untested" ? say("messaging-system.state-untested") : say(`messaging-system.state-${tested.state}`, { time: moment(tested.at, now) });
}

export function Footer({ editor, children }: { readonly editor: Editor; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <ActionBar>
      <Text className={styles.words}>
        <TestedText editor={editor} />
      </Text>
      {children}
    </ActionBar>
  );
}

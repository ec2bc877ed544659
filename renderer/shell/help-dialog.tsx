/** F1: the keys, and which version this is. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useStore } from "zustand";
import { session } from "../stores/session.ts";
import { say, type TextKey } from "../text/text.ts";
import { ModalDialog } from "../ui/modal-dialog.tsx";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", margin: "12px 0", "& th, & td": { textAlign: "left", padding: "5px 12px 5px 0", verticalAlign: "top" } },
  head: { fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  key: { whiteSpace: "nowrap", fontWeight: tokens.fontWeightSemibold },
  version: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const keys: readonly (readonly [key: string, text: TextKey])[] = [
  ["F1", "help.key-f1"],
  ["F5", "help.key-f5"],
  ["F6", "help.key-f6"],
  ["F2", "help.key-f2"],
  ["Ctrl+S", "help.key-save"],
  ["Ctrl+Z", "help.key-undo"],
  ["Alt+Shift+↑ ↓", "help.key-move"],
  ["Ctrl+F", "help.key-search"],
  ["Enter, F2", "help.key-enter"],
  ["Shift+F10", "help.key-menu"],
  ["Shift+← →", "help.key-width"],
  ["Esc", "help.key-escape"],
];

export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const styles = useStyles();
  const version = useStore(session, (state) => state.hello?.version ?? "");
  return (
    <ModalDialog open={open} title={say("help.title")} actions={<Button onClick={onClose}>{say("ui.close")}</Button>} onClose={onClose}>
      {say("help.intro")}
      <table className={styles.table} aria-label={say("help.keys")}>
        <thead>
          <tr className={styles.head}>
            <th scope="col">{say("help.key")}</th>
            <th scope="col">{say("help.does")}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([key, text]) => (
            <tr key={key}>
              <td className={styles.key}>{key}</td>
              <td>{say(text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <span className={styles.version}>
        {say("shell.product")} · {say("help.version", { version })}
      </span>
    </ModalDialog>
  );
}

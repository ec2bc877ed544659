/** Someone saved meanwhile: who, what, and which of the two shall stand. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Text, makeStyles } from "@fluentui/react-components";
import type { Fault } from "../../../shared/fault.ts";
import { changeLabel } from "../../text/change.ts";
import { say } from "../../text/text.ts";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "8px" },
  list: { margin: "0", paddingLeft: "18px", maxHeight: "30vh", overflowY: "auto" },
});

interface ConflictDialogProps {
  readonly conflict: Extract<Fault, { kind: "conflict" }>;
  readonly busy: boolean;
  readonly onReload: () => void;
  readonly onOverwrite: () => void;
  readonly onClose: () => void;
}

export function ConflictDialog({ conflict, busy, onReload, onOverwrite, onClose }: ConflictDialogProps) {
  const styles = useStyles();
  const now = useNow();
  const { by, revision, at, changes } = conflict;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say("messaging-system.conflict-title")}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{say("messaging-system.conflict-text", { who: by, revision, time: moment(at, now) })}</Text>
            <Text weight="semibold">{say("messaging-system.conflict-changes")}</Text>
            {changes.length === 0 ? (
              <Text>{say("messaging-system.conflict-no-changes")}</Text>
            ) : (
              <ul className={styles.list}>
                {changes.map((change) => (
                  <li key={`${change.provider ?? ""} ${change.key}`}>{changeLabel(change)}</li>
                ))}
              </ul>
            )}
            <Text>{say("messaging-system.conflict-choice")}</Text>
          </DialogContent>
          <DialogActions fluid>
            <Button appearance="primary" onClick={onReload}>
              {say("messaging-system.conflict-reload")}
            </Button>
            <Button disabledFocusable={busy} onClick={onOverwrite}>
              {say("messaging-system.conflict-overwrite")}
            </Button>
            <Button onClick={onClose}>{say("messaging-system.cancel")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

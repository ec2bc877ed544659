/** The recovery key of a team that was just set up: shown until its person says that it is on paper, and never again. */
import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { PrintRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { formatDate } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { useLeaveGuard } from "../../identity-stores/use-leave-guard.tsx";
import { Card } from "../cards.tsx";
import { Spelled } from "./spelled.tsx";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  line: { margin: "0" },
  paper: { display: "flex", flexDirection: "column", gap: "8px", padding: "16px", borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke1}` },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

interface RecoveryKeyProps {
  readonly recoveryKey: string;
  /** `messaging on db.contoso.lab`. */
  readonly team: string;
  readonly onKept: () => void;
}

export function RecoveryKey({ recoveryKey, team, onKept }: RecoveryKeyProps) {
  const styles = useStyles();
  const now = useNow();
  const [kept, setKept] = useState(false);
  const heading = useRef<HTMLHeadingElement | null>(null);
  const guard = useLeaveGuard(true, { title: say("data.leave-key-title"), text: say("data.leave-key-text") });
  // After the page has put the focus on its title.
  useEffect(() => {
    const frame = requestAnimationFrame(() => heading.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const close = () => {
    guard.release();
    onKept();
  };
  return (
    <Card title={say("data.key-title")} heading={heading}>
      <p className={styles.text}>{say("data.key-text")}</p>
      <p className={styles.text}>{say("data.key-once")}</p>
      {/* What is printed, and nothing beside it (shell/page.css). */}
      <div className={styles.paper} data-paper>
        <p className={styles.line}>{say("data.key-paper", { team, date: formatDate(now) })}</p>
        <Spelled text={recoveryKey} />
        <p className={styles.line}>{say("data.key-paper-use")}</p>
      </div>
      <div className={styles.row}>
        <Button size="small" icon={<PrintRegular />} onClick={() => window.print()}>
          {say("data.key-print")}
        </Button>
        <CopyButton text={recoveryKey} label={say("ui.copy")} />
      </div>
      <Checkbox label={say("data.key-kept")} checked={kept} onChange={(_event, data) => setKept(data.checked === true)} />
      <div className={styles.row}>
        <Button appearance="primary" disabledFocusable={!kept} onClick={close}>
          {say("data.key-close")}
        </Button>
      </div>
      {guard.dialog}
    </Card>
  );
}

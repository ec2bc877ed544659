/** An action as the PowerShell that an administrator would type: shown on demand, and copied. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { say } from "../../text/text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px", minWidth: "0" },
  code: {
    alignSelf: "stretch",
    boxSizing: "border-box",
    margin: "0",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
});

interface CommandsProps {
  readonly text: string;
  /** The action, where it is not the one beside it. */
  readonly of?: string;
}

export function Commands({ text, of }: CommandsProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={styles.root}>
      <Button size="small" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {of === undefined ? say(open ? "mail-objects.commands-hide" : "mail-objects.commands-show") : say(open ? "mail-objects.commands-hide-of" : "mail-objects.commands-show-of", { action: of })}
      </Button>
      {open && (
        <section id={id} className={styles.root} aria-label={say("mail-objects.commands")} style={{ alignSelf: "stretch" }}>
          <p className={styles.quiet}>{say("mail-objects.commands-hint")}</p>
          <pre className={styles.code}>{text}</pre>
          <CopyButton text={text} label={say("mail-objects.commands-copy")} />
        </section>
      )}
    </div>
  );
}

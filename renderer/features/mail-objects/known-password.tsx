/** The first password of a user that was just made: nobody is shown it again. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../../text/text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

const useStyles = makeStyles({
  root: { flexBasis: "100%", display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", minWidth: "0" },
  value: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: "anywhere" },
  quiet: { flexBasis: "100%", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export function KnownPassword({ password }: { readonly password: string }) {
  const styles = useStyles();
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.root}>
      <span>{say("mail-objects.password-known")}</span>
      {shown && <strong className={styles.value}>{password}</strong>}
      <Button size="small" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {say(shown ? "mail-objects.password-hide" : "mail-objects.password-show")}
      </Button>
      <CopyButton text={password} label={say("mail-objects.password-copy")} />
      <span className={styles.quiet}>{say("mail-objects.password-known-hint")}</span>
    </div>
  );
}
